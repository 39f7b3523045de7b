//! Buy so many, get so many cheaper.

use crate::pricing::standing::{Standing, Units};
use crate::pricing::{Line, Pick};

/// The complete batches of a basket.
///
/// A batch is `x` buying units and `y` other units that become cheaper. A unit may be fit for both, but counts once. With
/// `b` units fit for buying, `g` fit for getting and `a` units fit for either or both there are as many batches as the
/// least of `b / x`, `g / y` and `a / (x + y)`, each rounded down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Batches {
    /// The lines that are fit for getting.
    get: Vec<usize>,
    /// Those of them that are fit for buying too.
    shared: Vec<usize>,
    /// How many units become cheaper.
    units: i128,
    /// How many units of the shared lines may be among them: the rest is needed for buying.
    of_shared: i128,
}

impl Batches {
    /// By the lines that are fit, in their order, and the units that a batch takes of them; `None` where no batch is
    /// complete.
    pub fn new(
        lines: &[Line],
        (buy, x): (Vec<usize>, i64),
        (get, y): (Vec<usize>, i64),
        most: Option<i64>,
    ) -> Option<Self> {
        if x <= 0 || y <= 0 {
            return None;
        }
        let (x, y) = (i128::from(x), i128::from(y));
        let shared = get.iter().copied().filter(|place| buy.binary_search(place).is_ok()).collect::<Vec<_>>();
        let count = |places: &[usize]| {
            let lines = places.iter().filter_map(|place| lines.get(*place));
            lines.map(|line| i128::from(line.quantity)).sum::<i128>()
        };
        let (b, g, both) = (count(&buy), count(&get), count(&shared));

        let complete = (b / x).min(g / y).min((b + g - both) / (x + y));
        let batches = complete.min(most.map_or(complete, i128::from));
        let kept = (batches * x - (b - both)).max(0);
        (batches > 0).then(|| Self { get, shared, units: batches * y, of_shared: both - kept })
    }

    /// The units that become cheaper: the cheapest or dearest that the buying units leave.
    pub fn units(&self, standing: &Standing, pick: Pick) -> Vec<Units> {
        let (mut units, mut of_shared) = (self.units, self.of_shared);
        let mut picked = Vec::new();
        for place in standing.by_price(&self.get, pick) {
            let is_shared = self.shared.binary_search(&place).is_ok();
            let most = if is_shared { units.min(of_shared) } else { units };
            let taken = standing.some_of(place, most);
            picked.extend(taken);
            let taken = taken.map_or(0, |taken| i128::from(taken.units));
            units -= taken;
            of_shared -= if is_shared { taken } else { 0 };
        }
        picked
    }
}

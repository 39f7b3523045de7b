//! The promotions that change the price of every unit, on pages too.

use std::cmp::Reverse;

use crate::id::PromotionId;
use crate::pricing::cut::Cut;
use crate::pricing::selector::Selector;
use crate::pricing::{Action, Amount, Promotion, Standpoint, Subject, TooLarge};

/// The promotions of the catalogue that hold from one standpoint.
#[derive(Clone, Debug)]
pub struct Catalogue<'a>(Vec<Rule<'a>>);

#[derive(Clone, Debug)]
struct Rule<'a> {
    promotion: &'a Promotion,
    cut: Cut,
    /// What the condition names and what is made cheaper: a unit has to be of both.
    selectors: [Selector<'a>; 2],
}

impl<'a> Catalogue<'a> {
    /// Others than those of the catalogue are passed over.
    pub fn new(promotions: impl IntoIterator<Item = &'a Promotion>, standpoint: Standpoint) -> Self {
        let rules = promotions.into_iter().filter_map(|promotion| Rule::new(promotion, standpoint));
        let mut rules = rules.collect::<Vec<_>>();
        rules.sort_by_key(|rule| rule.promotion.rank());
        rules.dedup_by_key(|rule| rule.promotion.id);
        Self(rules)
    }

    /// The best promotion for a unit and what it costs by it; `None` where none makes it cheaper. Of equal ones that of
    /// the higher priority holds, then the older.
    pub fn price(&self, base: Amount, subject: &Subject) -> Result<Option<(PromotionId, Amount)>, TooLarge> {
        let mut best = None;
        let mut most = Amount::ZERO;
        for rule in &self.0 {
            if rule.selectors.iter().all(|selector| selector.means(subject)) {
                let cut = rule.cut.off(base)?;
                if cut > most {
                    most = cut;
                    best = Some((rule.promotion.id, base.minus(cut)?));
                }
            }
        }
        Ok(best)
    }

    /// The promotions in their order.
    pub(super) fn promotions(&self) -> impl Iterator<Item = PromotionId> {
        self.0.iter().map(|rule| rule.promotion.id)
    }
}

impl<'a> Rule<'a> {
    fn new(promotion: &'a Promotion, standpoint: Standpoint) -> Option<Self> {
        let Action::Catalogue { discount, items } = &promotion.action else { return None };
        let cut = Cut::of_items(discount, standpoint.currency)?;
        let is_by_unit = !matches!(cut, Cut::Together(_));
        let selectors = [Selector::new(&promotion.conditions.items), Selector::new(items)];
        (is_by_unit && promotion.is_open_to(standpoint)).then_some(Self { promotion, cut, selectors })
    }
}

impl Promotion {
    /// Whether dates, groups and currencies let it apply.
    pub(super) fn is_open_to(&self, standpoint: Standpoint) -> bool {
        let Standpoint { groups, currency, at } = standpoint;
        let conditions = &self.conditions;
        let is_any_of = |wanted: &[_]| wanted.is_empty() || wanted.iter().any(|group| groups.contains(group));
        self.starts_at.is_none_or(|starts| starts <= at)
            && self.ends_at.is_none_or(|ends| at < ends)
            && is_any_of(&conditions.groups)
            && (conditions.currencies.is_empty() || conditions.currencies.contains(&currency))
    }

    /// By which promotions are sorted: the higher priority first, of equals the older.
    pub(super) fn rank(&self) -> (Reverse<i32>, PromotionId) {
        (Reverse(self.priority), self.id)
    }
}

/// What a unit costs by the best promotion of the catalogue, after the price list; `None` where none makes it cheaper.
///
/// For many units a [`Catalogue`] is made once.
pub fn catalogue_price<'a>(
    base: Amount,
    subject: &Subject,
    promotions: impl IntoIterator<Item = &'a Promotion>,
    standpoint: Standpoint,
) -> Result<Option<(PromotionId, Amount)>, TooLarge> {
    Catalogue::new(promotions, standpoint).price(base, subject)
}

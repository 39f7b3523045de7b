//! The arithmetic of unit prices.

use MeasureUnit::{Cl, Cm, G, Kg, L, M, M2, M3, Mg, Ml, Piece};
use proptest::prelude::*;

use super::*;
use crate::graphql::scalar::Decimal;

fn measure(amount: &str, unit: MeasureUnit) -> Measure {
    Measure { micro: micro(amount).unwrap(), unit }
}

const UNITS: [MeasureUnit; 11] = [Mg, G, Kg, Ml, Cl, L, M3, Cm, M, M2, Piece];

#[test]
fn what_a_fixed_amount_costs() {
    let table = [
        (250, ("500", G), ("1", Kg), Some(500)),
        (199, ("330", Ml), ("1", L), Some(603)),
        (199, ("33", Cl), ("100", Ml), Some(60)),
        (1, ("3", Piece), ("1", Piece), Some(0)),
        (1, ("2", Piece), ("1", Piece), Some(1)),
        (999, ("0.75", L), ("1", L), Some(1332)),
        (50, ("20", Mg), ("100", G), Some(250_000)),
        (4_000, ("2.5", M), ("10", Cm), Some(160)),
        (10_000, ("1", M3), ("1", L), Some(10)),
        (1_999, ("1.25", M2), ("1", M2), Some(1_599)),
        (0, ("1", G), ("1", Kg), Some(0)),
        (100, ("1", G), ("1", L), None),
        (i64::MAX, ("1", Kg), ("1", G), Some(i64::MAX / 1_000 + 1)),
        (i64::MAX, ("1", Kg), ("1", Kg), Some(i64::MAX)),
        (i64::MAX, ("999", G), ("1", Kg), None),
        (i64::MAX, ("0.000001", Ml), ("1000000", M3), None),
    ];

    for (price, content, reference, expected) in table {
        let found = unit_price(price, measure(content.0, content.1), measure(reference.0, reference.1));
        assert_eq!(found, expected, "{price} for {content:?} per {reference:?}");
    }
}

#[test]
fn the_usual_reference_is_one_of_what_the_law_names() {
    for unit in UNITS {
        let usual = Measure::usual_reference(unit);

        assert!([Kg, L, M, M2, Piece].contains(&usual.unit));
        assert_eq!(usual.to_string(), "1");
        assert!(usual.is_comparable(Measure { micro: 1, unit }));
    }
}

#[test]
fn an_amount_is_above_zero_and_has_six_decimal_places_at_most() {
    let read = |amount: &str| {
        let mut checks = Checks::new("input");
        let input = MeasureInput { amount: Decimal(amount.to_owned()), unit: G };
        Measure::read(&mut checks, "content", &input).map(|measure| measure.to_string())
    };

    for (amount, expected) in
        [("500", "500"), ("0.750", "0.75"), ("0.000001", "0.000001"), ("1000000.0000000", "1000000")]
    {
        assert_eq!(read(amount).as_deref(), Some(expected));
    }
    for wrong in ["0", "0.0000001", "-1", "-0.5", "1000000.000001", "99999999999999999999999999"] {
        assert_eq!(read(wrong), None, "{wrong}");
    }
}

proptest! {
    #[test]
    fn an_amount_reads_back_from_its_text(micro in 1..=MAX_UNITS * MICRO) {
        prop_assert_eq!(super::micro(&Measure { micro, unit: G }.to_string()), Some(micro));
    }

    #[test]
    fn the_price_of_the_content_itself_is_the_price(
        price in 0..=i64::MAX,
        micro in 1..=MAX_UNITS * MICRO,
        unit in prop::sample::select(&UNITS[..]),
    ) {
        let content = Measure { micro, unit };
        prop_assert_eq!(unit_price(price, content, content), Some(price));
    }

    #[test]
    fn a_unit_price_is_off_by_half_a_minor_unit_at_most(
        price in 0..1_000_000_i64,
        content in 1..=MAX_UNITS * MICRO,
        reference in 1..=MAX_UNITS * MICRO,
        units in prop::sample::select(vec![(G, Kg), (Kg, Mg), (Ml, L), (L, M3), (Cm, M), (M2, M2), (Piece, Piece)]),
    ) {
        let content = Measure { micro: content, unit: units.0 };
        let reference = Measure { micro: reference, unit: units.1 };
        match unit_price(price, content, reference) {
            Some(found) => {
                let off = i128::from(found) * content.smallest() - i128::from(price) * reference.smallest();
                prop_assert!(2 * off.abs() <= content.smallest());
            }
            None => {
                let least = i128::from(i64::MAX) * content.smallest();
                prop_assert!(i128::from(price) * reference.smallest() > least);
            }
        }
    }
}

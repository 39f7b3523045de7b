//! Which products meet which rules.

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn scarf() -> Facts {
    let value = |key: &str, micro| Value { key: key.to_owned(), micro };
    Facts {
        type_key: Some("scarf".to_owned()),
        vendor_key: Some("north".to_owned()),
        tag_keys: vec!["sale".to_owned(), "winter".to_owned()],
        name_key: "creme wool scarf".to_owned(),
        lowest_minor: Some(2_500),
        is_available: true,
        created_at: Timestamp::from_micros(1_000),
        attributes: HashMap::from([
            ("material".to_owned(), vec![value("wool", None), value("silk", None)]),
            ("length".to_owned(), vec![value("1.5", Some(1_500_000))]),
        ]),
    }
}

fn words(texts: &[&str]) -> Vec<Word> {
    texts.iter().map(|text| Word::from((*text).to_owned())).collect()
}

fn word(text: &str) -> Word {
    Word::from(text.to_owned())
}

const fn span(from: Option<i64>, to: Option<i64>) -> Span {
    Span { from, to }
}

fn material(texts: &[&str]) -> Condition {
    Condition::AttributeValue { attribute: "material".to_owned(), any_of: words(texts) }
}

fn length(from: Option<i64>, to: Option<i64>) -> Condition {
    Condition::AttributeNumber { attribute: "length".to_owned(), span: span(from, to) }
}

#[test]
fn each_condition_looks_at_its_own_fact() {
    use Condition as C;
    let cases = [
        (C::Type { any_of: words(&["Hat", "SCARF"]) }, true),
        (C::Type { any_of: words(&["Hat"]) }, false),
        (C::Vendor { any_of: words(&["Nörth"]) }, true),
        (C::Vendor { any_of: words(&["South"]) }, false),
        (C::Tag { any_of: words(&["Summer", "Winter"]) }, true),
        (C::Tag { any_of: words(&["Summer", "wint"]) }, false),
        (C::NameBeginsWith { text: word("Crème ") }, true),
        (C::NameBeginsWith { text: word("Wool") }, false),
        (C::NameContains { text: word("WOOL") }, true),
        (C::NameContains { text: word("silk") }, false),
        (C::Price(span(Some(2_500), Some(2_500))), true),
        (C::Price(span(None, Some(2_499))), false),
        (C::Price(span(Some(2_501), None)), false),
        (material(&["cotton", "silk"]), true),
        (material(&["cotton"]), false),
        (C::AttributeValue { attribute: "colour".to_owned(), any_of: words(&["wool"]) }, false),
        (length(Some(1_500_000), None), true),
        (length(None, Some(1_499_999)), false),
        (C::AttributeNumber { attribute: "material".to_owned(), span: span(None, None) }, false),
        (C::Availability { is_available: true }, true),
        (C::Availability { is_available: false }, false),
        (C::CreatedAt(span(Some(1_000), Some(1_000))), true),
        (C::CreatedAt(span(Some(1_001), None)), false),
    ];

    for (condition, expected) in cases {
        assert_eq!(condition.holds(&scarf()), expected, "{condition:?}");
    }
}

#[test]
fn what_is_not_known_meets_nothing() {
    let nothing = Facts {
        type_key: None,
        vendor_key: None,
        tag_keys: Vec::new(),
        lowest_minor: None,
        attributes: HashMap::new(),
        ..scarf()
    };

    for condition in [
        Condition::Type { any_of: words(&["scarf"]) },
        Condition::Vendor { any_of: words(&["north"]) },
        Condition::Tag { any_of: words(&["sale"]) },
        Condition::Price(span(None, None)),
        material(&["wool"]),
        length(None, None),
    ] {
        assert!(!condition.holds(&nothing), "{condition:?}");
    }
}

#[test]
fn rules_are_stored_in_a_form_that_tells_attributes_by_their_code() {
    let rules = Rules {
        r#match: RuleMatch::Any,
        conditions: vec![
            Condition::Tag { any_of: words(&["Sale"]) },
            Condition::Price(span(Some(100), None)),
            material(&["wool"]),
            length(None, Some(2)),
            Condition::Availability { is_available: true },
        ],
    };

    let stored = serde_json::to_value(&rules).unwrap();

    let expected = json!({ "match": "ANY", "conditions": [
        { "on": "TAG", "anyOf": ["Sale"] },
        { "on": "PRICE", "from": 100 },
        { "on": "ATTRIBUTE_VALUE", "attribute": "material", "anyOf": ["wool"] },
        { "on": "ATTRIBUTE_NUMBER", "attribute": "length", "to": 2 },
        { "on": "AVAILABILITY", "isAvailable": true },
    ] });
    assert_eq!(stored, expected);
    assert_eq!(serde_json::from_value::<Rules>(stored).unwrap(), rules);
}

fn any_span() -> impl Strategy<Value = Span> {
    (any::<Option<i64>>(), any::<Option<i64>>()).prop_map(|(from, to)| Span { from, to })
}

fn any_words() -> impl Strategy<Value = Vec<Word>> {
    prop::collection::vec(prop::sample::select(vec!["scarf", "SALE", "north", "wool", "x"]), 1..4)
        .prop_map(|texts| words(&texts))
}

fn any_condition() -> impl Strategy<Value = Condition> {
    prop_oneof![
        any_words().prop_map(|any_of| Condition::Type { any_of }),
        any_words().prop_map(|any_of| Condition::Vendor { any_of }),
        any_words().prop_map(|any_of| Condition::Tag { any_of }),
        "\\PC{1,8}".prop_map(|text| Condition::NameBeginsWith { text: text.into() }),
        "[a-z]{1,3}".prop_map(|text| Condition::NameContains { text: text.into() }),
        any_span().prop_map(Condition::Price),
        any_words().prop_map(|any_of| Condition::AttributeValue { attribute: "material".to_owned(), any_of }),
        any_span().prop_map(|span| Condition::AttributeNumber { attribute: "length".to_owned(), span }),
        any::<bool>().prop_map(|is_available| Condition::Availability { is_available }),
        any_span().prop_map(Condition::CreatedAt),
    ]
}

proptest! {
    #[test]
    fn all_and_any_are_what_each_condition_says(conditions in prop::collection::vec(any_condition(), 1..20)) {
        let each: Vec<bool> = conditions.iter().map(|condition| condition.holds(&scarf())).collect();
        let rules = |r#match| Rules { r#match, conditions: conditions.clone() };

        prop_assert_eq!(rules(RuleMatch::All).matches(&scarf()), !each.contains(&false));
        prop_assert_eq!(rules(RuleMatch::Any).matches(&scarf()), each.contains(&true));
    }

    #[test]
    fn rules_read_back_as_they_were_written(conditions in prop::collection::vec(any_condition(), 1..20)) {
        let rules = Rules { r#match: RuleMatch::All, conditions };

        let text = serde_json::to_string(&rules).unwrap();

        prop_assert_eq!(serde_json::from_str::<Rules>(&text).unwrap(), rules);
    }

    #[test]
    fn a_narrower_range_holds_no_more(span in any_span(), value in any::<i64>(), end in any::<i64>()) {
        let narrower = Span { to: Some(span.to.map_or(end, |to| to.min(end))), ..span };

        prop_assert!(!narrower.contains(value) || span.contains(value));
    }
}

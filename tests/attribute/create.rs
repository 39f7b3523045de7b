//! Defining attributes.

use serde_json::json;

use super::find;
use crate::support::{fixture, on_both};

#[tokio::test]
async fn an_attribute_is_what_was_said_of_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        let choices =
            json!([{ "name": "Bleu nuit", "color": "#191970" }, { "name": "Red", "slug": "r", "color": "#FF0000" }]);
        let input = json!({
            "name": " Colour ", "code": "shade", "type": "COLOR", "subject": "VARIANT", "isFilterable": false,
            "choices": choices, "externalId": "e"
        });

        let id = fixture::define_attribute(&owner, input).await;

        let found = find(&app.anonymous(), "shade").await;
        let (blue, red) = (found["choices"][0]["id"].clone(), found["choices"][1]["id"].clone());
        let expected = json!({
            "id": id, "code": "shade", "name": "Colour", "type": "COLOR", "subject": "VARIANT", "unit": null,
            "isFilterable": false, "version": 1, "choices": [
                { "id": blue, "slug": "bleu-nuit", "name": "Bleu nuit", "color": "#191970" },
                { "id": red, "slug": "r", "name": "Red", "color": "#ff0000" }
            ]
        });
        assert_eq!(found, expected);
        assert_eq!(fixture::read(&owner, &id, "externalId").await["externalId"], "e");
        assert_eq!(fixture::history(app, &id).await, ["1 attribute.created"]);
    })
    .await;
}

#[tokio::test]
async fn a_code_is_made_of_the_name_and_filters_are_for_all_unless_something_else_is_said() {
    on_both(async |app| {
        let owner = app.owner().await;

        fixture::define_attribute(&owner, json!({ "name": "Länge außen", "type": "NUMBER", "unit": " cm " })).await;

        let found = find(&app.anonymous(), "lange-aussen").await;
        assert_eq!((&found["unit"], &found["isFilterable"]), (&json!("cm"), &json!(true)));
        assert_eq!(found["choices"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_definition_that_makes_no_sense_is_refused_in_all_its_parts() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::define_attribute(&owner, json!({ "name": "Fabric", "externalId": "e" })).await;
        let choice = |change| json!([fixture::with(json!({ "name": "Wool" }), change)]);
        let coloured = |color| json!({ "type": "COLOR", "choices": choice(json!({ "color": color })) });
        let cases = [
            (json!({ "name": " " }), &["REQUIRED input.name"][..]),
            (json!({ "name": "羊毛" }), &["REQUIRED input.code"]),
            (
                json!({ "name": "", "code": "A b", "unit": "cm" }),
                &["REQUIRED input.name", "INVALID input.code", "INVALID input.unit"],
            ),
            (json!({ "code": "fabric" }), &["TAKEN input.code"]),
            (json!({ "externalId": "e" }), &["TAKEN input.externalId"]),
            (json!({ "type": "NUMBER", "unit": "a".repeat(21) }), &["TOO_LONG input.unit"]),
            (json!({ "choices": choice(json!({})) }), &["INVALID input.choices"]),
            (json!({ "type": "CHOICE", "choices": choice(json!({ "slug": "-" })) }), &["INVALID input.choices.0.slug"]),
            (
                json!({ "type": "CHOICE", "choices": [{ "name": "A" }, { "name": "a" }] }),
                &["TAKEN input.choices.1.slug"],
            ),
            (
                json!({ "type": "CHOICE", "choices": choice(json!({ "color": "#000000" })) }),
                &["INVALID input.choices.0.color"],
            ),
            (json!({ "type": "COLOR", "choices": choice(json!({})) }), &["REQUIRED input.choices.0.color"]),
            (coloured("red"), &["INVALID input.choices.0.color"]),
            (coloured("#12345g"), &["INVALID input.choices.0.color"]),
            (coloured("#1234567"), &["INVALID input.choices.0.color"]),
        ];

        for (input, expected) in cases {
            let reply = fixture::create_attribute(&owner, input.clone()).await;

            assert_eq!(reply.user_errors(), expected, "{input}");
            assert!(reply.at("/attributeCreate/attribute").is_null());
        }
        let list = app.anonymous().query("{ attributes { code } }").await;
        assert_eq!(list.at("/attributes"), &json!([{ "code": "fabric" }]));
    })
    .await;
}

#[tokio::test]
async fn a_list_of_choices_has_an_end() {
    on_both(async |app| {
        let owner = app.owner().await;
        let choices = |count| {
            let choice = |n| json!({ "name": format!("{n}") });
            json!({ "type": "CHOICE", "choices": (0..count).map(choice).collect::<Vec<_>>() })
        };

        let refused = fixture::create_attribute(&owner, choices(1_001)).await;
        fixture::define_attribute(&owner, choices(1_000)).await;

        assert_eq!(refused.user_errors(), ["TOO_LONG input.choices"]);
        assert_eq!(refused.at("/attributeCreate/userErrors/0/limit"), 1_000);
        let found = find(&app.anonymous(), "material").await;
        assert_eq!(found["choices"].as_array().map(Vec::len), Some(1_000));
        assert_eq!(found["choices"][999]["slug"], "999");
    })
    .await;
}

#[tokio::test]
async fn a_code_that_nothing_has_finds_nothing() {
    on_both(async |app| assert!(find(&app.anonymous(), "material").await.is_null())).await;
}

//! What countries ask of addresses, as forms read it.

use serde_json::{Value, json};

use crate::support::{TestApp, fixture, on_both};

/// All that a form for any country needs.
const EVERYTHING: &str = "{ countries { code name addressFields { name isRequired isInCapitals line }
    postalCode { type pattern example } region { type options { code name localName } } } }";

#[tokio::test]
async fn a_form_can_be_built_from_what_a_country_says() {
    let app = TestApp::on_sqlite().await;

    let query = "{ country(code: \"CA\") { code name addressFields { name isRequired isInCapitals line }
        postalCode { type pattern example } region { type options { code name localName } } } }";
    let reply = app.anonymous().query(query).await;

    let country = reply.at("/country");
    assert_eq!(country["name"], "Canada");
    let fields = country["addressFields"].as_array().unwrap().iter();
    let fields: Vec<_> = fields.map(|field| (field["name"].as_str().unwrap(), field["isRequired"] == true)).collect();
    assert_eq!(
        fields,
        [
            ("FIRST_NAME", false),
            ("LAST_NAME", true),
            ("COMPANY", false),
            ("LINE1", true),
            ("LINE2", false),
            ("CITY", true),
            ("REGION", true),
            ("POSTAL_CODE", true),
            ("COUNTRY", true),
            ("PHONE", false),
            ("VAT_ID", false),
        ]
    );
    let city = &country["addressFields"][5];
    assert_eq!(city, &json!({ "name": "CITY", "isRequired": true, "isInCapitals": true, "line": 5 }));
    assert_eq!(country["addressFields"][9]["line"], Value::Null);
    assert_eq!(country["postalCode"]["type"], "POSTAL");
    assert_eq!(country["postalCode"]["example"], "H3Z 2Y7");
    assert_eq!(country["region"]["type"], "PROVINCE");
    assert_eq!(country["region"]["options"].as_array().unwrap().len(), 13);
    assert_eq!(country["region"]["options"][0], json!({ "code": "AB", "name": "Alberta", "localName": "Alberta" }));
}

#[tokio::test]
async fn countries_differ() {
    let app = TestApp::on_sqlite().await;

    let fields = "{ postalCode { type } region { type options { code name localName } } }";
    let query = format!(
        "{{ us: country(code: \"US\") {fields} ie: country(code: \"IE\") {fields}
        in: country(code: \"IN\") {fields} jp: country(code: \"JP\") {fields} ae: country(code: \"AE\") {fields}
        de: country(code: \"DE\") {fields} lv: country(code: \"LV\") {fields} }}"
    );
    let reply = app.anonymous().query(&query).await;

    for (country, code, region) in
        [("us", "ZIP", "STATE"), ("ie", "EIRCODE", "COUNTY"), ("in", "PIN", "STATE"), ("jp", "POSTAL", "PREFECTURE")]
    {
        assert_eq!(reply.at(&format!("/{country}/postalCode/type")), code);
        assert_eq!(reply.at(&format!("/{country}/region/type")), region);
    }
    assert_eq!(reply.at("/ae/postalCode"), &Value::Null);
    assert_eq!(reply.at("/de/region"), &Value::Null);
    assert_eq!(reply.at("/lv/region/options"), &json!([]));
    let aichi = json!({ "code": "23", "name": "Aichi", "localName": "愛知県" });
    assert_eq!(reply.at("/jp/region/options/0"), &aichi);
}

#[tokio::test]
async fn every_country_can_be_read_at_once_with_all_that_it_says() {
    let app = TestApp::on_sqlite().await;

    let reply = app.anonymous().query(EVERYTHING).await;

    let countries = reply.at("/countries").as_array().unwrap();
    assert_eq!(countries.len(), 249);
    assert_eq!(countries[0]["name"], "Afghanistan");
    assert_eq!(countries[248]["name"], "Zimbabwe");
    let regions = countries.iter().filter_map(|country| country["region"]["options"].as_array());
    assert!(regions.map(Vec::len).sum::<usize>() > 1_000);
    assert!(reply.body.len() < 500_000, "it is {} bytes long", reply.body.len());
}

#[tokio::test]
async fn the_world_cannot_be_read_again_and_again_in_one_operation() {
    let app = TestApp::on_sqlite().await;
    let fields = "{ countries { addressFields { name } region { options { code } } } }";
    let many: Vec<_> = (0..19).map(|n| format!("a{n}: {}", &fields[2..fields.len() - 2])).collect();

    let reply = app.anonymous().query(&format!("{{ {} }}", many.join(" "))).await;

    assert_eq!(reply.code(), Some("QUERY_TOO_COMPLEX"));
}

#[tokio::test]
async fn a_channel_names_the_countries_in_which_it_sells() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({ "countries": ["KR", "JP", "AU"] })).await;

        let query = "{ countries(channel: \"japan\") { code } unknown: countries(channel: \"nowhere\") { code } }";
        let reply = app.anonymous().query(query).await;

        let codes = json!([{ "code": "AU" }, { "code": "JP" }, { "code": "KR" }]);
        assert_eq!(reply.json["data"], json!({ "countries": codes, "unknown": null }));
        assert_eq!(reply.code(), Some("BAD_USER_INPUT"));
    })
    .await;
}

#[tokio::test]
async fn a_country_that_there_is_not_is_refused() {
    let app = TestApp::on_sqlite().await;

    let reply = app.anonymous().query("{ country(code: \"XX\") { code } }").await;

    assert_eq!(reply.code(), Some("BAD_USER_INPUT"));
}

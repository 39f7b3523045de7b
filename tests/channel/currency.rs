//! Amounts have the decimals of their channel's currency: none of the yen, three of the dinar.

use serde_json::{Value, json};

use crate::support::{Client, fixture, on_both};

/// Two channels beside the default one, with products that are for sale in all three.
async fn shop(owner: &Client) -> Vec<String> {
    fixture::channel(owner, json!({})).await;
    let kuwait = json!({ "slug": "kuwait", "name": "Kuwait", "currency": "KWD", "homeCountry": "KW" });
    fixture::channel(owner, fixture::with(kuwait, json!({ "defaultLanguage": "ar" }))).await;
    let mut products = Vec::new();
    for (name, dollars, yen, dinars) in
        [("A", "1", "300", "0.250"), ("B", "2.50", "200", "0.75"), ("C", "3", "100", "1.005")]
    {
        let channels = json!(["default", "japan", "kuwait"]);
        let input = json!({ "name": name, "variants": [{ "price": dollars }], "channels": channels });
        let id = fixture::product(owner, input).await;
        for (channel, price) in [("japan", yen), ("kuwait", dinars)] {
            assert_eq!(fixture::price(owner, &id, channel, price).await.user_errors(), [""; 0]);
        }
        products.push(id);
    }
    products
}

async fn list(client: &Client, arguments: &str) -> Vec<(String, String)> {
    let query = format!("{{ products({arguments}) {{ nodes {{ name priceRange {{ lowest {{ amount }} }} }} }} }}");
    let reply = client.query(&query).await;
    let nodes = reply.at("/products/nodes").as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    nodes.map(|node| (text(&node["name"]), text(&node["priceRange"]["lowest"]["amount"]))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, amount)| ((*name).to_owned(), (*amount).to_owned())).collect()
}

#[tokio::test]
async fn money_has_exactly_the_digits_of_its_currency() {
    on_both(async |app| {
        let owner = app.owner().await;
        let products = shop(&owner).await;
        let query = "query($id: ID!, $channel: String) { product(id: $id, channel: $channel) {
            priceRange { lowest { amount currency } highest { amount currency } }
            variants { price { amount currency } compareAtPrice { amount } } } }";

        for (channel, amount, currency) in
            [("default", "2.50", "USD"), ("japan", "200", "JPY"), ("kuwait", "0.750", "KWD")]
        {
            let reply = app.anonymous().run(query, json!({ "id": products[1], "channel": channel })).await;

            let money = json!({ "amount": amount, "currency": currency });
            let expected = json!({
                "priceRange": { "lowest": money, "highest": money },
                "variants": [{ "price": money, "compareAtPrice": null }],
            });
            assert_eq!(reply.at("/product"), &expected);
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_is_sorted_and_filtered_by_the_prices_of_its_channel() {
    on_both(async |app| {
        let owner = app.owner().await;
        shop(&owner).await;
        let shopper = app.anonymous();
        let cases = [
            ("sort: { field: PRICE }", pairs(&[("A", "1.00"), ("B", "2.50"), ("C", "3.00")])),
            ("channel: \"japan\", sort: { field: PRICE }", pairs(&[("C", "100"), ("B", "200"), ("A", "300")])),
            (
                "channel: \"kuwait\", sort: { field: PRICE, direction: DESC }",
                pairs(&[("C", "1.005"), ("B", "0.750"), ("A", "0.250")]),
            ),
            (
                "channel: \"japan\", sort: { field: PRICE }, filter: { price: { from: \"200\" } }",
                pairs(&[("B", "200"), ("A", "300")]),
            ),
            (
                "channel: \"kuwait\", sort: { field: PRICE }, filter: { price: { from: \"0.251\", to: \"1.004\" } }",
                pairs(&[("B", "0.750")]),
            ),
        ];

        for (arguments, expected) in cases {
            assert_eq!(list(&shopper, arguments).await, expected, "{arguments}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_price_has_no_more_decimals_than_its_currency() {
    on_both(async |app| {
        let owner = app.owner().await;
        let products = shop(&owner).await;
        let cases = [
            ("default", "1.001", false),
            ("default", "1.010", true),
            ("japan", "1500.5", false),
            ("japan", "1500.00", true),
            ("kuwait", "1.0005", false),
            ("kuwait", "1.005", true),
        ];

        for (channel, price, is_taken) in cases {
            let reply = fixture::price(&owner, &products[0], channel, price).await;

            let expected: &[&str] = if is_taken { &[] } else { &["INVALID input.price"] };
            assert_eq!(reply.user_errors(), expected, "{price} in {channel}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_filter_with_more_decimals_than_its_currency_is_a_mistake_of_the_request() {
    on_both(async |app| {
        let owner = app.owner().await;
        shop(&owner).await;

        for (channel, price, is_right) in [
            ("japan", "1.5", false),
            ("japan", "1.0", true),
            ("kuwait", "1.0005", false),
            ("kuwait", "1.005", true),
            ("default", "1.005", false),
        ] {
            let filter = format!("filter: {{ price: {{ from: \"{price}\" }} }}");
            let query = format!("{{ products(channel: \"{channel}\", {filter}) {{ totalCount }} }}");
            let code = app.anonymous().query(&query).await.code().map(str::to_owned);
            assert_eq!(code.as_deref(), (!is_right).then_some("BAD_USER_INPUT"), "{price} in {channel}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_go_on_in_the_order_of_their_channel() {
    on_both(async |app| {
        let owner = app.owner().await;
        shop(&owner).await;
        let query = "query($after: String) { products(channel: \"kuwait\", first: 1, after: $after,
            sort: { field: PRICE }) { nodes { name } pageInfo { endCursor hasNextPage } } }";

        let (mut names, mut after) = (Vec::new(), Value::Null);
        loop {
            let reply = app.anonymous().run(query, json!({ "after": after })).await;
            names.push(reply.text("/products/nodes/0/name"));
            after = reply.at("/products/pageInfo/endCursor").clone();
            if reply.at("/products/pageInfo/hasNextPage") == &json!(false) {
                break;
            }
        }

        assert_eq!(names, ["A", "B", "C"]);
    })
    .await;
}

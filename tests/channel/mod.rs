//! Channels: what they are, what they show, and from when until when.

mod collection;
mod create;
mod currency;
mod default;
mod delete;
mod publication;
mod race;
mod update;
mod window;

use serde_json::{Value, json};

use crate::support::{Client, TestApp, fixture, sql};

/// A channel by its slug, with everything that anybody may read.
async fn read(client: &Client, slug: &str) -> Value {
    const QUERY: &str = "query($slug: String!) { channel(slug: $slug) {
        slug name currency homeCountry countries pricesIncludeTax defaultLanguage isDefault version } }";
    client.run(QUERY, json!({ "slug": slug })).await.at("/channel").clone()
}

/// The slugs of all channels, in the order of the list.
async fn slugs(client: &Client) -> Vec<String> {
    let reply = client.query("{ channels { slug } }").await;
    let channels = reply.at("/channels").as_array().unwrap().iter();
    channels.map(|channel| channel["slug"].as_str().unwrap().to_owned()).collect()
}

/// How many products a client sees in a channel.
async fn count(client: &Client, channel: &str) -> i64 {
    let reply = client.run("query($c: String) { products(channel: $c) { totalCount } }", json!({ "c": channel })).await;
    reply.at("/products/totalCount").as_i64().unwrap()
}

/// Whether a client sees a product in a channel.
async fn sees(client: &Client, product: &str, channel: &str) -> bool {
    let query = "query($id: ID!, $channel: String) { product(id: $id, channel: $channel) { id } }";
    !client.run(query, json!({ "id": product, "channel": channel })).await.at("/product").is_null()
}

/// A product that is for sale in the default channel and has a price in another one, too.
async fn priced_in(owner: &Client, channel: &str, price: &str) -> String {
    let product = fixture::product(owner, json!({})).await;
    assert_eq!(fixture::price(owner, &product, channel, price).await.user_errors(), [""; 0]);
    product
}

/// Places in listings that are missing: every channel lists every product, and the members of every collection.
async fn missing_listings(app: &TestApp) -> i64 {
    let products = "SELECT (SELECT COUNT(*) FROM product) * (SELECT COUNT(*) FROM channel) \
        - (SELECT COUNT(*) FROM product_listing)";
    let members = "SELECT (SELECT COUNT(*) FROM collection_product) * (SELECT COUNT(*) FROM channel) \
        - (SELECT COUNT(*) FROM collection_listing)";
    sql::number(app.app.db(), products).await + sql::number(app.app.db(), members).await
}

//! Whatever is done at once, everybody gets an answer, and what belongs together stays together.

use futures::future::{BoxFuture, FutureExt, join_all};
use serde_json::{Value, json};

use crate::support::{Client, Reply, TestApp, fixture, on_both, sql};

/// What all changes of a storm are about.
struct Scene {
    product: String,
    variants: Vec<String>,
    collections: Vec<String>,
    /// Collections whose members are found by rules.
    found: Vec<String>,
}

fn sized(size: &str, sku: &str) -> Value {
    json!({ "price": "1", "stock": 2, "sku": sku, "optionValues": [{ "option": "Size", "value": size }] })
}

async fn scene(owner: &Client) -> Scene {
    let variants = json!([sized("S", "s"), sized("M", "m")]);
    let product = fixture::product(owner, json!({ "options": [{ "name": "Size" }], "variants": variants })).await;
    let mut collections = Vec::new();
    for name in ["A", "B", "C"] {
        collections.push(fixture::collection(owner, json!({ "name": name })).await);
    }
    let mut found = Vec::new();
    for (name, condition) in [("D", json!({ "nameContains": "1" })), ("E", json!({ "isAvailable": true }))] {
        found.push(fixture::collection(owner, json!({ "name": name, "rules": { "conditions": [condition] } })).await);
    }
    Scene { variants: fixture::variants(owner, &product).await, product, collections, found }
}

/// How many kinds of change there are.
const KINDS: usize = 21;

/// One of many changes, each of which locks other rows in its own order.
fn change<'a>(owner: &'a Client, scene: &'a Scene, n: usize) -> BoxFuture<'a, Reply> {
    let Scene { product, variants, collections, found } = scene;
    let (variant, other) = (&variants[n / KINDS % 2], &collections[(n + 1) % 3]);
    let (collection, found) = (&collections[n % 3], &found[n / KINDS % 2]);
    match n % KINDS {
        0 => fixture::update(owner, "productUpdate", product, json!({ "name": format!("Name {n}") })).boxed(),
        1 => fixture::update(owner, "productVariantPriceSet", variant, json!({ "price": n.to_string() })).boxed(),
        2 => stock(owner, variant).boxed(),
        3 => add_variant(owner, product, n).boxed(),
        4 => {
            let sku = if n.is_multiple_of(2) { "s" } else { "m" };
            fixture::update(owner, "productVariantUpdate", variant, json!({ "sku": sku })).boxed()
        }
        5 => members(owner, "collectionProductsAdd", collection, product).boxed(),
        6 => members(owner, "collectionProductsRemove", collection, product).boxed(),
        7 => fixture::change(owner, "productUnpublish", product).boxed(),
        8 => fixture::change(owner, "productPublish", product).boxed(),
        9 => fixture::update(owner, "collectionUpdate", collection, json!({ "parent": other })).boxed(),
        10 => fixture::update(owner, "collectionUpdate", found, rules(n)).boxed(),
        11 => fixture::update(owner, "collectionUpdate", found, json!({ "slug": format!("found-{n}") })).boxed(),
        12 => fixture::update(owner, "collectionMove", found, json!({ "parent": other })).boxed(),
        13 => reorder(owner, collection, product).boxed(),
        14 => empty(owner, variant).boxed(),
        15 => passing_product(owner, n).boxed(),
        16 => passing_collection(owner, n).boxed(),
        17 => {
            let mutation = if n.is_multiple_of(2) { "collectionPublish" } else { "collectionUnpublish" };
            fixture::change(owner, mutation, found).boxed()
        }
        18 => fixture::update(owner, "productUpdate", product, json!({ "slug": format!("slug-{n}") })).boxed(),
        19 => count_many(owner, variants, n).boxed(),
        _ => two_variants(owner, n).boxed(),
    }
}

/// Other rules, or none for a while.
fn rules(n: usize) -> Value {
    match n / KINDS % 3 {
        0 => json!({ "rules": null }),
        1 => json!({ "rules": { "conditions": [{ "isAvailable": true }] } }),
        _ => json!({ "rules": { "conditions": [{ "nameContains": "2" }] } }),
    }
}

async fn reorder(owner: &Client, collection: &str, product: &str) -> Reply {
    let mutation = "mutation($id: ID!, $product: ID!) {
        collectionProductsReorder(id: $id, moves: [{ product: $product, position: 0 }]) {
            collection { id } userErrors { code message field } } }";
    owner.run(mutation, json!({ "id": collection, "product": product })).await
}

async fn empty(owner: &Client, variant: &str) -> Reply {
    fixture::stock(owner, "stockLevelSet", json!({ "variant": variant, "onHand": 0 })).await
}

async fn count_many(owner: &Client, variants: &[String], n: usize) -> Reply {
    let mutation = "mutation($input: [StockLevelBulkSetInput!]!) {
        stockLevelBulkSet(input: $input) { results { userErrors { code message field } } } }";
    let counts: Vec<Value> = variants.iter().map(|id| json!({ "variant": id, "onHand": n % 2 })).collect();
    owner.run(mutation, json!({ "input": counts })).await
}

/// A product that rules find, which goes as soon as it has come.
async fn passing_product(owner: &Client, n: usize) -> Reply {
    let input = json!({ "name": format!("Passing 12 {n}"), "variants": [{ "price": "1" }] });
    let product = fixture::product(owner, input).await;
    fixture::change(owner, "productDelete", &product).await
}

/// A collection that finds products, which goes as soon as it has come.
async fn passing_collection(owner: &Client, n: usize) -> Reply {
    let rules = json!({ "conditions": [{ "nameContains": "a" }] });
    let collection = fixture::collection(owner, json!({ "name": format!("Passing {n}"), "rules": rules })).await;
    fixture::change(owner, "collectionDelete", &collection).await
}

async fn stock(owner: &Client, variant: &str) -> Reply {
    fixture::stock(owner, "stockLevelAdjust", json!({ "variant": variant, "change": 1 })).await
}

async fn add_variant(owner: &Client, product: &str, n: usize) -> Reply {
    fixture::create_variant(owner, product, sized(&format!("Size {n}"), &format!("sku {n}"))).await
}

async fn members(owner: &Client, mutation: &str, collection: &str, product: &str) -> Reply {
    fixture::members(owner, mutation, collection, &[product.to_owned()]).await
}

/// Creations that want the same two SKUs, in either order.
async fn two_variants(owner: &Client, n: usize) -> Reply {
    let (first, second) = if n.is_multiple_of(2) { ("x", "y") } else { ("y", "x") };
    let variants = json!([sized("S", first), sized("M", second)]);
    let input = json!({ "slug": format!("storm-{n}"), "options": [{ "name": "Size" }], "variants": variants });
    fixture::create_product(owner, input).await
}

#[tokio::test]
async fn changes_of_the_same_objects_at_once_are_all_answered() {
    on_both(async |app| {
        let owner = app.owner().await;
        let scene = scene(&owner).await;
        let count = 12 * KINDS;
        let steps: Vec<usize> = (0..count).map(|n| n * 7 % count).collect();

        let mut replies = Vec::new();
        for batch in steps.chunks(2 * KINDS) {
            replies.extend(join_all(batch.iter().map(|n| change(&owner, &scene, *n))).await);
        }

        for reply in &replies {
            reply.data();
        }
        let history = fixture::history(app, &scene.product).await;
        let version = fixture::read(&owner, &scene.product, "version").await["version"].clone();
        assert_eq!(version, history.len(), "one event for each version");
        let sequences: Vec<String> = (1..=history.len()).map(|n| n.to_string()).collect();
        let told: Vec<&str> = history.iter().map(|event| event.split_once(' ').unwrap().0).collect();
        assert_eq!(told, sequences);
    })
    .await;
}

/// Products that rules find and that are no members, or the other way round.
async fn mistaken(app: &TestApp, collection: &str, is_found: &str) -> i64 {
    let sql = format!(
        "SELECT COUNT(*) FROM product
         JOIN product_listing AS listing ON listing.product_id = product.id
         LEFT JOIN (SELECT product_id FROM collection_product AS member
                    JOIN collection ON collection.id = member.collection_id
                    WHERE collection.name = '{collection}') AS member ON member.product_id = product.id
         WHERE (member.product_id IS NULL) = ({is_found})"
    );
    sql::number(app.app.db(), &sql).await
}

#[tokio::test]
async fn rules_hold_of_every_product_however_many_change_at_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        let scene = scene(&owner).await;
        let other = fixture::product(&owner, json!({ "name": "Other 1" })).await;
        let variant = fixture::variant(&owner, &other).await;

        for round in 0..6 {
            let changes: Vec<BoxFuture<'_, Reply>> = vec![
                fixture::update(&owner, "productUpdate", &other, json!({ "name": format!("Other {}", round % 2) }))
                    .boxed(),
                fixture::update(&owner, "productUpdate", &scene.product, json!({ "name": format!("Name {round}") }))
                    .boxed(),
                fixture::stock(&owner, "stockLevelSet", json!({ "variant": variant, "onHand": round % 2 })).boxed(),
                empty(&owner, &scene.variants[0]).boxed(),
                stock(&owner, &scene.variants[1]).boxed(),
                empty(&owner, &scene.variants[1]).boxed(),
                fixture::create_product(&owner, json!({ "slug": format!("new-{round}"), "name": "New 1" })).boxed(),
                passing_product(&owner, round).boxed(),
                passing_collection(&owner, round).boxed(),
            ];
            for reply in join_all(changes).await {
                assert!(reply.user_errors().is_empty(), "{}", reply.json);
            }
        }

        assert_eq!(mistaken(app, "D", "product.name_key LIKE '%1%'").await, 0);
        assert_eq!(mistaken(app, "E", "listing.is_available").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_product_that_goes_while_it_is_picked_is_gone_or_refused() {
    on_both(async |app| {
        let owner = app.owner().await;
        let collection = fixture::collection(&owner, json!({})).await;
        for n in 0..6 {
            let input = json!({ "slug": format!("p{n}"), "variants": [{ "price": "1" }] });
            let product = fixture::product(&owner, input).await;

            let (delete, pick) = futures::future::join(
                fixture::change(&owner, "productDelete", &product),
                members(&owner, "collectionProductsAdd", &collection, &product),
            )
            .await;

            assert!(delete.user_errors().is_empty());
            let picked = pick.user_errors();
            assert!(picked.is_empty() || picked == ["NOT_FOUND products.0"], "{picked:?}");
        }
        let read = fixture::read(&owner, &collection, "products { totalCount nodes { id } }").await;
        assert_eq!(read["products"], json!({ "totalCount": 0, "nodes": [] }));
    })
    .await;
}

#[tokio::test]
async fn creations_that_want_each_others_skus_do_not_wait_for_each_other() {
    on_both(async |app| {
        let owner = app.owner().await;
        for round in 0..10 {
            let creation = async |n: usize| {
                let mut skus: Vec<String> = (0..20).map(|sku| format!("{round}-{sku}")).collect();
                if n.is_multiple_of(2) {
                    skus.reverse();
                }
                let variants: Vec<Value> = skus.iter().map(|sku| sized(sku, sku)).collect();
                let slug = format!("p-{round}-{n}");
                let input = json!({ "slug": slug, "options": [{ "name": "Size" }], "variants": variants });
                fixture::create_product(&owner, input).await
            };

            let replies = join_all((0..6).map(creation)).await;

            let won = replies.iter().filter(|reply| reply.user_errors().is_empty()).count();
            assert_eq!(won, 1);
        }
    })
    .await;
}

/// The places of members in the listing that are not those of the members.
const MISPLACED: &str = "SELECT COUNT(*) FROM collection_listing AS listing
    JOIN collection_product AS member
      ON member.collection_id = listing.collection_id AND member.product_id = listing.product_id
    WHERE member.position <> listing.position";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn stock_that_runs_out_while_members_are_moved_leaves_them_at_their_new_places() {
    on_both(async |app| {
        let owner = app.owner().await;
        let Scene { product, variants, collections, .. } = scene(&owner).await;
        empty(&owner, &variants[1]).await.data();
        let other = fixture::product(&owner, json!({ "slug": "other" })).await;
        for collection in &collections {
            fixture::members(&owner, "collectionProductsAdd", collection, &[product.clone(), other.clone()])
                .await
                .data();
        }

        for round in 0..24 {
            let count = json!({ "variant": variants[0], "onHand": round % 2 });
            let first = if round % 2 == 0 { &other } else { &product };
            let moves = collections.iter().map(|collection| reorder(&owner, collection, first));
            let (stock, moves) =
                futures::future::join(fixture::stock(&owner, "stockLevelSet", count), join_all(moves)).await;

            for reply in moves.iter().chain([&stock]) {
                assert!(reply.user_errors().is_empty(), "{}", reply.json);
            }
            assert_eq!(sql::number(app.app.db(), MISPLACED).await, 0);
        }
    })
    .await;
}

//! Whatever is done at once, everybody gets an answer, and what belongs together stays together.

use futures::future::{BoxFuture, FutureExt, join_all};
use serde_json::{Value, json};

use crate::support::{Client, Reply, fixture, on_both};

/// What all changes of a storm are about.
struct Scene {
    product: String,
    variants: Vec<String>,
    collections: Vec<String>,
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
    Scene { variants: fixture::variants(owner, &product).await, product, collections }
}

/// One of many changes, each of which locks other rows in its own order.
fn change<'a>(owner: &'a Client, scene: &'a Scene, n: usize) -> BoxFuture<'a, Reply> {
    let Scene { product, variants, collections } = scene;
    let (variant, other) = (&variants[n / 11 % 2], &collections[(n + 1) % 3]);
    let collection = &collections[n % 3];
    match n % 11 {
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
        _ => two_variants(owner, n).boxed(),
    }
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
        let steps: Vec<usize> = (0..132).map(|n| n * 7 % 132).collect();

        let mut replies = Vec::new();
        for batch in steps.chunks(22) {
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

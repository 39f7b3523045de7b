//! Which pictures of a product show a variant.

use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use tradepost::entity::{product_variant, variant_media};

use super::sized;
use crate::support::{Client, Reply, TestApp, fixture, on_both};

const SET: &str = "mutation($id: ID!, $images: [ID!]!) { productVariantImagesSet(id: $id, images: $images) {
    variant { image { id } images { id } } userErrors { code message field limit } } }";

/// A shirt with four pictures in two sizes, of which the first is shown by the first picture.
struct Shirt {
    product: String,
    variants: Vec<String>,
    images: Vec<String>,
}

async fn shirt(owner: &Client) -> Shirt {
    let images: Vec<Value> = ["/a", "/b", "/c", "/d"].iter().map(|url| json!({ "url": url })).collect();
    let variants = json!([sized("S", json!({ "price": "1", "imageUrl": "/a" })), sized("M", json!({ "price": "1" }))]);
    let input = json!({ "images": images, "options": [{ "name": "Size" }], "variants": variants });
    let product = fixture::product(owner, input).await;
    let read = fixture::read(owner, &product, "images { id }").await;
    let images = read["images"].as_array().unwrap().iter().map(|image| image["id"].as_str().unwrap().to_owned());
    Shirt { variants: fixture::variants(owner, &product).await, images: images.collect(), product }
}

async fn set(owner: &Client, id: &str, images: &[&String]) -> Reply {
    owner.run(SET, json!({ "id": id, "images": images })).await
}

/// The pictures that show a variant, as shoppers see them; the first is its own.
async fn shown(app: &TestApp, id: &str) -> Vec<String> {
    let read = fixture::read(&app.anonymous(), id, "image { id } images { id }").await;
    let images: Vec<String> =
        read["images"].as_array().unwrap().iter().map(|image| image["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(read["image"]["id"].as_str(), images.first().map(String::as_str));
    images
}

/// Every variant's own picture is the first of its pictures, also of those that nobody sees.
async fn assert_settled(app: &TestApp) {
    let db = app.app.db().reader();
    let shown = variant_media::Entity::find().order_by_asc(variant_media::Column::Position).all(db).await.unwrap();
    for variant in product_variant::Entity::find().all(db).await.unwrap() {
        let first = shown.iter().find(|row| row.variant_id == variant.id).map(|row| row.media_id);
        assert_eq!(variant.media_id, first);
    }
}

#[tokio::test]
async fn pictures_are_chosen_in_an_order_and_taken_off() {
    on_both(async |app| {
        let owner = app.owner().await;
        let Shirt { product, variants, images } = shirt(&owner).await;
        assert_eq!(shown(app, &variants[0]).await, [images[0].clone()]);
        assert!(shown(app, &variants[1]).await.is_empty());

        let reply = set(&owner, &variants[0], &[&images[2], &images[0]]).await;
        assert!(reply.user_errors().is_empty());
        assert_eq!(reply.at("/productVariantImagesSet/variant/image/id"), &json!(images[2]));
        assert_eq!(shown(app, &variants[0]).await, [images[2].clone(), images[0].clone()]);
        set(&owner, &variants[1], &[&images[2]]).await.data();
        assert_eq!(shown(app, &variants[1]).await, [images[2].clone()], "two variants share a picture");

        set(&owner, &variants[0], &[]).await.data();
        assert!(shown(app, &variants[0]).await.is_empty());
        let history = fixture::history(app, &product).await;
        assert_eq!(history[1..], ["2 variant.updated", "3 variant.updated", "4 variant.updated"]);
        assert_settled(app).await;
    })
    .await;
}

#[tokio::test]
async fn pictures_that_stay_leave_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let Shirt { product, variants, images } = shirt(&owner).await;

        assert!(set(&owner, &variants[0], &[&images[0]]).await.user_errors().is_empty());

        assert_eq!(fixture::read(&owner, &product, "version").await["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn where_a_picture_goes_the_next_one_takes_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let Shirt { variants, images, .. } = shirt(&owner).await;
        for variant in &variants {
            set(&owner, variant, &[&images[0], &images[1], &images[2]]).await.data();
        }
        fixture::change(&owner, "productVariantArchive", &variants[1]).await.data();

        let remove = "mutation($id: ID!) { productImageRemove(id: $id) { userErrors { code message field } } }";
        assert!(owner.run(remove, json!({ "id": images[0] })).await.user_errors().is_empty());

        assert_eq!(shown(app, &variants[0]).await, images[1..3]);
        let archived = fixture::read(&owner, &variants[1], "image { id } images { id }").await;
        assert_eq!(archived["image"]["id"], images[1], "of an archived one, too");
        assert_settled(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_list_of_pictures_that_lacks_some_takes_them_off_the_variants() {
    on_both(async |app| {
        let owner = app.owner().await;
        let Shirt { product, variants, images } = shirt(&owner).await;
        set(&owner, &variants[0], &[&images[0], &images[2], &images[1]]).await.data();
        set(&owner, &variants[1], &[&images[0]]).await.data();
        fixture::change(&owner, "productVariantArchive", &variants[1]).await.data();

        let left = json!({ "images": [{ "url": "/c" }, { "url": "/b" }, { "url": "/new" }] });
        assert!(fixture::update(&owner, "productUpdate", &product, left).await.user_errors().is_empty());

        assert_eq!(shown(app, &variants[0]).await, [images[2].clone(), images[1].clone()]);
        assert_settled(app).await;

        fixture::update(&owner, "productUpdate", &product, json!({ "images": null })).await.data();
        assert!(shown(app, &variants[0]).await.is_empty());
        assert_settled(app).await;
    })
    .await;
}

#[tokio::test]
async fn an_address_takes_the_place_of_the_first_picture() {
    on_both(async |app| {
        let owner = app.owner().await;
        let Shirt { variants, images, .. } = shirt(&owner).await;
        let id = &variants[0];
        set(&owner, id, &[&images[0], &images[1], &images[2]]).await.data();

        for (url, expected) in [
            (json!("/a"), vec![&images[0], &images[1], &images[2]]),
            (json!("/d"), vec![&images[3], &images[1], &images[2]]),
            (json!("/c"), vec![&images[2], &images[1]]),
            (Value::Null, vec![]),
            (json!("/b"), vec![&images[1]]),
        ] {
            let reply = fixture::update(&owner, "productVariantUpdate", id, json!({ "imageUrl": url })).await;

            assert!(reply.user_errors().is_empty());
            assert_eq!(shown(app, id).await.iter().collect::<Vec<_>>(), expected, "{url}");
        }
        assert_settled(app).await;
    })
    .await;
}

#[tokio::test]
async fn other_changes_keep_the_pictures() {
    on_both(async |app| {
        let owner = app.owner().await;
        let Shirt { product, variants, images } = shirt(&owner).await;
        set(&owner, &variants[0], &[&images[2], &images[1]]).await.data();
        let [_, b, c, _] = <[String; 4]>::try_from(images).unwrap();

        fixture::update(&owner, "productUpdate", &product, json!({ "tags": ["new"] })).await.data();
        fixture::update(&owner, "productVariantUpdate", &variants[0], json!({ "barcode": "1" })).await.data();
        fixture::create_variant(&owner, &product, sized("L", json!({ "imageUrl": "/b" }))).await.data();
        fixture::change(&owner, "productVariantArchive", &variants[1]).await.data();

        assert_eq!(shown(app, &variants[0]).await, [c, b.clone()]);
        let large = fixture::variants(&owner, &product).await.remove(2);
        let read = fixture::read(&owner, &large, "image { id } images { id }").await;
        assert_eq!(read, json!({ "image": { "id": b }, "images": [{ "id": b }] }));
        assert_settled(app).await;
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let Shirt { variants, images, .. } = shirt(&owner).await;
        let other = fixture::product(&owner, json!({ "slug": "other", "images": [{ "url": "/a" }] })).await;
        let foreign = fixture::read(&owner, &other, "images { id }").await["images"][0]["id"].clone();
        let foreign = foreign.as_str().unwrap().to_owned();
        let (id, nothing) = (&variants[0], fixture::unknown("media"));

        let wrong = set(&owner, id, &[&images[0], &foreign, &images[0], &nothing]).await;
        assert_eq!(wrong.user_errors(), ["NOT_FOUND images.1", "TAKEN images.2", "NOT_FOUND images.3"]);
        let many = set(&owner, id, &[&images[0]; 21]).await;
        assert_eq!(many.user_errors(), ["TOO_LONG images"]);
        assert_eq!(many.at("/productVariantImagesSet/userErrors/0/limit"), 20);
        let unknown = set(&owner, &fixture::unknown("variant"), &[]).await;
        assert_eq!(unknown.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(shown(app, id).await, [images[0].clone()]);
    })
    .await;
}

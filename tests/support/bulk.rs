//! Many products at once, written past their service, which is what listings and plans are tried on.

use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use tradepost::catalog::listing;
use tradepost::clock::Timestamp;
use tradepost::db::all_set;
use tradepost::entity::publication_status::PublicationStatus;
use tradepost::entity::weight_unit::WeightUnit;
use tradepost::entity::{collection_product, media, product, product_channel, product_variant, variant_price};
use tradepost::id::{ChannelId, CollectionId, MediaId, ProductId, ProductVariantId};

use super::TestApp;

/// Fills a channel with products of one variant and one picture, of which every third is a draft and some are members
/// of collections in turn, and tells the database how the data lies.
pub async fn fill(app: &TestApp, channel: ChannelId, collections: &[CollectionId], count: usize) {
    let tx = app.app.db().begin().await.unwrap();
    for some in (0..count).collect::<Vec<_>>().chunks(500) {
        let ids: Vec<(usize, ProductId, ProductVariantId)> =
            some.iter().map(|n| (*n, ProductId::generate(), ProductVariantId::generate())).collect();
        let products = ids.iter().map(|(n, id, _)| all_set::<product::Entity, _>(product_of(*n, *id)));
        product::Entity::insert_many(products).exec_without_returning(&tx).await.unwrap();
        let variants =
            ids.iter().map(|(_, id, variant)| all_set::<product_variant::Entity, _>(variant_of(*id, *variant)));
        product_variant::Entity::insert_many(variants).exec_without_returning(&tx).await.unwrap();
        let prices = ids.iter().map(|(n, _, variant)| variant_price::ActiveModel {
            variant_id: Set(*variant),
            channel_id: Set(channel),
            price_minor: Set(i64::try_from(n * 7919 % 100_000).unwrap()),
            compare_at_minor: Set(None),
            since: Set(Timestamp::now()),
        });
        variant_price::Entity::insert_many(prices).exec_without_returning(&tx).await.unwrap();
        let pictures = ids.iter().map(|(n, id, _)| media::ActiveModel {
            id: Set(MediaId::generate()),
            product_id: Set(*id),
            url: Set(format!("/{n}")),
            alt_text: Set(None),
            position: Set(0),
        });
        media::Entity::insert_many(pictures).exec_without_returning(&tx).await.unwrap();
        let shown = ids.iter().map(|(_, id, _)| product_channel::ActiveModel {
            product_id: Set(*id),
            channel_id: Set(channel),
            published_from: Set(None),
            published_until: Set(None),
        });
        product_channel::Entity::insert_many(shown).exec_without_returning(&tx).await.unwrap();
        let members = ids.iter().filter_map(|(n, id, _)| {
            let collection = collections.get(n % (collections.len() + 1))?;
            Some(collection_product::ActiveModel {
                collection_id: Set(*collection),
                product_id: Set(*id),
                position: Set(i64::try_from(*n).unwrap()),
            })
        });
        collection_product::Entity::insert_many(members).exec_without_returning(&tx).await.unwrap();
    }
    listing::rebuild(&tx).await.unwrap();
    tx.commit().await.unwrap();
    app.app.db().analyze().await.unwrap();
}

fn product_of(n: usize, id: ProductId) -> product::Model {
    let (name, now) = (format!("product {:05}", n * 7919 % 100_000), Timestamp::now());
    product::Model {
        id,
        slug: format!("bulk-{n}"),
        name_key: name.clone(),
        name,
        description: String::new(),
        status: if n % 3 == 2 { PublicationStatus::Draft } else { PublicationStatus::Active },
        vendor: Some(format!("Vendor {}", n % 20)),
        product_type: Some(format!("Type {}", n % 10)),
        seo_title: None,
        seo_description: None,
        external_id: None,
        metadata: json!({}),
        private_metadata: json!({}),
        // A second after the one before, long ago.
        created_at: Timestamp::from_micros(i64::try_from(n).unwrap() * 1_000_000),
        updated_at: now,
        version: 1,
    }
}

fn variant_of(product_id: ProductId, id: ProductVariantId) -> product_variant::Model {
    let now = Timestamp::now();
    product_variant::Model {
        id,
        product_id,
        position: 0,
        status: PublicationStatus::Active,
        option_key: String::new(),
        sku: None,
        sku_key: None,
        barcode: None,
        weight_grams: None,
        weight_unit: WeightUnit::G,
        requires_shipping: true,
        is_taxable: true,
        tax_class_id: None,
        tracks_stock: false,
        backorder_limit: None,
        media_id: None,
        content_micro: None,
        content_unit: None,
        reference_micro: None,
        reference_unit: None,
        external_id: None,
        metadata: json!({}),
        private_metadata: json!({}),
        created_at: now,
        updated_at: now,
    }
}

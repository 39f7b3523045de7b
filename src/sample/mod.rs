//! A small shop of our own making to look around in: about twenty products, their pictures, a tree of collections, and
//! ways of delivery.
//!
//! It is loaded the way any shop's data would be: the products through the import, collections and delivery through their
//! use cases. Loading it again changes nothing.

mod pictures;
mod shipping;

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter};
use serde::Deserialize;

use crate::app::App;
use crate::auth::Actor;
use crate::catalog::collection::input::CollectionCreateInput;
use crate::catalog::product::input::ImageInput;
use crate::entity::publication_status::PublicationStatus;
use crate::entity::{collection, product};
use crate::error::{Error, Result};
use crate::id::{CollectionId, ProductId};
use crate::transfer::{ImportOptions, Progress, Summary};

pub use pictures::picture;

const PRODUCTS: &[u8] = include_bytes!("products.csv");
const COLLECTIONS: &str = include_str!("collections.json");

/// A collection as the sample's file describes it; a parent comes before what is part of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SampleCollection {
    slug: String,
    name: String,
    description: String,
    parent: Option<String>,
    image: Option<String>,
    image_alt: Option<String>,
    /// Slugs, in the order in which they are shown.
    products: Vec<String>,
}

/// Brings the sample shop into a migrated database.
pub async fn load(app: &App) -> Result<Summary> {
    let actor = Actor::System;
    let mut refused = Vec::new();
    let summary = app
        .imports
        .import_shopify(&actor, PRODUCTS, &ImportOptions::default(), |progress| {
            if let Progress::Failed(errors) = progress {
                refused.extend(errors.iter().map(ToString::to_string));
            }
        })
        .await?;
    if !refused.is_empty() {
        return Err(Error::internal(refused.join(" ")));
    }
    load_collections(app, &actor).await?;
    shipping::load(app, &actor).await?;
    Ok(summary)
}

async fn load_collections(app: &App, actor: &Actor) -> Result<()> {
    let samples: Vec<SampleCollection> = serde_json::from_str(COLLECTIONS).map_err(Error::internal)?;
    let mut known = known_collections(app, &samples).await?;
    for sample in samples {
        if known.contains_key(&sample.slug) {
            continue;
        }
        let products = find_products(app, &sample.products).await?;
        let parent = sample.parent.as_ref().and_then(|slug| known.get(slug)).copied();
        let id = app.collections.create(actor, input(&sample, parent, products)).await?;
        known.insert(sample.slug, id);
    }
    Ok(())
}

fn input(sample: &SampleCollection, parent: Option<CollectionId>, products: Vec<ProductId>) -> CollectionCreateInput {
    let image = |url: &String| ImageInput { url: url.clone(), alt_text: sample.image_alt.clone() };
    CollectionCreateInput {
        name: sample.name.clone(),
        slug: Some(sample.slug.clone()),
        description: sample.description.clone(),
        status: Some(PublicationStatus::Active),
        channels: None,
        parent,
        image: sample.image.as_ref().map(image),
        seo: None,
        products,
        rules: None,
        external_id: None,
        metadata: Vec::new(),
        private_metadata: Vec::new(),
    }
}

async fn known_collections(app: &App, samples: &[SampleCollection]) -> Result<HashMap<String, CollectionId>> {
    let rows = collection::Entity::find()
        .filter(collection::COLUMN.slug.is_in(samples.iter().map(|sample| sample.slug.as_str())))
        .all(app.db().reader())
        .await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.id)).collect())
}

/// The products of these slugs, in this order.
async fn find_products(app: &App, slugs: &[String]) -> Result<Vec<ProductId>> {
    let rows = product::Entity::find()
        .filter(product::COLUMN.slug.is_in(slugs.iter().map(String::as_str)))
        .all(app.db().reader())
        .await?;
    let ids: HashMap<_, _> = rows.into_iter().map(|row| (row.slug, row.id)).collect();
    Ok(slugs.iter().filter_map(|slug| ids.get(slug)).copied().collect())
}

//! What staff do to pictures.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::auth::Actor;
use crate::catalog::image::input::{ProductImageAddInput, ProductImageUpdateInput};
use crate::catalog::product::change;
use crate::catalog::product::input::ImageInput;
use crate::catalog::product::service::{ProductService, Writing};
use crate::catalog::product::spec::{self, ImageSpec, MAX_IMAGES};
use crate::catalog::variant::spec::VariantSpec;
use crate::checks::Checks;
use crate::entity::{media, product_variant};
use crate::error::{Error, Result, UserError};
use crate::event::EventType;
use crate::id::{MediaId, ProductId, ProductVariantId};

/// The most pictures that show one variant.
const MAX_OF_VARIANT: usize = 20;

#[derive(Clone)]
pub struct ImageService {
    products: ProductService,
}

impl ImageService {
    pub const fn new(products: ProductService) -> Self {
        Self { products }
    }

    /// Adds a picture to a product.
    pub async fn add(&self, actor: &Actor, product: ProductId, input: ProductImageAddInput) -> Result<MediaId> {
        let writing = self.products.write(product, "product", None).await?;
        let (current, mut wanted) = writing.read().await?;
        if wanted.images.len() >= MAX_IMAGES {
            return Err(UserError::too_long("product", "The list of images", MAX_IMAGES).into());
        }
        let mut checks = Checks::new("input");
        let image = ImageSpec::read(&mut checks, ImageInput { url: input.url, alt_text: input.alt_text });
        if wanted.images.iter().any(|other| other.url == image.url) {
            checks.push(UserError::taken("input.url", "The product has a picture with this address."));
        }
        let last = wanted.images.len();
        let position = input.position.map_or(last, |position| place(&mut checks, position, last));
        checks.finish()?;
        let url = image.url.clone();
        wanted.images.insert(position, image);
        writing.sync(actor, &current, &wanted).await?;
        let id = find(&writing, &url).await?;
        writing.finish(actor, EventType::ProductUpdated, change::payload(&["images"])).await?;
        Ok(id)
    }

    /// Changes what a picture is said to show, and its place.
    pub async fn update(&self, actor: &Actor, id: MediaId, input: ProductImageUpdateInput) -> Result<ProductId> {
        let (writing, url) = self.write(id).await?;
        let (current, before) = writing.read().await?;
        let mut wanted = before.clone();
        let mut checks = Checks::new("input");
        let index = wanted.images.iter().position(|image| image.url == url).unwrap_or_default();
        let mut image = wanted.images.remove(index);
        image.alt_text = spec::alt_text(&mut checks, input.alt_text.apply(image.alt_text));
        let last = wanted.images.len();
        let position = checks.needed("position", input.position);
        let position = position.map_or(index, |position| place(&mut checks, position, last));
        checks.finish()?;
        wanted.images.insert(position, image);
        let product = writing.product.id;
        if wanted != before {
            writing.sync(actor, &current, &wanted).await?;
            writing.finish(actor, EventType::ProductUpdated, change::payload(&["images"])).await?;
        }
        Ok(product)
    }

    /// Takes a picture from a product and from the variants that it shows.
    pub async fn remove(&self, actor: &Actor, id: MediaId) -> Result<ProductId> {
        let (writing, url) = self.write(id).await?;
        let (current, mut wanted) = writing.read().await?;
        wanted.images.retain(|image| image.url != url);
        wanted.drop_missing_images();
        let product = writing.product.id;
        writing.sync(actor, &current, &wanted).await?;
        writing.finish(actor, EventType::ProductUpdated, change::payload(&["images"])).await?;
        Ok(product)
    }

    /// Puts all pictures of a product in an order.
    pub async fn reorder(&self, actor: &Actor, product: ProductId, images: &[MediaId]) -> Result<()> {
        let writing = self.products.write(product, "product", None).await?;
        let (current, before) = writing.read().await?;
        let mut checks = Checks::new("images");
        let rows = named(&mut checks, &current.images, images);
        if rows.len() < current.images.len() {
            let message = "The list names every picture of the product once.";
            checks.push(UserError::required("images", "").with_message(message));
        }
        checks.finish()?;
        let mut wanted = before.clone();
        wanted.images = rows.into_iter().map(ImageSpec::from).collect();
        if wanted == before {
            return Ok(());
        }
        writing.sync(actor, &current, &wanted).await?;
        writing.finish(actor, EventType::ProductUpdated, change::payload(&["images"])).await
    }

    /// Shows a variant by some pictures of its product.
    pub async fn set_of_variant(&self, actor: &Actor, id: ProductVariantId, images: &[MediaId]) -> Result<()> {
        let row = product_variant::Entity::find_by_id(id).one(self.products.reader()).await?;
        let row = row.ok_or_else(|| UserError::not_found("id", "variant"))?;
        let writing = self.products.write(row.product_id, "id", None).await?;
        let (current, wanted) = writing.read().await?;
        let before = current.variant_spec_of(id).ok_or_else(|| UserError::not_found("id", "variant"))?;
        if images.len() > MAX_OF_VARIANT {
            return Err(UserError::too_long("images", "The list of images", MAX_OF_VARIANT).into());
        }
        let mut checks = Checks::new("images");
        let rows = named(&mut checks, &current.images, images);
        checks.finish()?;
        let after = VariantSpec { images: rows.iter().map(|row| row.url.clone()).collect(), ..before.clone() };
        if after == before {
            return Ok(());
        }
        writing.replace_variant(actor, &current, &wanted.options, (id, &after)).await?;
        writing
            .finish(actor, EventType::VariantUpdated, json!({ "variant": id.to_string(), "fields": ["images"] }))
            .await
    }

    /// Begins a change of the product that has the picture, whose address is given, too.
    async fn write(&self, id: MediaId) -> Result<(Writing, String)> {
        let unknown = || UserError::not_found("id", "picture");
        let row = media::Entity::find_by_id(id).one(self.products.reader()).await?.ok_or_else(unknown)?;
        let writing = self.products.write(row.product_id, "id", None).await?;
        // It may have gone before the product was locked.
        let row = media::Entity::find_by_id(id).one(&writing.tx).await?.ok_or_else(unknown)?;
        Ok((writing, row.url))
    }
}

/// The id of the picture that has just been written.
async fn find(writing: &Writing, url: &str) -> Result<MediaId> {
    let row = media::Entity::find()
        .filter(media::COLUMN.product_id.eq(writing.product.id))
        .filter(media::COLUMN.url.eq(url))
        .one(&writing.tx)
        .await?;
    row.map(|row| row.id).ok_or_else(|| Error::internal("a picture that was written is not there"))
}

/// A place in a list, which ends at `last`.
fn place(checks: &mut Checks, position: i32, last: usize) -> usize {
    let place = usize::try_from(position);
    if place.is_err() {
        checks.push(UserError::invalid(checks.path("position"), "A position is counted from 0."));
    }
    place.map_or(last, |place| place.min(last))
}

/// The pictures that a list names, each of which has to be the product's and is named once.
fn named<'a>(checks: &mut Checks, all: &'a [media::Model], ids: &[MediaId]) -> Vec<&'a media::Model> {
    let mut rows: Vec<&media::Model> = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        match all.iter().find(|row| row.id == *id) {
            None => checks.push(UserError::not_found(checks.path(&index.to_string()), "picture of this product")),
            Some(row) if rows.iter().any(|known| known.id == row.id) => {
                let message = "This picture is there twice.";
                checks.push(UserError::taken(checks.path(&index.to_string()), message));
            }
            Some(row) => rows.push(row),
        }
    }
    rows
}

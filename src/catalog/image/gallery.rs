//! Writes which pictures show which variants; nothing else does.

use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::db;
use crate::entity::variant_media;
use crate::error::Result;
use crate::id::{MediaId, ProductId, ProductVariantId};

/// The pictures of a variant, in order.
pub type Gallery = (ProductVariantId, Vec<MediaId>);

/// Shows variants of a product by these pictures, in the place of those that showed them.
pub async fn write(tx: &DatabaseTransaction, product: ProductId, galleries: &[Gallery]) -> Result<()> {
    if galleries.is_empty() {
        return Ok(());
    }
    variant_media::Entity::delete_many()
        .filter(variant_media::COLUMN.variant_id.is_in(galleries.iter().map(|(variant, _)| *variant)))
        .exec(tx)
        .await?;
    let rows = galleries.iter().flat_map(|(variant, images)| {
        (0..).zip(images).map(|(position, image)| variant_media::ActiveModel {
            variant_id: Set(*variant),
            media_id: Set(*image),
            position: Set(position),
        })
    });
    variant_media::Entity::insert_many(rows).exec_without_returning(tx).await?;
    settle(tx, product).await
}

/// Makes the first of each variant's pictures its own, as is due after pictures have gone.
pub async fn settle(tx: &DatabaseTransaction, product: ProductId) -> Result<()> {
    let sql = format!(
        "UPDATE product_variant SET media_id = ({FIRST}) WHERE product_id = $1 AND media_id IS DISTINCT FROM ({FIRST})"
    );
    db::execute(tx, &sql, [product.into()]).await.map(drop)
}

const FIRST: &str = "SELECT shown.media_id FROM variant_media AS shown WHERE shown.variant_id = product_variant.id
    ORDER BY shown.position LIMIT 1";

//! What a promotion names by ids: gathered with where it was named, and looked up together.

use std::collections::HashSet;
use std::hash::Hash;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, TryGetable, Value};

use crate::checks::Checks;
use crate::entity::{attribute_choice, channel, collection, customer_group, product, product_variant, shipping_method};
use crate::error::{Result, UserError};
use crate::id::{
    AttributeChoiceId, ChannelId, CollectionId, CustomerGroupId, ProductId, ProductVariantId, ShippingMethodId,
};

/// An id and its whole path in the input.
type Named<I> = Vec<(String, I)>;

/// What an input names. Each kind is looked up by one statement, and only if something of it was named.
#[derive(Debug, Default)]
pub struct References {
    pub channels: Named<ChannelId>,
    pub products: Named<ProductId>,
    pub variants: Named<ProductVariantId>,
    pub collections: Named<CollectionId>,
    pub choices: Named<AttributeChoiceId>,
    pub groups: Named<CustomerGroupId>,
    pub methods: Named<ShippingMethodId>,
}

/// The most ids of one list.
pub const MOST: usize = 250;

/// The ids of a list, each once, noted for being looked up.
pub fn note<I: Copy + Eq + Hash>(checks: &mut Checks, field: &str, ids: &[I], noted: &mut Named<I>) -> Vec<I> {
    if ids.len() > MOST {
        checks.push(UserError::too_long(checks.path(field), "The list", MOST));
        return Vec::new();
    }
    noted.extend(ids.iter().enumerate().map(|(index, id)| (checks.path(&format!("{field}.{index}")), *id)));
    let mut seen = HashSet::new();
    ids.iter().copied().filter(|id| seen.insert(*id)).collect()
}

impl References {
    /// Tells of every id that nothing has.
    pub async fn check(&self, db: &impl ConnectionTrait, checks: &mut Checks) -> Result<()> {
        look_up::<channel::Entity, _>(db, checks, channel::Column::Id, (&self.channels, "channel")).await?;
        look_up::<product::Entity, _>(db, checks, product::Column::Id, (&self.products, "product")).await?;
        look_up::<product_variant::Entity, _>(db, checks, product_variant::Column::Id, (&self.variants, "variant"))
            .await?;
        look_up::<collection::Entity, _>(db, checks, collection::Column::Id, (&self.collections, "collection")).await?;
        look_up::<attribute_choice::Entity, _>(
            db,
            checks,
            attribute_choice::Column::Id,
            (&self.choices, "choice of an attribute"),
        )
        .await?;
        look_up::<customer_group::Entity, _>(db, checks, customer_group::Column::Id, (&self.groups, "group")).await?;
        let methods = (&self.methods, "method of shipping");
        look_up::<shipping_method::Entity, _>(db, checks, shipping_method::Column::Id, methods).await
    }
}

async fn look_up<E, I>(
    db: &impl ConnectionTrait,
    checks: &mut Checks,
    id: E::Column,
    (named, what): (&Named<I>, &str),
) -> Result<()>
where
    E: EntityTrait,
    I: Copy + Eq + Hash + Into<Value> + TryGetable + Send + Sync,
{
    if named.is_empty() {
        return Ok(());
    }
    let found = E::find().select_only().column(id).filter(id.is_in(named.iter().map(|(_, id)| *id)));
    let found: HashSet<I> = found.into_tuple().all(db).await?.into_iter().collect();
    for (path, _) in named.iter().filter(|(_, id)| !found.contains(id)) {
        checks.push(UserError::not_found(path, what));
    }
    Ok(())
}

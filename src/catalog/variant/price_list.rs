//! Sets what many variants cost in a channel, with all that follows from it.

use std::collections::{BTreeSet, HashSet};

use sea_orm::DatabaseTransaction;

use crate::auth::Actor;
use crate::catalog::product::service::count_change;
use crate::catalog::variant::price;
use crate::catalog::variant::spec::PriceSpec;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::event::{self, Aggregate, EventType};
use crate::id::{ChannelId, ProductId, ProductVariantId};

/// What a variant shall cost; `None` takes it out of the channel.
pub struct Priced {
    pub variant: ProductVariantId,
    pub product: ProductId,
    pub price: Option<PriceSpec>,
}

/// Sets the prices of variants whose products are locked, and tells which were not so before.
pub async fn write(
    tx: &DatabaseTransaction,
    actor: &Actor,
    channel: ChannelId,
    list: &[Priced],
) -> Result<HashSet<ProductVariantId>> {
    let now = Timestamp::now();
    let wanted: Vec<_> = list.iter().map(|priced| (priced.variant, priced.price.clone())).collect();
    let changed: HashSet<_> = price::set(tx, channel, now, &wanted).await?.into_iter().collect();
    if changed.is_empty() {
        return Ok(changed);
    }
    let is_changed = |priced: &&Priced| changed.contains(&priced.variant);
    // Each once, and in the order in which all lock them.
    let products: BTreeSet<_> = list.iter().filter(is_changed).map(|priced| priced.product).collect();
    count_change(tx, &products.into_iter().collect::<Vec<_>>(), now).await?;
    let event = |priced: &Priced| {
        let payload = price::payload(priced.variant, channel, priced.price.as_ref());
        (Aggregate::Product(priced.product), EventType::VariantPriceChanged, payload)
    };
    let events: Vec<_> = list.iter().filter(is_changed).map(event).collect();
    event::record_all(tx, actor, &events).await?;
    Ok(changed)
}

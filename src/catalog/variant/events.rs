//! What there is to tell of single variants when all variants of a product are written at once.

use serde_json::{Value, json};

use crate::catalog::product::aggregate::{Aggregate, VariantRow};
use crate::catalog::status;
use crate::catalog::variant::price;
use crate::catalog::variant::spec::{PriceSpec, VariantSpec};
use crate::entity::publication_status::PublicationStatus;
use crate::event::{self, EventType};
use crate::id::{ChannelId, ProductId, ProductVariantId};

/// The events that mutations of one variant each would have recorded, for a product that was there before. Each wanted
/// variant has its id; the prices are those of the channel.
pub fn of(product: ProductId, channel: ChannelId, current: &Aggregate, wanted: &[VariantSpec]) -> Vec<event::Change> {
    let mut changes = Vec::new();
    for variant in wanted {
        let Some(id) = variant.id else { continue };
        match current.variants.iter().find(|before| before.row.id == id) {
            None => changes.push((EventType::VariantCreated, json!({ "variant": id.to_string() }))),
            Some(before) => {
                changes.extend(change_of_status(before, variant.status));
                changes.extend(change_of_price(before, channel, variant.price.as_ref()));
            }
        }
    }
    let wanted: Vec<Option<ProductVariantId>> = wanted.iter().map(|variant| variant.id).collect();
    let gone = current.variants.iter().filter(|before| !wanted.contains(&Some(before.row.id)));
    changes.extend(gone.filter_map(|before| change_of_status(before, PublicationStatus::Archived)));
    let of_product = |(r#type, payload)| (event::Aggregate::Product(product), r#type, payload);
    changes.into_iter().map(of_product).collect()
}

fn change_of_status(before: &VariantRow, after: PublicationStatus) -> Option<(EventType, Value)> {
    if before.row.status == after {
        return None;
    }
    let mut payload = status::payload(before.row.status, after);
    payload["variant"] = json!(before.row.id.to_string());
    Some((EventType::VariantStatusChanged, payload))
}

/// Without a price the variant keeps the one that it has.
fn change_of_price(before: &VariantRow, channel: ChannelId, after: Option<&PriceSpec>) -> Option<(EventType, Value)> {
    let after = after?;
    if before.price.clone().map(PriceSpec::from).as_ref() == Some(after) {
        return None;
    }
    Some((EventType::VariantPriceChanged, price::payload(before.row.id, channel, Some(after))))
}

//! How a price list shall stand, checked and free of any wire format.

use std::collections::BTreeSet;

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use serde_json::Value;

use crate::channel;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::entity::{channel as channel_row, customer_group, price_list};
use crate::error::{Result, UserError};
use crate::id::{ChannelId, CustomerGroupId};
use crate::patch::Patch;
use crate::price_list::input::{PriceListCreateInput, PriceListUpdateInput};
use crate::text::fold;

/// The most groups of a list.
const MAX_GROUPS: usize = 100;

/// A whole price list but for its prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PriceListSpec {
    pub name: String,
    pub currency: String,
    pub channels: BTreeSet<ChannelId>,
    pub groups: BTreeSet<CustomerGroupId>,
    pub is_active: bool,
    pub starts_at: Option<Timestamp>,
    pub ends_at: Option<Timestamp>,
    pub external_id: Option<String>,
    pub metadata: Value,
    pub private_metadata: Value,
}

impl PriceListSpec {
    /// Checks the input of a creation as a whole.
    pub async fn from_input(tx: &DatabaseTransaction, input: PriceListCreateInput) -> Result<Self> {
        let mut checks = Checks::new("input");
        let channels = channel::find_all(tx, &mut checks, input.channels).await?;
        let spec = Self {
            name: checks.name("name", &input.name, "A name"),
            currency: input.currency.0,
            channels: channels.into_iter().collect(),
            groups: groups(tx, &mut checks, input.groups).await?,
            is_active: input.is_active,
            starts_at: input.starts_at.map(|at| at.0),
            ends_at: input.ends_at.map(|at| at.0),
            external_id: checks.external_id(input.external_id),
            metadata: checks.metadata("metadata", input.metadata),
            private_metadata: checks.metadata("privateMetadata", input.private_metadata),
        };
        spec.check(tx, checks).await?;
        Ok(spec)
    }

    /// How it stands after an update.
    pub async fn apply(self, tx: &DatabaseTransaction, input: PriceListUpdateInput) -> Result<Self> {
        let mut checks = Checks::new("input");
        let spec = Self {
            name: checks.needed("name", input.name).map_or(self.name, |name| checks.name("name", &name, "A name")),
            currency: checks.needed("currency", input.currency).map_or(self.currency, |code| code.0),
            channels: match checks.needed("channels", input.channels) {
                Some(slugs) => channel::find_all(tx, &mut checks, Some(slugs)).await?.into_iter().collect(),
                None => self.channels,
            },
            groups: match input.groups.into_change() {
                Some(ids) => groups(tx, &mut checks, ids).await?,
                None => self.groups,
            },
            is_active: checks.needed("isActive", input.is_active).unwrap_or(self.is_active),
            starts_at: input.starts_at.map(|at| at.0).apply(self.starts_at),
            ends_at: input.ends_at.map(|at| at.0).apply(self.ends_at),
            external_id: match input.external_id {
                Patch::Keep => self.external_id,
                Patch::Clear => None,
                Patch::Set(id) => checks.external_id(Some(id)),
            },
            metadata: checks.metadata_after("metadata", input.metadata, self.metadata),
            private_metadata: checks.metadata_after("privateMetadata", input.private_metadata, self.private_metadata),
        };
        spec.check(tx, checks).await?;
        Ok(spec)
    }

    /// Checks what one part of it says of another.
    async fn check(&self, tx: &DatabaseTransaction, mut checks: Checks) -> Result<()> {
        if self.starts_at.zip(self.ends_at).is_some_and(|(starts, ends)| ends <= starts) {
            checks.push(UserError::invalid(checks.path("endsAt"), "The end comes after the beginning."));
        }
        let others = channel_row::Entity::find()
            .filter(channel_row::COLUMN.id.is_in(self.channels.iter().copied()))
            .filter(channel_row::COLUMN.currency.ne(self.currency.as_str()))
            .order_by_asc(channel_row::Column::Slug)
            .all(tx)
            .await?;
        for other in others {
            let message =
                format!("The channel \"{}\" sells in {}, not in {}.", other.slug, other.currency, self.currency);
            checks.push(UserError::invalid(checks.path("channels"), message));
        }
        checks.finish()
    }

    /// How a price list stands.
    pub fn of(row: &price_list::Model, channels: BTreeSet<ChannelId>, groups: BTreeSet<CustomerGroupId>) -> Self {
        Self {
            name: row.name.clone(),
            currency: row.currency.clone(),
            channels,
            groups,
            is_active: row.is_active,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            external_id: row.external_id.clone(),
            metadata: row.metadata.clone(),
            private_metadata: row.private_metadata.clone(),
        }
    }

    /// Its row, of which the rest is given.
    pub fn write(&self, row: price_list::Model) -> price_list::Model {
        price_list::Model {
            name_key: fold(&self.name),
            name: self.name.clone(),
            currency: self.currency.clone(),
            is_active: self.is_active,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            external_id: self.external_id.clone(),
            metadata: self.metadata.clone(),
            private_metadata: self.private_metadata.clone(),
            ..row
        }
    }
}

/// The groups that an input names, which nobody deletes until the transaction ends.
async fn groups(
    tx: &DatabaseTransaction,
    checks: &mut Checks,
    ids: Vec<CustomerGroupId>,
) -> Result<BTreeSet<CustomerGroupId>> {
    if ids.len() > MAX_GROUPS {
        checks.push(UserError::too_long(checks.path("groups"), "The list of groups", MAX_GROUPS));
        return Ok(BTreeSet::new());
    }
    let known: Vec<CustomerGroupId> = customer_group::Entity::find()
        .select_only()
        .column(customer_group::Column::Id)
        .filter(customer_group::COLUMN.id.is_in(ids.iter().copied()))
        .order_by_asc(customer_group::Column::Id)
        .lock(LockType::KeyShare)
        .into_tuple()
        .all(tx)
        .await?;
    for (index, id) in ids.iter().enumerate() {
        if !known.contains(id) {
            checks.push(UserError::not_found(checks.path(&format!("groups.{index}")), "group"));
        }
    }
    Ok(known.into_iter().collect())
}

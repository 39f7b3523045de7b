//! The addresses that customers keep.
//!
//! Of those of a customer exactly one is where goods go unless another is chosen, and one where invoices go.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use crate::address::Address;
use crate::auth::{Actor, Permission};
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::customer::input::{CustomerAddressCreateInput, CustomerAddressUpdateInput};
use crate::customer::service;
use crate::db::{Db, all_set};
use crate::entity::{address, customer};
use crate::error::{Error, Result, UserError, UserErrorCode};
use crate::event::{self, Aggregate, EventType};
use crate::id::{AddressId, CustomerId};

/// The most addresses of a customer.
const MOST: usize = 50;

#[derive(Clone)]
pub struct AddressBook {
    db: Db,
}

/// The addresses of a customer while they change; the customer is locked.
struct Open {
    tx: DatabaseTransaction,
    customer: customer::Model,
    rows: Vec<address::Model>,
}

impl AddressBook {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    /// Keeps an address of a customer whom staff name, or of the actor.
    pub async fn create(
        &self,
        actor: &Actor,
        named: Option<CustomerId>,
        input: CustomerAddressCreateInput,
    ) -> Result<AddressId> {
        let customer = service::target(actor, named, "customer")?;
        let mut open = self.open(customer, "customer").await?;
        let content = check(input.address)?;
        if open.rows.len() >= MOST {
            let message = format!("A customer keeps at most {MOST} addresses; delete one first.");
            let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
            return Err(UserError::new(UserErrorCode::TooLong, message).at("input").with_limit(limit).into());
        }
        let is_first = open.rows.is_empty();
        let row = address::Model {
            id: AddressId::generate(),
            customer_id: customer,
            content,
            is_default_shipping: false,
            is_default_billing: false,
            created_at: Timestamp::now(),
        };
        let id = row.id;
        address::Entity::insert(all_set::<address::Entity, _>(row.clone())).exec_without_returning(&open.tx).await?;
        open.rows.push(row);
        let (shipping, billing) = (input.is_default_shipping || is_first, input.is_default_billing || is_first);
        open.choose(id, (shipping, billing)).await?;
        open.finish(actor, id).await?;
        Ok(id)
    }

    /// Changes an address, and gives the customer whose it is.
    pub async fn update(&self, actor: &Actor, id: AddressId, input: CustomerAddressUpdateInput) -> Result<CustomerId> {
        let mut open = self.open_of(actor, id).await?;
        for (given, field) in
            [(input.is_default_shipping, "isDefaultShipping"), (input.is_default_billing, "isDefaultBilling")]
        {
            let is_it = open.rows.iter().find(|row| row.id == id).is_some_and(|row| match field {
                "isDefaultShipping" => row.is_default_shipping,
                _ => row.is_default_billing,
            });
            if given == Some(false) && is_it {
                let message = "One address has to be the default one; make another one that.";
                return Err(UserError::invalid(format!("input.{field}"), message).into());
            }
        }
        if let Some(given) = input.address {
            let content = check(given)?;
            let row = address::ActiveModel {
                id: sea_orm::ActiveValue::Set(id),
                content: sea_orm::ActiveValue::Set(content),
                ..Default::default()
            };
            address::Entity::update(row).exec_without_returning(&open.tx).await?;
        }
        let wanted = (input.is_default_shipping == Some(true), input.is_default_billing == Some(true));
        open.choose(id, wanted).await?;
        let customer = open.customer.id;
        open.finish(actor, id).await?;
        Ok(customer)
    }

    /// Deletes an address; where it was a default one, the oldest of the others takes its place.
    pub async fn delete(&self, actor: &Actor, id: AddressId) -> Result<CustomerId> {
        let mut open = self.open_of(actor, id).await?;
        address::Entity::delete_by_id(id).exec(&open.tx).await?;
        let gone = open.rows.iter().position(|row| row.id == id).map(|index| open.rows.remove(index));
        if let (Some(gone), Some(heir)) = (gone, open.rows.first().map(|row| row.id)) {
            open.choose(heir, (gone.is_default_shipping, gone.is_default_billing)).await?;
        }
        let customer = open.customer.id;
        open.finish(actor, id).await?;
        Ok(customer)
    }

    async fn open(&self, customer: CustomerId, path: &str) -> Result<Open> {
        let tx = self.db.begin().await?;
        let customer = service::lock(&tx, customer, path).await?;
        let rows = address::Entity::find()
            .filter(address::COLUMN.customer_id.eq(customer.id))
            .order_by_asc(address::Column::Id)
            .all(&tx)
            .await?;
        Ok(Open { tx, customer, rows })
    }

    /// The same by one of the addresses, if it is the actor's or the actor may change those of others.
    async fn open_of(&self, actor: &Actor, id: AddressId) -> Result<Open> {
        let unknown = || Error::from(UserError::not_found("id", "address"));
        let row = address::Entity::find_by_id(id).one(self.db.reader()).await?.ok_or_else(unknown)?;
        let is_own = actor.customer().is_some_and(|customer| customer.id == row.customer_id);
        if !is_own && !actor.can(Permission::CustomerWrite) {
            return Err(unknown());
        }
        let open = self.open(row.customer_id, "id").await?;
        // Read again under the customer's lock: it may be gone by now.
        if open.rows.iter().any(|row| row.id == id) { Ok(open) } else { Err(unknown()) }
    }
}

impl Open {
    /// Makes an address the default one of either kind.
    async fn choose(&mut self, id: AddressId, (shipping, billing): (bool, bool)) -> Result<()> {
        for row in &mut self.rows {
            let is_it = row.id == id;
            let after = (
                if shipping { is_it } else { row.is_default_shipping },
                if billing { is_it } else { row.is_default_billing },
            );
            if after != (row.is_default_shipping, row.is_default_billing) {
                (row.is_default_shipping, row.is_default_billing) = after;
                let change = address::ActiveModel {
                    id: sea_orm::ActiveValue::Set(row.id),
                    is_default_shipping: sea_orm::ActiveValue::Set(after.0),
                    is_default_billing: sea_orm::ActiveValue::Set(after.1),
                    ..Default::default()
                };
                address::Entity::update(change).exec_without_returning(&self.tx).await?;
            }
        }
        Ok(())
    }

    async fn finish(self, actor: &Actor, id: AddressId) -> Result<()> {
        let Self { tx, mut customer, .. } = self;
        customer.version += 1;
        customer.updated_at = Timestamp::now();
        let aggregate = Aggregate::Customer(customer.id);
        customer::Entity::update(all_set::<customer::Entity, _>(customer)).exec_without_returning(&tx).await?;
        let payload = json!({ "address": id.to_string() });
        event::record(&tx, actor, EventType::CustomerAddressesChanged, aggregate, payload).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn check(input: crate::address::input::AddressInput) -> Result<serde_json::Value> {
    let mut checks = Checks::new("input.address");
    let address = Address::check(&mut checks, input);
    checks.finish()?;
    serde_json::to_value(address).map_err(Error::internal)
}

/// What a row holds.
pub fn content(row: &address::Model) -> Result<Address> {
    serde_json::from_value(row.content.clone()).map_err(Error::internal)
}

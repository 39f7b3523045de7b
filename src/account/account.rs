//! What customers and staff have in common: an address, a password, and whether they may come in.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
};

use crate::auth::AccountId;
use crate::clock::Timestamp;
use crate::entity::{customer, staff_user};
use crate::error::{OnUnique, Result, UserError};
use crate::event::Aggregate;
use crate::id::ChannelId;
use crate::text::Email;

/// The two kinds of account; one person may have one of each with the same address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Customer,
    Staff,
}

/// Somebody who can sign in.
#[derive(Clone, Debug)]
pub struct Account {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    /// `None` where nobody has chosen a password.
    pub password_hash: Option<String>,
    /// Whether the shop lets the account in.
    pub is_active: bool,
    /// Whether it was proved that the address is the person's.
    pub is_verified: bool,
    pub language: Option<String>,
    /// Where a customer registered.
    pub channel: Option<ChannelId>,
}

impl Account {
    /// The account of an address.
    pub async fn by_email(db: &impl ConnectionTrait, kind: Kind, email: &Email) -> Result<Option<Self>> {
        Ok(match kind {
            Kind::Customer => {
                let found = customer::Entity::find().filter(customer::Column::EmailKey.eq(&email.key));
                found.one(db).await?.and_then(Self::of_customer)
            }
            Kind::Staff => {
                let found = staff_user::Entity::find().filter(staff_user::COLUMN.email_key.eq(&email.key));
                found.one(db).await?.map(Self::of_staff)
            }
        })
    }

    /// The account of an id, unless its person is erased.
    pub async fn find(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Self>> {
        Ok(match id {
            AccountId::Customer(id) => customer::Entity::find_by_id(id).one(db).await?.and_then(Self::of_customer),
            AccountId::Staff(id) => staff_user::Entity::find_by_id(id).one(db).await?.map(Self::of_staff),
        })
    }

    /// The same, kept from others until the transaction ends.
    pub async fn lock(tx: &DatabaseTransaction, id: AccountId) -> Result<Option<Self>> {
        Ok(match id {
            AccountId::Customer(id) => {
                let found = customer::Entity::find_by_id(id).lock_exclusive();
                found.one(tx).await?.and_then(Self::of_customer)
            }
            AccountId::Staff(id) => {
                staff_user::Entity::find_by_id(id).lock_exclusive().one(tx).await?.map(Self::of_staff)
            }
        })
    }

    pub const fn aggregate(&self) -> Aggregate {
        match self.id {
            AccountId::Customer(id) => Aggregate::Customer(id),
            AccountId::Staff(id) => Aggregate::StaffUser(id),
        }
    }

    fn of_customer(row: customer::Model) -> Option<Self> {
        Some(Self {
            id: AccountId::Customer(row.id),
            email: row.email?,
            name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
            password_hash: row.password_hash,
            is_active: row.is_active,
            is_verified: row.verified_at.is_some(),
            language: row.language,
            channel: row.channel_id,
        })
    }

    fn of_staff(row: staff_user::Model) -> Self {
        Self {
            id: AccountId::Staff(row.id),
            email: row.email,
            name: row.name,
            is_verified: !row.password_hash.is_empty(),
            password_hash: Some(row.password_hash).filter(|hash| !hash.is_empty()),
            is_active: row.is_active,
            language: row.language,
            channel: None,
        }
    }
}

/// Gives a locked account another password.
pub async fn set_password(tx: &DatabaseTransaction, id: AccountId, hash: String) -> Result<()> {
    set_hash(tx, id, hash).await?;
    bump(tx, id).await
}

/// Gives a locked account another hash of the same password.
pub async fn set_hash(tx: &DatabaseTransaction, id: AccountId, hash: String) -> Result<()> {
    let now = Set(Timestamp::now());
    match id {
        AccountId::Customer(id) => {
            let password_hash = Set(Some(hash));
            let row = customer::ActiveModel { id: Set(id), password_hash, updated_at: now, ..Default::default() };
            customer::Entity::update(row).exec_without_returning(tx).await?;
        }
        AccountId::Staff(id) => {
            let row = staff_user::ActiveModel {
                id: Set(id),
                password_hash: Set(hash),
                updated_at: now,
                ..Default::default()
            };
            staff_user::Entity::update(row).exec_without_returning(tx).await?;
        }
    }
    Ok(())
}

/// Gives a locked account another address, which is then the person's for certain.
pub async fn set_email(tx: &DatabaseTransaction, id: AccountId, email: &Email, path: &str) -> Result<()> {
    let (address, key, now) = (email.address.clone(), email.key.clone(), Timestamp::now());
    let taken = || UserError::taken(path, "Another account has this e-mail address by now.");
    match id {
        AccountId::Customer(id) => {
            let row = customer::ActiveModel {
                id: Set(id),
                email: Set(Some(address)),
                email_key: Set(Some(key)),
                verified_at: Set(Some(now)),
                updated_at: Set(now),
                ..Default::default()
            };
            customer::Entity::update(row).exec_without_returning(tx).await.on_unique("customer_email_key", taken)?;
        }
        AccountId::Staff(id) => {
            let row = staff_user::ActiveModel {
                id: Set(id),
                email: Set(address),
                email_key: Set(key),
                updated_at: Set(now),
                ..Default::default()
            };
            staff_user::Entity::update(row)
                .exec_without_returning(tx)
                .await
                .on_unique("staff_user_email_key", taken)?;
        }
    }
    bump(tx, id).await
}

/// Marks the address of a locked customer as the person's own.
pub async fn set_verified(tx: &DatabaseTransaction, id: AccountId) -> Result<()> {
    let AccountId::Customer(customer) = id else { return Ok(()) };
    let now = Timestamp::now();
    let row = customer::ActiveModel {
        id: Set(customer),
        verified_at: Set(Some(now)),
        updated_at: Set(now),
        ..Default::default()
    };
    customer::Entity::update(row).exec_without_returning(tx).await?;
    bump(tx, id).await
}

async fn bump(tx: &DatabaseTransaction, id: AccountId) -> Result<()> {
    use sea_orm::sea_query::ExprTrait as _;
    match id {
        AccountId::Customer(id) => {
            let column = customer::Column::Version;
            let change = customer::Entity::update_many().col_expr(column, Expr::col(column).add(1));
            change.filter(customer::COLUMN.id.eq(id)).exec(tx).await?;
        }
        AccountId::Staff(id) => {
            let column = staff_user::Column::Version;
            let change = staff_user::Entity::update_many().col_expr(column, Expr::col(column).add(1));
            change.filter(staff_user::COLUMN.id.eq(id)).exec(tx).await?;
        }
    }
    Ok(())
}

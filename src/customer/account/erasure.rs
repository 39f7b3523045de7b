//! What the law gives people over their data: to get them, and to have them erased.
//!
//! An erased customer stays as a row that says nothing of the person, so that what the shop sold stays told; addresses,
//! sessions, links, carts, groups and what the audit log says of changes go, and gift cards are nobody's any more.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::account::link::{Links, NewLink};
use crate::account::password::{PasswordService, own, still};
use crate::account::session;
use crate::auth::{AccountId, Actor, Origin};
use crate::clock::Timestamp;
use crate::customer::group::members;
use crate::customer::{address_book, row, service};
use crate::db::{Db, all_set};
use crate::entity::token_purpose::TokenPurpose;
use crate::entity::{
    account_token, address, audit_entry, cart, customer, customer_group_member, gift_card, promotion_use,
    session as session_row,
};
use crate::error::{Error, Result};
use crate::event::{self, Aggregate, EventType};
use crate::id::CustomerId;

#[derive(Clone)]
pub struct ErasureService {
    db: Db,
    passwords: PasswordService,
    links: Links,
}

impl ErasureService {
    pub const fn new(db: Db, passwords: PasswordService, links: Links) -> Self {
        Self { db, passwords, links }
    }

    /// All that the shop keeps of the actor, as a document.
    pub async fn export(&self, actor: &Actor, password: SecretString, origin: &Origin) -> Result<String> {
        let id = actor.customer().ok_or_else(service::not_a_customer)?.id;
        let (account, _) = own(&self.db, actor).await?;
        self.passwords.prove(&account, password, "input.password", origin).await?;
        let tx = self.db.begin().await?;
        let row = service::lock(&tx, id, "input").await?;
        let document = document(&tx, &row).await?;
        let r#type = EventType::CustomerDataExported;
        event::record(&tx, actor, r#type, Aggregate::Customer(id), event::nothing()).await?;
        tx.commit().await?;
        serde_json::to_string_pretty(&document).map_err(Error::internal)
    }

    /// Has a link sent to the actor by which the account is erased.
    pub async fn request(&self, actor: &Actor, password: SecretString, origin: &Origin) -> Result<()> {
        actor.customer().ok_or_else(service::not_a_customer)?;
        let (account, _) = own(&self.db, actor).await?;
        self.passwords.prove(&account, password, "input.password", origin).await?;
        let tx = self.db.begin().await?;
        let account = still(&tx, account, "input.password").await?;
        self.links.send(&tx, actor, &account, NewLink::to(TokenPurpose::Erasure)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Erases the customer who followed the link.
    pub async fn confirm(&self, token: &str) -> Result<()> {
        let tx = self.db.begin().await?;
        let followed = self.links.follow(&tx, TokenPurpose::Erasure, token).await?;
        let AccountId::Customer(id) = followed.account.id else {
            return Err(Error::internal("a staff user was to be erased"));
        };
        let row = service::lock(&tx, id, "input.token").await?;
        erase(&tx, &Actor::Anonymous, row).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Erases a customer by staff.
    pub async fn erase(&self, actor: &Actor, id: CustomerId) -> Result<()> {
        let tx = self.db.begin().await?;
        let row = service::lock(&tx, id, "id").await?;
        erase(&tx, actor, row).await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn erase(tx: &DatabaseTransaction, actor: &Actor, row: customer::Model) -> Result<()> {
    let id = row.id;
    session::revoke_all_but(tx, actor, AccountId::Customer(id), None).await?;
    session_row::Entity::delete_many().filter(session_row::COLUMN.customer_id.eq(id)).exec(tx).await?;
    account_token::Entity::delete_many().filter(account_token::COLUMN.customer_id.eq(id)).exec(tx).await?;
    address::Entity::delete_many().filter(address::COLUMN.customer_id.eq(id)).exec(tx).await?;
    let by_email = row.email_key.as_ref().map(|key| cart::Column::EmailKey.eq(key.as_str()));
    let of_them = Condition::any().add(cart::COLUMN.customer_id.eq(id)).add_option(by_email);
    cart::Entity::delete_many().filter(of_them).exec(tx).await?;
    let member = customer_group_member::COLUMN.customer_id.eq(id);
    customer_group_member::Entity::delete_many().filter(member).exec(tx).await?;
    gift_card::Entity::update_many()
        .col_expr(gift_card::Column::CustomerId, Expr::value(None::<CustomerId>))
        .filter(gift_card::COLUMN.customer_id.eq(id))
        .exec(tx)
        .await?;
    forget_address_of_uses(tx, &row).await?;
    customer::Entity::update(all_set::<customer::Entity, _>(row::erased(row))).exec_without_returning(tx).await?;
    audit_entry::Entity::update_many()
        .col_expr(audit_entry::Column::Changes, Expr::value(json!({})))
        .filter(audit_entry::COLUMN.object_type.eq(CustomerId::PREFIX))
        .filter(audit_entry::COLUMN.object_id.eq(id.uuid()))
        .exec(tx)
        .await?;
    event::record(tx, actor, EventType::CustomerErased, Aggregate::Customer(id), event::nothing()).await.map(drop)
}

/// Uses of promotions go on to count, but for whom the address no longer tells.
async fn forget_address_of_uses(tx: &DatabaseTransaction, row: &customer::Model) -> Result<()> {
    let by_address = row.email_key.as_ref().map(|key| promotion_use::Column::EmailKey.eq(key));
    let of_customer = Condition::any().add(promotion_use::COLUMN.customer_id.eq(row.id)).add_option(by_address);
    promotion_use::Entity::update_many()
        .col_expr(promotion_use::Column::EmailKey, Expr::value(None::<String>))
        .filter(of_customer)
        .exec(tx)
        .await?;
    Ok(())
}

async fn document(tx: &DatabaseTransaction, row: &customer::Model) -> Result<Value> {
    let addresses = address::Entity::find()
        .filter(address::COLUMN.customer_id.eq(row.id))
        .order_by_asc(address::Column::Id)
        .all(tx)
        .await?;
    let addresses = addresses.iter().map(|row| {
        Ok(json!({
            "address": address_book::content(row)?,
            "isDefaultShipping": row.is_default_shipping,
            "isDefaultBilling": row.is_default_billing,
        }))
    });
    let sessions = session_row::Entity::of(AccountId::Customer(row.id))
        .order_by_asc(session_row::Column::CreatedAt)
        .all(tx)
        .await?;
    let sessions = sessions.iter().map(|row| {
        json!({
            "createdAt": instant(row.created_at),
            "lastUsedAt": instant(row.last_used_at),
            "address": row.address,
            "userAgent": row.user_agent,
        })
    });
    Ok(json!({
        "id": row.id.to_string(),
        "email": row.email,
        "firstName": row.first_name,
        "lastName": row.last_name,
        "phone": row.phone,
        "language": row.language,
        "verifiedAt": row.verified_at.map(instant),
        "acceptsMarketing": row.accepts_marketing,
        "marketingChangedAt": row.marketing_changed_at.map(instant),
        "isTaxExempt": row.is_tax_exempt,
        "note": row.note,
        "channel": row.channel_id.map(|channel| channel.to_string()),
        "externalId": row.external_id,
        "metadata": row.metadata,
        "privateMetadata": row.private_metadata,
        "createdAt": instant(row.created_at),
        "updatedAt": instant(row.updated_at),
        "groups": members::names_of(tx, row.id).await?,
        "addresses": addresses.collect::<Result<Vec<_>>>()?,
        "sessions": sessions.collect::<Vec<_>>(),
    }))
}

fn instant(at: Timestamp) -> String {
    at.to_utc().to_rfc3339()
}

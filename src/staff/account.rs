//! Makes staff accounts and their roles.

use std::collections::BTreeSet;

use sea_orm::QueryFilter;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait};
use secrecy::SecretString;
use serde_json::json;

use crate::auth::password::{Passwords, check_length};
use crate::auth::{Actor, Permission};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::{role, role_permission, staff_user, staff_user_role};
use crate::error::{Error, OnUnique, Problems, Result, UserError};
use crate::event::{self, Aggregate, EventType};
use crate::id::{RoleId, StaffUserId};
use crate::text::{Email, fold};

/// The name of the role that holds every permission.
pub const OWNER: &str = "Owner";

/// A staff account to be made.
pub struct StaffUserCreate {
    pub email: String,
    pub name: String,
    pub password: SecretString,
    pub role: RoleChoice,
}

/// The rights of a new account.
pub enum RoleChoice {
    /// The role that holds every permission, made on first use.
    Owner,
    /// A role of this name, made with these permissions if it does not exist.
    Named { name: String, permissions: BTreeSet<Permission> },
}

#[derive(Clone)]
pub struct StaffService {
    pub(super) db: Db,
    passwords: Passwords,
}

impl StaffService {
    pub const fn new(db: Db, passwords: Passwords) -> Self {
        Self { db, passwords }
    }

    /// Makes an account. It is for commands; over the API accounts are invited.
    pub async fn create(&self, actor: &Actor, input: StaffUserCreate) -> Result<StaffUserId> {
        let email = check(&input)?;
        let password_hash = self.passwords.hash(input.password).await?;
        let tx = self.db.begin().await?;
        let role = find_or_create_role(&tx, input.role).await?;
        let account = NewAccount { email, name: input.name, password_hash, language: None };
        let id = insert_account(&tx, account, "email").await?;
        let row = staff_user_role::ActiveModel { staff_user_id: Set(id), role_id: Set(role) };
        staff_user_role::Entity::insert(row).exec_without_returning(&tx).await?;
        let payload = json!({ "role": role.to_string() });
        event::record(&tx, actor, EventType::StaffUserCreated, Aggregate::StaffUser(id), payload).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The account of an id.
    pub async fn find(&self, id: StaffUserId) -> Result<Option<staff_user::Model>> {
        Ok(staff_user::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    /// Whether anybody can sign in at all.
    pub async fn exists(&self) -> Result<bool> {
        Ok(staff_user::Entity::find().count(self.db.reader()).await? > 0)
    }
}

fn check(input: &StaffUserCreate) -> Result<Email> {
    let mut problems = Problems::default();
    let email = problems.take(
        Email::parse(&input.email)
            .ok_or_else(|| UserError::invalid("email", format!("\"{}\" is not an e-mail address.", input.email))),
    );
    problems.take(check_length(&input.password, "password"));
    problems.into_result()?;
    email.ok_or_else(|| Error::internal("an e-mail address was neither parsed nor refused"))
}

/// An account without roles.
pub(super) struct NewAccount {
    pub email: Email,
    pub name: String,
    /// Empty where nobody has chosen a password.
    pub password_hash: String,
    pub language: Option<String>,
}

/// Writes an account, whose address lies at a place of the input.
pub(super) async fn insert_account(
    tx: &DatabaseTransaction,
    NewAccount { email, name, password_hash, language }: NewAccount,
    place: &str,
) -> Result<StaffUserId> {
    let (id, now) = (StaffUserId::generate(), Timestamp::now());
    let taken = format!("There is an account with the e-mail address {} already.", email.address);
    let row = staff_user::ActiveModel {
        id: Set(id),
        email: Set(email.address),
        email_key: Set(email.key),
        name_key: Set(fold(&name)),
        name: Set(name),
        password_hash: Set(password_hash),
        is_active: Set(true),
        language: Set(language),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
    };
    staff_user::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .on_unique("staff_user_email_key", || UserError::taken(place, taken))?;
    Ok(id)
}

async fn find_or_create_role(tx: &DatabaseTransaction, choice: RoleChoice) -> Result<RoleId> {
    let (name, is_owner, permissions) = match choice {
        RoleChoice::Owner => (OWNER.to_owned(), true, BTreeSet::new()),
        RoleChoice::Named { name, permissions } => (name, false, permissions),
    };
    let existing = if is_owner { find_owner_role(tx).await? } else { find_role(tx, &name).await? };
    match existing {
        Some(role) if permissions.is_empty() => return Ok(role.id),
        Some(_) => {
            let message = format!("The role {name} exists with permissions of its own; give it without permissions.");
            return Err(UserError::taken("role", message).into());
        }
        None if !is_owner && fold(&name) == fold(OWNER) => {
            let message = format!("The role {OWNER} holds every permission; give it without permissions.");
            return Err(UserError::invalid("role", message).into());
        }
        None if !is_owner && permissions.is_empty() => {
            let message = format!("There is no role {name}; name the permissions that it shall have.");
            return Err(UserError::invalid("role", message).into());
        }
        None => {}
    }
    let id = insert_role(tx, name, is_owner).await?;
    let rows = permissions
        .into_iter()
        .map(|permission| role_permission::ActiveModel { role_id: Set(id), permission: Set(permission) });
    role_permission::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(id)
}

async fn find_owner_role(db: &impl ConnectionTrait) -> Result<Option<role::Model>> {
    Ok(role::Entity::find().filter(role::Column::IsOwner.eq(true)).one(db).await?)
}

async fn find_role(db: &impl ConnectionTrait, name: &str) -> Result<Option<role::Model>> {
    Ok(role::Entity::find().filter(role::Column::NameKey.eq(fold(name))).one(db).await?)
}

async fn insert_role(tx: &DatabaseTransaction, name: String, is_owner: bool) -> Result<RoleId> {
    let (id, now) = (RoleId::generate(), Timestamp::now());
    let row = role::ActiveModel {
        id: Set(id),
        name_key: Set(fold(&name)),
        name: Set(name),
        is_owner: Set(is_owner),
        is_limited: Set(false),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
    };
    role::Entity::insert(row).exec_without_returning(tx).await.on_unique("role_name_key", || {
        UserError::taken("role", "A role of this name was made this very moment; try again.")
    })?;
    Ok(id)
}

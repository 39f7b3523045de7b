//! Those who run the shop: their roles, how they come and go, and what nobody does to others.

mod delegation;
mod invitation;
mod limited;
mod limited_writing;
mod list;
mod owner;
mod role;
mod role_refused;
mod update;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use tradepost::entity::account_token;
use tradepost::id::StaffUserId;

use crate::support::{Client, Reply, TestApp};

pub const PASSWORD: &str = "correct horse battery";

/// Runs `roleCreate`.
pub async fn create_role(staff: &Client, input: Value) -> Reply {
    const CREATE: &str = "mutation($input: RoleCreateInput!) { roleCreate(input: $input) {
        role { id name isOwner permissions isLimited channels { slug } staffUserCount version }
        userErrors { code message field limit } } }";
    staff.run(CREATE, json!({ "input": input })).await
}

/// Creates a role and gives its id.
pub async fn role(staff: &Client, name: &str, permissions: &[&str]) -> String {
    let reply = create_role(staff, json!({ "name": name, "permissions": permissions })).await;
    reply.text("/roleCreate/role/id")
}

/// Creates a role that is limited to a channel, and somebody who has it and has signed in.
pub async fn limited_to(app: &TestApp, owner: &Client, channel: &str, permissions: &[&str]) -> Client {
    let name = format!("Clerk of {channel} {}", StaffUserId::generate());
    let input = json!({ "name": name, "permissions": permissions, "channels": [channel] });
    create_role(owner, input).await.text("/roleCreate/role/id");
    app.staff_of(&name).await
}

pub async fn update_role(staff: &Client, id: &str, input: Value) -> Reply {
    const UPDATE: &str = "mutation($id: ID!, $input: RoleUpdateInput!) { roleUpdate(id: $id, input: $input) {
        role { id name permissions isLimited channels { slug } version } userErrors { code message field } } }";
    staff.run(UPDATE, json!({ "id": id, "input": input })).await
}

pub async fn delete_role(staff: &Client, id: &str) -> Reply {
    const DELETE: &str = "mutation($id: ID!) { roleDelete(id: $id) {
        role { id } userErrors { code message field } } }";
    staff.run(DELETE, json!({ "id": id })).await
}

/// Runs `staffUserInvite` for somebody of a name.
pub async fn invite(staff: &Client, name: &str, roles: &[&str]) -> Reply {
    let email = format!("{}@example.com", name.to_lowercase());
    invite_as(staff, json!({ "email": email, "name": name, "roles": roles })).await
}

pub async fn invite_as(staff: &Client, input: Value) -> Reply {
    const INVITE: &str = "mutation($input: StaffUserInviteInput!) { staffUserInvite(input: $input) {
        staffUser { id email name status language roles { name } version } userErrors { code message field } } }";
    staff.run(INVITE, json!({ "input": input })).await
}

/// Invites somebody and gives the id.
pub async fn invited(staff: &Client, name: &str, roles: &[&str]) -> String {
    invite(staff, name, roles).await.text("/staffUserInvite/staffUser/id")
}

pub async fn resend(staff: &Client, id: &str) -> Reply {
    const RESEND: &str = "mutation($id: ID!) { staffUserInvitationResend(id: $id) {
        staffUser { id status } userErrors { code message field } } }";
    staff.run(RESEND, json!({ "id": id })).await
}

pub async fn update(staff: &Client, id: &str, input: Value) -> Reply {
    const UPDATE: &str = "mutation($id: ID!, $input: StaffUserUpdateInput!) { staffUserUpdate(id: $id, input: $input) {
        staffUser { id name status language roles { name } version } userErrors { code message field } } }";
    staff.run(UPDATE, json!({ "id": id, "input": input })).await
}

/// What the link in the mail that was sent last carries.
pub async fn token_for(app: &TestApp, id: &str) -> String {
    let id: StaffUserId = id.parse().unwrap();
    let open = account_token::Entity::find()
        .filter(account_token::Column::StaffUserId.eq(id))
        .filter(account_token::Column::UsedAt.is_null())
        .one(app.app.db().reader())
        .await
        .unwrap();
    app.app.links.tokens().write(open.unwrap().id).unwrap()
}

pub async fn accept(app: &TestApp, token: &str, password: &str) -> Reply {
    accept_as(app, json!({ "token": token, "password": password })).await
}

pub async fn accept_as(app: &TestApp, input: Value) -> Reply {
    const ACCEPT: &str = "mutation($input: StaffInvitationAcceptInput!) { staffInvitationAccept(input: $input) {
        session { accessToken } userErrors { code message field } } }";
    app.anonymous().run(ACCEPT, json!({ "input": input })).await
}

/// Somebody who was invited, has accepted, and has signed in thereby.
pub async fn joined(app: &TestApp, staff: &Client, name: &str, roles: &[&str]) -> (String, Client) {
    let id = invited(staff, name, roles).await;
    let reply = accept(app, &token_for(app, &id).await, PASSWORD).await;
    let access = reply.text("/staffInvitationAccept/session/accessToken");
    (id, Client::new(app.router.clone(), Some(access)))
}

/// The id of who has signed in.
pub async fn own_id(client: &Client) -> String {
    client.query("{ viewer { staffUser { id } } }").await.text("/viewer/staffUser/id")
}

/// The id of the owners' role.
pub async fn owner_role(owner: &Client) -> String {
    owner.query("{ roles { id isOwner } }").await.text("/roles/0/id")
}

/// What somebody may do everywhere.
pub async fn permissions(client: &Client) -> Value {
    client.query("{ viewer { permissions } }").await.at("/viewer/permissions").clone()
}

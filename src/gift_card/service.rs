//! What staff do to gift cards.

use sea_orm::{DatabaseTransaction, EntityTrait, QuerySelect};
use serde_json::{Value, json};

use crate::auth::Actor;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::{Db, all_set, savepoint};
use crate::entity::gift_card;
use crate::entity::gift_card_entry::GiftCardEntryKind;
use crate::error::{OnUnique, Result, UserError};
use crate::event::{self, Aggregate, Details, EventType};
use crate::gift_card::balance::{Change, currency};
use crate::gift_card::code::{self, Codes};
use crate::gift_card::input::{GiftCardBalanceAdjustInput, GiftCardIssueInput, GiftCardUpdateInput};
use crate::gift_card::spec::{GiftCardSpec, IssueSpec, check_customer, check_end, own_code};
use crate::id::GiftCardId;
use crate::idempotency::Call;
use crate::money::Money;
use crate::patch::Patch;

const REASON_LENGTH: usize = 200;

#[derive(Clone)]
pub struct GiftCardService {
    pub(super) db: Db,
    codes: Codes,
}

/// A card that was issued. Its code is told with it and kept nowhere.
pub struct IssuedGiftCard {
    pub id: GiftCardId,
    /// `None` where it was issued under a secret of the server that is gone.
    pub code: Option<String>,
}

impl GiftCardService {
    pub const fn new(db: Db, codes: Codes) -> Self {
        Self { db, codes }
    }

    /// Issues a card, once for each key of the actor.
    pub async fn issue(&self, actor: &Actor, input: GiftCardIssueInput) -> Result<IssuedGiftCard> {
        let mut checks = Checks::new("input");
        let key = checks.name("idempotencyKey", &input.idempotency_key, "A key");
        let own = input.code.as_deref().map(|code| own_code(&mut checks, code));
        let spec = IssueSpec::from_input(&mut checks, input);
        checks.finish()?;
        let call = Call::new(actor, "giftCardIssue", &key, &(&spec, own.as_deref().map(code::hash)))?;
        let tx = self.db.begin().await?;
        let id = match call.begin::<GiftCardId>(&tx).await? {
            Some(answer) => answer.into_result()?,
            None => {
                let step = savepoint(&tx).await?;
                let result = self.write_issue(&step, actor, spec, own.as_deref()).await;
                call.finish(tx, step, result).await?
            }
        };
        if own.is_some() {
            return Ok(IssuedGiftCard { id, code: own });
        }
        let row = gift_card::Entity::find_by_id(id).one(self.db.reader()).await?;
        Ok(IssuedGiftCard { id, code: row.and_then(|row| self.codes.made(id, &row.code_hash)) })
    }

    async fn write_issue(
        &self,
        tx: &DatabaseTransaction,
        actor: &Actor,
        spec: IssueSpec,
        own: Option<&str>,
    ) -> Result<GiftCardId> {
        let mut checks = Checks::new("input");
        check_end(&mut checks, spec.card.expires_at);
        checks.finish()?;
        check_customer(tx, spec.card.customer).await?;
        let (id, now) = (GiftCardId::generate(), Timestamp::now());
        let code = own.map_or_else(|| self.codes.make(id), |code| Ok(code.to_owned()))?;
        let details = Details::of_creation(payload(&spec), &spec)?;
        let row = gift_card::Model {
            id,
            code_hash: code::hash(&code),
            ending: code::ending(&code),
            currency: spec.currency,
            initial_minor: spec.amount_minor,
            balance_minor: spec.amount_minor,
            entry_count: 1,
            expires_at: None,
            disabled_at: None,
            customer_id: None,
            note: String::new(),
            external_id: None,
            metadata: json!({}),
            private_metadata: json!({}),
            created_at: now,
            updated_at: now,
            version: 1,
        };
        let row = spec.card.write(row);
        let insert = gift_card::Entity::insert(all_set::<gift_card::Entity, _>(row.clone()));
        map_taken(insert.exec_without_returning(tx).await)?;
        let first = Change { kind: GiftCardEntryKind::Issue, minor: row.initial_minor, reason: None, reference: None };
        first.enter(tx, actor, &row).await?;
        event::record(tx, actor, EventType::GiftCardIssued, Aggregate::GiftCard(id), details).await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: GiftCardId, input: GiftCardUpdateInput) -> Result<()> {
        let tx = self.db.begin().await?;
        // Before the card, as who erases a customer has it.
        if let Patch::Set(customer) = input.customer {
            check_customer(&tx, Some(customer)).await?;
        }
        let row = lock(&tx, id).await?;
        if input.expected_version.is_some_and(|version| i64::from(version) != row.version) {
            return Err(UserError::conflict().into());
        }
        let before = GiftCardSpec::of(&row);
        let mut checks = Checks::new("input");
        let after = before.clone().apply(&mut checks, input);
        checks.finish()?;
        if after == before {
            return Ok(());
        }
        let details = Details::of_change(event::nothing(), &before, &after)?;
        finish(tx, actor, after.write(row), details).await
    }

    /// Puts an amount on a card or takes it off, once for each key of the actor.
    pub async fn adjust(&self, actor: &Actor, id: GiftCardId, input: GiftCardBalanceAdjustInput) -> Result<()> {
        let mut checks = Checks::new("input");
        let key = checks.name("idempotencyKey", &input.idempotency_key, "A key");
        let reason = checks.optional("reason", Some(input.reason), "The reason", REASON_LENGTH);
        if reason.is_none() {
            checks.push(UserError::required("input.reason", "A reason"));
        }
        checks.finish()?;
        let call = Call::new(actor, "giftCardBalanceAdjust", &key, &(id, &input.change.0, &reason))?;
        let tx = self.db.begin().await?;
        if let Some(answer) = call.begin(&tx).await? {
            return answer.into_result();
        }
        let step = savepoint(&tx).await?;
        let result = write_adjustment(&step, actor, id, (&input.change.0, reason)).await;
        call.finish(tx, step, result).await
    }

    /// Lets a card pay no more; one that does not is left alone.
    pub async fn disable(&self, actor: &Actor, id: GiftCardId) -> Result<()> {
        self.set_disabled(actor, id, true).await
    }

    /// Lets a card pay again.
    pub async fn enable(&self, actor: &Actor, id: GiftCardId) -> Result<()> {
        self.set_disabled(actor, id, false).await
    }

    async fn set_disabled(&self, actor: &Actor, id: GiftCardId, is_disabled: bool) -> Result<()> {
        let tx = self.db.begin().await?;
        let row = lock(&tx, id).await?;
        if row.disabled_at.is_some() == is_disabled {
            return Ok(());
        }
        let state = |is_disabled: bool| json!({ "isDisabled": is_disabled });
        let details = Details::of_change(state(is_disabled), &state(!is_disabled), &state(is_disabled))?;
        let row = gift_card::Model { disabled_at: is_disabled.then(Timestamp::now), ..row };
        finish(tx, actor, row, details).await
    }
}

async fn write_adjustment(
    tx: &DatabaseTransaction,
    actor: &Actor,
    id: GiftCardId,
    (change, reason): (&str, Option<String>),
) -> Result<()> {
    let row = lock(tx, id).await?;
    let refused = |message: String| UserError::invalid("input.change", message);
    let money = Money::parse(change, currency(&row)?).map_err(|error| refused(error.to_string()))?;
    let minor = money.minor();
    if minor == 0 {
        return Err(refused("The change is not zero.".to_owned()).into());
    }
    let change = Change { kind: GiftCardEntryKind::Adjustment, minor, reason, reference: None };
    if change.write(tx, actor, id).await? {
        return Ok(());
    }
    let balance = Money::from_minor(row.balance_minor, money.currency());
    let message = if minor < 0 {
        format!("Only {balance} {} are left on the gift card; no more can go.", row.currency)
    } else {
        "No card can hold so much.".to_owned()
    };
    Err(refused(message).with_amount(balance).into())
}

fn payload(spec: &IssueSpec) -> Value {
    json!({ "currency": spec.currency, "amountMinor": spec.amount_minor })
}

async fn lock(tx: &DatabaseTransaction, id: GiftCardId) -> Result<gift_card::Model> {
    let row = gift_card::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    row.ok_or_else(|| UserError::not_found("id", "gift card").into())
}

/// Writes a card that was changed, with its event, and commits.
async fn finish(tx: DatabaseTransaction, actor: &Actor, row: gift_card::Model, details: Details) -> Result<()> {
    let id = row.id;
    let row = gift_card::Model { version: row.version + 1, updated_at: Timestamp::now(), ..row };
    let update = gift_card::Entity::update(all_set::<gift_card::Entity, _>(row));
    map_taken(update.exec_without_returning(&tx).await)?;
    event::record(&tx, actor, EventType::GiftCardUpdated, Aggregate::GiftCard(id), details).await?;
    tx.commit().await?;
    Ok(())
}

fn map_taken<T>(result: std::result::Result<T, sea_orm::DbErr>) -> Result<T> {
    result
        .on_unique("gift_card_code_key", || UserError::taken("input.code", "Another gift card has this code."))
        .on_unique("gift_card_external_id_key", || {
            UserError::taken("input.externalId", "Another gift card has this external id.")
        })
}

//! Which promotions can be asked for a cart: those that apply by themselves, and those of the codes that it has.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};

use crate::clock::Timestamp;
use crate::entity::promotion_class::PromotionClass;
use crate::entity::{promotion, promotion_channel, promotion_code};
use crate::error::{Error, Result};
use crate::id::{ChannelId, CustomerId, PromotionId};
use crate::pricing::{self, Stacking};
use crate::promotion::uses::{self, Question, User, Uses};
use crate::text::{Email, fold};

/// For whom, where and when promotions are sought.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    pub channel: ChannelId,
    pub at: Timestamp,
    /// As they were typed.
    pub codes: &'a [String],
    /// Limits per customer count the uses of this account and those of the e-mail address; nobody's if neither is known.
    pub customer: Option<CustomerId>,
    pub email: Option<&'a str>,
}

/// What was found. Whether conditions hold is not asked here.
#[derive(Clone, Debug)]
pub struct Candidates {
    /// The higher priority first, of equals the older; each promotion once.
    pub promotions: Vec<Candidate>,
    /// Every code as it was given, in that order.
    pub codes: Vec<(String, CodeState)>,
}

/// A promotion that applies if its conditions hold.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub rule: pricing::Promotion,
    pub row: Arc<promotion::Model>,
    /// The code that brought it, the first of several; none if it applies by itself.
    pub code: Option<Arc<promotion_code::Model>>,
}

/// What a code is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeState {
    /// It brings this promotion, which is among the candidates. Two codes can bring the same one.
    Valid(PromotionId),
    /// Nobody made it, or it is none of this channel, or its promotion is switched off.
    Unknown,
    /// Its promotion has not begun.
    NotYet,
    /// Its promotion has ended.
    Expired,
    /// The code or its promotion was used as often as it may be.
    UsedUp,
    /// This customer used its promotion as often as one may.
    UsedUpByCustomer,
}

/// Finds them in at most three statements.
pub async fn candidates(db: &impl ConnectionTrait, asker: &Asker<'_>) -> Result<Candidates> {
    let coded = find_codes(db, asker).await?;
    let automatic = promotion::Entity::active_in(asker.channel)
        .filter(promotion::COLUMN.needs_code.eq(false))
        .filter(promotion::applies_at(asker.at));
    let automatic: Vec<_> = automatic.all(db).await?.into_iter().map(Arc::new).collect();
    let uses = count(db, asker, &automatic, &coded).await?;
    let mut promotions = Vec::new();
    for row in automatic {
        if used_up(&row, &uses).is_none() {
            promotions.push(Candidate { rule: rule(&row)?, row, code: None });
        }
    }
    let (mut codes, mut brought) = (Vec::new(), HashSet::new());
    for given in asker.codes {
        let found = coded.get(&fold(given));
        let state = found.map_or(CodeState::Unknown, |(code, row)| state(code, row, asker.at, &uses));
        codes.push((given.clone(), state));
        if let (CodeState::Valid(id), Some((code, row))) = (state, found)
            && brought.insert(id)
        {
            promotions.push(Candidate { rule: rule(row)?, row: Arc::clone(row), code: Some(Arc::clone(code)) });
        }
    }
    promotions.sort_by_key(|candidate| (std::cmp::Reverse(candidate.row.priority), candidate.row.id));
    Ok(Candidates { promotions, codes })
}

/// Whether two promotions cannot apply to one cart: a code that conflicts with another takes its place.
pub fn conflicts(a: &pricing::Promotion, b: &pricing::Promotion) -> bool {
    let (class, other) = (PromotionClass::of(&a.action), PromotionClass::of(&b.action));
    if [class, other].contains(&PromotionClass::Catalogue) {
        return false;
    }
    let either = |stacking: Stacking| a.stacking == stacking || b.stacking == stacking;
    either(Stacking::Exclusive) || (class == other && either(Stacking::ExclusiveInClass))
}

type Coded = HashMap<String, (Arc<promotion_code::Model>, Arc<promotion::Model>)>;

/// The codes of the channel's active promotions, by their keys.
async fn find_codes(db: &impl ConnectionTrait, asker: &Asker<'_>) -> Result<Coded> {
    if asker.codes.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = promotion_code::Entity::find()
        .join(JoinType::InnerJoin, promotion_code::Entity::to_promotion())
        .select_also(promotion::Entity)
        .filter(promotion_code::COLUMN.code_key.is_in(asker.codes.iter().map(|code| fold(code))))
        .filter(promotion::COLUMN.is_active.eq(true))
        .filter(promotion::COLUMN.needs_code.eq(true))
        .filter(promotion::Column::Id.in_subquery(promotion_channel::Entity::promotions_of(asker.channel)))
        .all(db)
        .await?;
    let found = rows.into_iter().filter_map(|(code, row)| {
        let key = code.code_key.clone();
        Some((key, (Arc::new(code), Arc::new(row?))))
    });
    Ok(found.collect())
}

/// Only what has a limit is counted.
async fn count(
    db: &impl ConnectionTrait,
    asker: &Asker<'_>,
    automatic: &[Arc<promotion::Model>],
    coded: &Coded,
) -> Result<Uses> {
    let mut question = Question::default();
    for row in automatic.iter().chain(coded.values().map(|(_, row)| row)) {
        if row.usage_limit.is_some() {
            question.promotions.push(row.id);
        }
        if row.usage_limit_per_customer.is_some() {
            question.of_user.push(row.id);
        }
    }
    let limited = coded.values().filter(|(code, _)| code.usage_limit.is_some());
    question.codes = limited.map(|(code, _)| code.id).collect();
    let email = asker.email.and_then(Email::parse);
    let user = User { customer: asker.customer, email_key: email.as_ref().map(|email| email.key.as_str()) };
    uses::count(db, &question, user).await
}

fn state(code: &promotion_code::Model, row: &promotion::Model, at: Timestamp, uses: &Uses) -> CodeState {
    if row.starts_at.is_some_and(|starts_at| at < starts_at) {
        CodeState::NotYet
    } else if row.ends_at.is_some_and(|ends_at| at >= ends_at) {
        CodeState::Expired
    } else if code.usage_limit.is_some_and(|limit| uses.of_code(code.id) >= limit) {
        CodeState::UsedUp
    } else {
        used_up(row, uses).unwrap_or(CodeState::Valid(row.id))
    }
}

fn used_up(row: &promotion::Model, uses: &Uses) -> Option<CodeState> {
    if row.usage_limit.is_some_and(|limit| uses.of(row.id) >= limit) {
        return Some(CodeState::UsedUp);
    }
    let is_over = row.usage_limit_per_customer.is_some_and(|limit| uses.of_user(row.id) >= limit);
    is_over.then_some(CodeState::UsedUpByCustomer)
}

fn rule(row: &promotion::Model) -> Result<pricing::Promotion> {
    row.rule().map_err(Error::internal)
}

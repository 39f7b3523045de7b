//! Counts how often promotions and codes were used: in all, and by one customer.

use std::collections::HashMap;

use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, Value};
use uuid::Uuid;

use crate::entity::promotion_use::{COLUMN, Column, Entity};
use crate::error::Result;
use crate::id::{CustomerId, PromotionCodeId, PromotionId};

/// Whose uses are counted: those of the account and those that gave the e-mail address, each once.
#[derive(Clone, Copy, Debug)]
pub struct User<'a> {
    pub customer: Option<CustomerId>,
    /// As [`crate::text::Email`] makes it.
    pub email_key: Option<&'a str>,
}

impl User<'_> {
    /// Nobody, whose uses are none.
    pub const NOBODY: Self = User { customer: None, email_key: None };
}

/// What is to be counted.
#[derive(Clone, Debug, Default)]
pub struct Question {
    pub promotions: Vec<PromotionId>,
    /// Of these the uses of the user alone.
    pub of_user: Vec<PromotionId>,
    pub codes: Vec<PromotionCodeId>,
}

/// What was counted; what was never used is absent.
#[derive(Clone, Debug, Default)]
pub struct Uses {
    promotions: HashMap<PromotionId, i64>,
    of_user: HashMap<PromotionId, i64>,
    codes: HashMap<PromotionCodeId, i64>,
}

impl Uses {
    pub fn of(&self, promotion: PromotionId) -> i64 {
        self.promotions.get(&promotion).copied().unwrap_or(0)
    }

    pub fn of_user(&self, promotion: PromotionId) -> i64 {
        self.of_user.get(&promotion).copied().unwrap_or(0)
    }

    pub fn of_code(&self, code: PromotionCodeId) -> i64 {
        self.codes.get(&code).copied().unwrap_or(0)
    }
}

const PROMOTIONS: i64 = 1;
const OF_USER: i64 = 2;
const CODES: i64 = 3;

/// Counts in one statement, each part by an index; in none where nothing is asked.
pub async fn count(db: &impl ConnectionTrait, question: &Question, user: User<'_>) -> Result<Uses> {
    let mut parts = Vec::new();
    if !question.promotions.is_empty() {
        let these = COLUMN.promotion_id.is_in(question.promotions.iter().copied());
        parts.push(part(PROMOTIONS, Column::PromotionId, Condition::all().add(these)));
    }
    if let Some(of_user) = is_of(user).filter(|_| !question.of_user.is_empty()) {
        let these = COLUMN.promotion_id.is_in(question.of_user.iter().copied());
        parts.push(part(OF_USER, Column::PromotionId, Condition::all().add(these).add(of_user)));
    }
    if !question.codes.is_empty() {
        let these = COLUMN.code_id.is_in(question.codes.iter().copied());
        parts.push(part(CODES, Column::CodeId, Condition::all().add(these)));
    }
    let mut uses = Uses::default();
    let mut parts = parts.into_iter();
    let Some(mut query) = parts.next() else { return Ok(uses) };
    for part in parts {
        query.union(UnionType::All, part);
    }
    for row in db.query_all(&query).await? {
        let (what, id, count): (i64, Uuid, i64) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        match what {
            PROMOTIONS => _ = uses.promotions.insert(id.into(), count),
            OF_USER => _ = uses.of_user.insert(id.into(), count),
            _ => _ = uses.codes.insert(id.into(), count),
        }
    }
    Ok(uses)
}

fn part(what: i64, by: Column, which: Condition) -> SelectStatement {
    let bigint = |value: i64| Expr::value(Value::from(value)).cast_as(Alias::new("bigint"));
    Query::select()
        .expr(bigint(what))
        .column(by)
        .expr(Expr::col(Column::Id).count())
        .from(Entity)
        .cond_where(which)
        .group_by_col(by)
        .take()
}

/// `None` where nobody is known.
fn is_of(user: User<'_>) -> Option<Condition> {
    let email = user.email_key.map(|key| Column::EmailKey.eq(key));
    let customer = user.customer.map(|customer| Column::CustomerId.eq(customer));
    let known = Condition::any().add_option(customer).add_option(email);
    (!known.is_empty()).then_some(known)
}

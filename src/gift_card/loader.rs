//! What fields ask of gift cards, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::entity::{gift_card, gift_card_entry};
use crate::error::{Error, Result, SharedError};
use crate::graphql::loader::{Batches, group};
use crate::graphql::page::{Cursor, CursorKey, Page, PageArgs, PageRequest};
use crate::id::GiftCardId;

/// The gift card of an id, for those who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GiftCardKey(pub GiftCardId);

impl Loader<GiftCardKey> for Batches {
    type Value = Arc<gift_card::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[GiftCardKey]) -> Result<HashMap<GiftCardKey, Self::Value>, SharedError> {
        let rows = gift_card::Entity::visible_to(&self.actor)
            .filter(gift_card::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (GiftCardKey(row.id), Arc::new(row))).collect())
    }
}

/// The entries of a gift card from one number to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EntriesOf {
    card: GiftCardId,
    from: i64,
    to: i64,
}

/// How many ranges one statement asks for: SQLite nests conditions to a depth of 1,000.
const MAX_RANGES: usize = 250;

impl Loader<EntriesOf> for Batches {
    type Value = Vec<Arc<gift_card_entry::Model>>;
    type Error = SharedError;

    async fn load(&self, keys: &[EntriesOf]) -> Result<HashMap<EntriesOf, Self::Value>, SharedError> {
        let mut answers = HashMap::new();
        for some in keys.chunks(MAX_RANGES) {
            let of = |key: &EntriesOf| {
                let range = gift_card_entry::COLUMN.sequence.between(key.from, key.to);
                Condition::all().add(gift_card_entry::COLUMN.gift_card_id.eq(key.card)).add(range)
            };
            let wanted = some.iter().fold(Condition::any(), |wanted, key| wanted.add(of(key)));
            let rows = gift_card_entry::Entity::find().filter(wanted).all(self.db.reader()).await?;
            let rows = group(rows.into_iter().map(|row| (row.gift_card_id, Arc::new(row))));
            for key in some {
                let rows = rows.get(&key.card).into_iter().flatten();
                let within = rows.filter(|row| (key.from..=key.to).contains(&row.sequence));
                answers.insert(*key, within.cloned().collect());
            }
        }
        Ok(answers)
    }
}

/// The name of the one order: by number, the latest first.
const NEWEST: &str = "SEQUENCE_DESC";

/// One page of the entries of a card, as they are asked for: entries are numbered without gaps, so a page is known by its
/// numbers.
pub struct EntryPage {
    request: PageRequest,
    key: EntriesOf,
}

impl EntryPage {
    pub fn of(card: &gift_card::Model, args: &PageArgs) -> Result<Self> {
        let request = args.check(NEWEST)?;
        let rows = i64::from(request.size) + 1;
        let edge = match request.edge.as_ref().map(|edge| &edge.key) {
            Some(CursorKey::Number(number)) => Some(*number),
            Some(CursorKey::Text(_)) => {
                return Err(Error::BadInput("This is not a cursor that this list gave.".into()));
            }
            None => None,
        };
        let (from, to) = if request.is_backward {
            let from = edge.map_or(1, |edge| edge.saturating_add(1));
            (from, from.saturating_add(rows - 1))
        } else {
            let to = edge.map_or(card.entry_count, |edge| edge.saturating_sub(1));
            (to.saturating_sub(rows - 1), to)
        };
        Ok(Self { request, key: EntriesOf { card: card.id, from, to } })
    }

    pub const fn key(&self) -> EntriesOf {
        self.key
    }

    pub fn fill(self, mut rows: Vec<Arc<gift_card_entry::Model>>) -> Page<Arc<gift_card_entry::Model>> {
        rows.sort_by_key(|row| if self.request.is_backward { row.sequence } else { -row.sequence });
        let cursor = |row: &gift_card_entry::Model| Cursor {
            sort: NEWEST.to_owned(),
            key: CursorKey::Number(row.sequence),
            id: row.id.uuid(),
        };
        Page::new(&self.request, rows.into_iter().map(|row| (cursor(&row), row)).collect())
    }
}

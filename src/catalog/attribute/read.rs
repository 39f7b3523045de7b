//! Finds and lists attributes, which everybody may see.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QueryTrait};

use crate::catalog::attribute::input::AttributeFilter;
use crate::db::Db;
use crate::entity::attribute;
use crate::error::Result;
use crate::id::AttributeId;

#[derive(Clone)]
pub struct AttributeReader {
    db: Db,
}

impl AttributeReader {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, id: AttributeId) -> Result<Option<attribute::Model>> {
        Ok(attribute::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    pub async fn find_by_code(&self, code: &str) -> Result<Option<attribute::Model>> {
        let query = attribute::Entity::find().filter(attribute::COLUMN.code.eq(code));
        Ok(query.one(self.db.reader()).await?)
    }

    /// All attributes in the shop's order.
    pub async fn list(&self, filter: &AttributeFilter) -> Result<Vec<attribute::Model>> {
        let query = attribute::Entity::find()
            .apply_if(filter.subject, |query, subject| query.filter(attribute::COLUMN.subject.eq(subject)))
            .apply_if(filter.is_filterable, |query, is| query.filter(attribute::COLUMN.is_filterable.eq(is)))
            .order_by_asc(attribute::Column::Position)
            .order_by_asc(attribute::Column::Id);
        Ok(query.all(self.db.reader()).await?)
    }
}

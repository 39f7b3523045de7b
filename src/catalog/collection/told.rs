//! What the audit entry of a change tells of a collection, in the words of the API.

use serde::Serialize;
use serde_json::Value;

use crate::entity::collection;
use crate::id::CollectionId;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Told<'a> {
    parent: Option<CollectionId>,
    slug: &'a str,
    name: &'a str,
    description: &'a str,
    rules: Option<&'a Value>,
    image_url: Option<&'a str>,
    image_alt_text: Option<&'a str>,
    seo_title: Option<&'a str>,
    seo_description: Option<&'a str>,
    external_id: Option<&'a str>,
    metadata: &'a Value,
    private_metadata: &'a Value,
}

impl<'a> Told<'a> {
    pub fn of(row: &'a collection::Model) -> Self {
        Self {
            parent: row.parent_id,
            slug: &row.slug,
            name: &row.name,
            description: &row.description,
            rules: row.rules.as_ref(),
            image_url: row.image_url.as_deref(),
            image_alt_text: row.image_alt_text.as_deref(),
            seo_title: row.seo_title.as_deref(),
            seo_description: row.seo_description.as_deref(),
            external_id: row.external_id.as_deref(),
            metadata: &row.metadata,
            private_metadata: &row.private_metadata,
        }
    }
}

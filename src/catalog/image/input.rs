//! What is sent to add and change pictures.

use async_graphql::InputObject;

use crate::patch::Patch;

/// A new picture of a product.
#[derive(Clone, Debug, InputObject)]
pub struct ProductImageAddInput {
    /// The address: `https://…`, `http://…`, or a path of this server that begins with a slash.
    pub url: String,
    /// What the picture shows, for those who cannot see it; at most 500 characters.
    pub alt_text: Option<String>,
    /// Its place among the product's pictures, counted from 0; the end if absent or beyond it.
    pub position: Option<i32>,
}

/// Changes of a picture: what is absent stays as it is, null clears; what cannot be empty refuses null.
#[derive(Clone, Debug, InputObject)]
pub struct ProductImageUpdateInput {
    /// What the picture shows, for those who cannot see it; at most 500 characters.
    pub alt_text: Patch<String>,
    /// Its place among the product's pictures, counted from 0; the end if beyond it.
    pub position: Patch<i32>,
}

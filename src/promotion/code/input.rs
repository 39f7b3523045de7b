//! What staff send about codes.

use async_graphql::InputObject;

/// Codes to be entered.
#[derive(Clone, Debug, InputObject)]
pub struct PromotionCodesAddInput {
    /// The codes, at most 100, each of 3 to 40 letters, digits, hyphens and underscores. Case and accents do not matter: a
    /// code is unique in the whole shop without them.
    pub codes: Vec<String>,
    /// How often each of them can be used, 1 or more, beside the limits of the promotion; any number of times if absent.
    pub usage_limit: Option<i32>,
}

/// Codes to be made up.
#[derive(Clone, Debug, InputObject)]
pub struct PromotionCodesGenerateInput {
    /// How many: 1 to 1,000.
    pub count: i32,
    /// What each begins with: at most 20 letters, digits, hyphens and underscores.
    pub prefix: Option<String>,
    /// How many random letters and digits follow: 8 to 16. None of them looks like another.
    #[graphql(default = 10)]
    pub length: i32,
    /// How often each of them can be used, 1 or more, beside the limits of the promotion; any number of times if absent.
    pub usage_limit: Option<i32>,
}

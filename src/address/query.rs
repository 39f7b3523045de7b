//! How forms for addresses find the rules of countries.

use async_graphql::{Context, Object, Result};

use crate::address::country;
use crate::address::graphql::Country;
use crate::channel::loader::CountriesOf;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::graphql::scalar::CountryCode;

/// What the list of countries weighs: as much as the longest page. It holds more, but nothing has to be read for it.
const COUNTRIES_SIZE: usize = 100;

#[derive(Default)]
pub struct CountryQuery;

#[Object]
impl CountryQuery {
    /// The countries of the world in the alphabet of their English names, or those in which a channel sells. Public.
    #[graphql(complexity = "page::of_list(COUNTRIES_SIZE, child_complexity)")]
    async fn countries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug of a channel: only the countries in which it sells. All countries if absent.")]
        channel: Option<String>,
    ) -> Result<Option<Vec<Country>>> {
        let mut countries: Vec<_> = country::all().iter().collect();
        if let Some(channel) = channel {
            let market = ctx.market(Some(&channel)).await?;
            let others = ctx.loader().load_one(CountriesOf(market.channel.id)).await?.unwrap_or_default();
            countries.retain(|country| country.code == market.channel.home_country || others.contains(&country.code));
        }
        ctx.admit(countries.len())?;
        Ok(Some(countries.into_iter().map(Country).collect()))
    }

    /// The country of a code. Public.
    async fn country(
        &self,
        #[graphql(desc = "The two letters of the country.")] code: CountryCode,
    ) -> Result<Option<Country>> {
        Ok(country::find(&code.0).map(Country))
    }
}

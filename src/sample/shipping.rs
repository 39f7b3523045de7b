//! How the sample shop's goods come to its customers at home.

use crate::address::input::{AddressInput, AreaInput};
use crate::app::App;
use crate::auth::Actor;
use crate::channel;
use crate::entity::shipping_method_kind::ShippingMethodKind;
use crate::error::{Error, Result};
use crate::graphql::page::PageArgs;
use crate::graphql::scalar::{CountryCode, CurrencyCode, Decimal};
use crate::shipping::method::input::{DeliveryEstimateInput, ShippingMethodCreateInput, ShippingRateInput};
use crate::shipping::pickup::input::{PickupLocationCreateInput, PickupLocationFilter};
use crate::shipping::zone::input::{ShippingZoneCreateInput, ShippingZoneFilter};

/// By what the zone and the location are known again.
const EXTERNAL_ID: &str = "sample";

/// Makes a zone of the default channel's home country with two ways of delivery, unless it is there.
pub async fn load(app: &App, actor: &Actor) -> Result<()> {
    let filter = ShippingZoneFilter { external_id: Some(EXTERNAL_ID.to_owned()), ..ShippingZoneFilter::default() };
    if app.shipping.zones.count(&filter).await? > 0 {
        return Ok(());
    }
    let market = channel::find(app.db().reader(), None).await?;
    let channel = market.ok_or_else(|| Error::internal("there is no default channel"))?.channel;
    let zone = app.shipping.zones.create(actor, zone(&channel.home_country)).await?;
    let rate = |flat: &str, free_from: Option<&str>| ShippingRateInput {
        currency: CurrencyCode(channel.currency.clone()),
        flat: Some(Decimal(flat.to_owned())),
        by_weight: None,
        by_price: None,
        by_quantity: None,
        free_from: free_from.map(|amount| Decimal(amount.to_owned())),
        price_from: None,
        price_to: None,
    };
    let standard = ShippingMethodCreateInput {
        description: Some("By post, free for larger orders.".to_owned()),
        estimate: Some(DeliveryEstimateInput { min_days: 2, max_days: 4 }),
        ..method("Standard", rate("5", Some("100")))
    };
    app.shipping.methods.create(actor, zone, standard).await?;
    let pick_up = ShippingMethodCreateInput {
        kind: ShippingMethodKind::Pickup,
        pickup_location: Some(location(app, actor).await?),
        estimate: Some(DeliveryEstimateInput { min_days: 0, max_days: 1 }),
        ..method("Pick up", rate("0", None))
    };
    app.shipping.methods.create(actor, zone, pick_up).await?;
    Ok(())
}

/// The location, made unless it is there.
async fn location(app: &App, actor: &Actor) -> Result<crate::id::PickupLocationId> {
    let filter = PickupLocationFilter { external_id: Some(EXTERNAL_ID.to_owned()), ..PickupLocationFilter::default() };
    let known = app.shipping.pickup_locations.list(&filter, &PageArgs::default()).await?.rows.into_iter().next();
    match known {
        Some((_, row)) => Ok(row.id),
        None => app.shipping.pickup_locations.create(actor, workshop()).await,
    }
}

fn zone(country: &str) -> ShippingZoneCreateInput {
    let area = AreaInput { country: CountryCode(country.to_owned()), region: None, postal_codes: None };
    ShippingZoneCreateInput {
        name: "Home".to_owned(),
        areas: vec![area],
        channels: None,
        external_id: Some(EXTERNAL_ID.to_owned()),
        metadata: Vec::new(),
        private_metadata: Vec::new(),
    }
}

fn method(name: &str, rate: ShippingRateInput) -> ShippingMethodCreateInput {
    ShippingMethodCreateInput {
        name: name.to_owned(),
        description: None,
        kind: ShippingMethodKind::Shipping,
        pickup_location: None,
        position: None,
        is_active: true,
        rates: vec![rate],
        weight: None,
        customer_groups: Vec::new(),
        excluded_products: Vec::new(),
        estimate: None,
        tax_class: None,
        external_id: None,
        metadata: Vec::new(),
        private_metadata: Vec::new(),
    }
}

fn workshop() -> PickupLocationCreateInput {
    let text = |text: &str| Some(text.to_owned());
    PickupLocationCreateInput {
        name: "Workshop".to_owned(),
        address: AddressInput {
            country: CountryCode("US".to_owned()),
            first_name: None,
            last_name: None,
            company: None,
            line1: text("100 Harbor Street"),
            line2: None,
            district: None,
            city: text("Portland"),
            region: text("OR"),
            postal_code: text("97209"),
            phone: None,
            vat_id: None,
        },
        instructions: text("Monday to Friday, 10 to 18. Bring the number of the order."),
        is_active: true,
        external_id: Some(EXTERNAL_ID.to_owned()),
        metadata: Vec::new(),
        private_metadata: Vec::new(),
    }
}

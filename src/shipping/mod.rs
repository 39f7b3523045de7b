//! Where goods can go, in which ways, and what each way costs.
//!
//! A shipping zone holds areas of the world, serves channels, and has methods: ways in which goods come there, or are
//! fetched from a pick-up location. For an address only the zones count whose areas tell most precisely where it is.
//! A method costs what its rates in the channel's currency say, and is not there for currencies without; whether it
//! takes a cart is found out by pricing. Carts name a method by its id alone, so a method may be deleted while carts
//! have chosen it; a pick-up location may not while a method leads to it.

pub mod method;
pub mod offer;
pub mod pickup;
pub mod rate;
mod services;
pub mod zone;

pub use method::{ShippingMethodMutation, ShippingMethodQuery, ShippingMethodService};
pub use offer::{OfferedMethod, find_for_shopper, offered};
pub use pickup::{PickupLocationMutation, PickupLocationQuery, PickupLocationService};
pub use services::ShippingServices;
pub use zone::{ShippingZoneMutation, ShippingZoneQuery, ShippingZoneService};

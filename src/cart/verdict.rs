//! Refuses edits that only the price of the cart shows to be impossible.

use crate::cart::edit::Edit;
use crate::cart::priced::PricedCart;
use crate::error::{Problems, Result, UserError, UserErrorCode};
use crate::id::ShippingMethodId;
use crate::pricing::Ineligible;
use crate::promotion::CodeState;
use crate::text::fold;

/// Tells everything that is wrong with the codes and ways of delivery that are being added.
pub fn check(cart: &PricedCart, edits: &[Edit]) -> Result<()> {
    let mut problems = Problems::default();
    for edit in edits {
        match edit {
            Edit::AddCode(code, path) => {
                if let Some(error) = of_code(cart, code) {
                    problems.push(error.at(path));
                }
            }
            Edit::ShippingMethod(Some(method), path) => {
                if let Some(error) = of_method(cart, *method) {
                    problems.push(error.at(path));
                }
            }
            _ => {}
        }
    }
    problems.into_result()
}

fn of_code(cart: &PricedCart, code: &str) -> Option<UserError> {
    let mut codes = cart.context.promotions.codes.iter();
    let (_, state) = codes.find(|(known, _)| fold(known) == fold(code))?;
    let (code, message) = match state {
        CodeState::Valid(id) if cart.quote.promotions.iter().any(|gave| gave.promotion == *id) => return None,
        CodeState::Valid(_) => (
            UserErrorCode::CodeNotApplicable,
            "This code gives nothing for what is in the cart, or less than others do.",
        ),
        CodeState::Unknown => (UserErrorCode::NotFound, "There is no such code."),
        CodeState::NotYet => (UserErrorCode::CodeExpired, "This code is not valid yet."),
        CodeState::Expired => (UserErrorCode::CodeExpired, "This code is not valid any more."),
        CodeState::UsedUp => (UserErrorCode::CodeUsedUp, "This code was used as often as it can be."),
        CodeState::UsedUpByCustomer => (UserErrorCode::CodeUsedUp, "You have used this code as often as one may."),
    };
    Some(UserError::new(code, message))
}

fn of_method(cart: &PricedCart, method: ShippingMethodId) -> Option<UserError> {
    let option = cart.quote.options.iter().find(|option| option.method == method);
    let Some(option) = option else {
        let message = "There is no such way of delivery to this address.";
        return Some(UserError::new(UserErrorCode::NotFound, message));
    };
    let reason = match option.offer {
        Ok(_) | Err(Ineligible::Nothing) => return None,
        Err(reason) => reason,
    };
    Some(UserError::new(UserErrorCode::Invalid, why_not(reason)))
}

/// Why a way of delivery is not to be had, for people.
pub const fn why_not(reason: Ineligible) -> &'static str {
    match reason {
        Ineligible::Price => "What is in the cart costs too little or too much for this way of delivery.",
        Ineligible::Weight => "What is in the cart is too light or too heavy for this way of delivery.",
        Ineligible::Group => "This way of delivery is for other customers.",
        Ineligible::Product => "Something in the cart cannot be delivered this way.",
        Ineligible::Rate => "There is no price for what is in the cart by this way of delivery.",
        Ineligible::Nothing => "Nothing in the cart has to be shipped.",
    }
}

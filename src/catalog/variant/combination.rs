//! Which variant has exactly the option values that a shopper picked.

pub mod loader;

use std::collections::BTreeMap;

use crate::catalog::product::aggregate::OptionRow;
use crate::catalog::variant::input::OptionValueInput;
use crate::catalog::variant::spec;
use crate::error::{Error, Result};
use crate::text::fold;

/// The key of the combination that was picked; `None` where an option was left open, so that no variant is meant.
///
/// It is the asking program's mistake to name an option that the product does not have, or one twice.
pub fn key_of(options: &[OptionRow], picked: &[OptionValueInput]) -> Result<Option<String>> {
    let mut values = BTreeMap::new();
    for OptionValueInput { option, value } in picked {
        let name_key = fold(option);
        if !options.iter().any(|known| known.row.name_key == name_key) {
            return Err(Error::BadInput(format!("options: The product has no option \"{option}\".")));
        }
        if values.insert(name_key, value.clone()).is_some() {
            return Err(Error::BadInput(format!("options: The option \"{option}\" is there twice.")));
        }
    }
    let in_order: Option<Vec<String>> = options.iter().map(|option| values.remove(&option.row.name_key)).collect();
    Ok(in_order.map(|values| spec::option_key(&values)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::product_option;
    use crate::id::{ProductId, ProductOptionId};

    fn options(names: &[&str]) -> Vec<OptionRow> {
        let row = |(position, name): (i64, &&str)| product_option::Model {
            id: ProductOptionId::generate(),
            product_id: ProductId::generate(),
            name: (*name).to_owned(),
            name_key: fold(name),
            position,
        };
        (0..).zip(names).map(row).map(|row| OptionRow { row, values: Vec::new() }).collect()
    }

    fn picked(pairs: &[(&str, &str)]) -> Vec<OptionValueInput> {
        let value = |(option, value): &(&str, &str)| OptionValueInput {
            option: (*option).to_owned(),
            value: (*value).to_owned(),
        };
        pairs.iter().map(value).collect()
    }

    #[test]
    fn values_count_in_the_order_of_the_options_and_without_regard_to_case() {
        let options = options(&["Size", "Colour"]);

        let key = key_of(&options, &picked(&[("colour", "RED"), ("SIZE", "s")])).unwrap();

        assert_eq!(key, Some(spec::option_key(&["S".to_owned(), "Red".to_owned()])));
    }

    #[test]
    fn an_option_that_is_left_open_means_no_variant() {
        assert_eq!(key_of(&options(&["Size", "Colour"]), &picked(&[("Size", "S")])).unwrap(), None);
        assert_eq!(key_of(&options(&["Size"]), &[]).unwrap(), None);
    }

    #[test]
    fn a_product_without_options_has_one_combination() {
        assert_eq!(key_of(&[], &[]).unwrap(), Some(String::new()));
    }

    #[test]
    fn an_option_that_is_unknown_or_named_twice_is_a_mistake() {
        let options = options(&["Size"]);

        for wrong in [&[("Fit", "Slim")][..], &[("Size", "S"), ("size", "M")]] {
            assert!(matches!(key_of(&options, &picked(wrong)), Err(Error::BadInput(_))), "{wrong:?}");
        }
    }
}

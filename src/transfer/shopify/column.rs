//! The columns of the format, in its order.

use crate::transfer::table::{self, Names};

pub(super) type Header = table::Header<Column>;
pub(super) type RowReading<'a> = table::RowReading<'a, Column>;

/// The order is that in which the format has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Handle,
    Title,
    Body,
    Vendor,
    Type,
    Tags,
    Published,
    Option1Name,
    Option1Value,
    Option2Name,
    Option2Value,
    Option3Name,
    Option3Value,
    Option4Name,
    Option4Value,
    Option5Name,
    Option5Value,
    Sku,
    Grams,
    Tracker,
    Quantity,
    Policy,
    Price,
    CompareAtPrice,
    RequiresShipping,
    Taxable,
    Barcode,
    ImageUrl,
    ImagePosition,
    ImageAltText,
    SeoTitle,
    SeoDescription,
    VariantImage,
    WeightUnit,
    Status,
}

impl table::Column for Column {
    /// The classic name first, then the newer ones.
    const NAMES: Names<Self> = &[
        (Self::Handle, &["Handle", "URL handle"]),
        (Self::Title, &["Title"]),
        (Self::Body, &["Body (HTML)", "Body HTML", "Description"]),
        (Self::Vendor, &["Vendor"]),
        (Self::Type, &["Type"]),
        (Self::Tags, &["Tags"]),
        (Self::Published, &["Published", "Published on online store"]),
        (Self::Option1Name, &["Option1 Name"]),
        (Self::Option1Value, &["Option1 Value"]),
        (Self::Option2Name, &["Option2 Name"]),
        (Self::Option2Value, &["Option2 Value"]),
        (Self::Option3Name, &["Option3 Name"]),
        (Self::Option3Value, &["Option3 Value"]),
        (Self::Option4Name, &["Option4 Name"]),
        (Self::Option4Value, &["Option4 Value"]),
        (Self::Option5Name, &["Option5 Name"]),
        (Self::Option5Value, &["Option5 Value"]),
        (Self::Sku, &["Variant SKU", "SKU"]),
        (Self::Grams, &["Variant Grams", "Weight value (grams)"]),
        (Self::Tracker, &["Variant Inventory Tracker", "Inventory tracker"]),
        (Self::Quantity, &["Variant Inventory Qty", "Inventory quantity"]),
        (Self::Policy, &["Variant Inventory Policy", "Continue selling when out of stock"]),
        (Self::Price, &["Variant Price", "Price"]),
        (Self::CompareAtPrice, &["Variant Compare At Price", "Compare-at price", "Compare at price"]),
        (Self::RequiresShipping, &["Variant Requires Shipping", "Requires shipping"]),
        (Self::Taxable, &["Variant Taxable", "Charge tax"]),
        (Self::Barcode, &["Variant Barcode", "Barcode"]),
        (Self::ImageUrl, &["Image Src", "Product image URL"]),
        (Self::ImagePosition, &["Image Position"]),
        (Self::ImageAltText, &["Image Alt Text"]),
        (Self::SeoTitle, &["SEO Title"]),
        (Self::SeoDescription, &["SEO Description"]),
        (Self::VariantImage, &["Variant Image", "Variant image URL"]),
        (Self::WeightUnit, &["Variant Weight Unit", "Weight unit for display"]),
        (Self::Status, &["Status"]),
    ];

    const REQUIRED: &'static [Self] = &[Self::Handle, Self::Title];

    fn place(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests {
    use csv::StringRecord;

    use super::*;
    use crate::transfer::table::Column as _;

    fn parse(names: &[&str]) -> Header {
        Header::parse(1, &StringRecord::from(names.to_vec())).unwrap()
    }

    #[test]
    fn table_is_in_the_order_of_the_columns() {
        for (place, (column, _)) in Column::NAMES.iter().enumerate() {
            assert_eq!(column.place(), place, "{column:?}");
        }
    }

    #[test]
    fn classic_and_newer_names_are_the_same_columns() {
        let classic = parse(&["Handle", "Title", "Body (HTML)", "Variant Price", "Variant Image"]);
        let newer = parse(&["URL handle", "Title", "Description", "Price", "Variant image URL"]);

        for column in [Column::Handle, Column::Title, Column::Body, Column::Price, Column::VariantImage] {
            assert_eq!(classic.place(column), newer.place(column), "{column:?}");
            assert!(classic.has(column));
        }
    }
}

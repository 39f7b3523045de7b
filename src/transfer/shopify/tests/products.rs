//! What rows mean when nothing is wrong with them, and what is refused when something is.

use super::{errors, product, read, shown};
use crate::transfer::product_record::{Cell, ProductRecord, PublicationStatus, WeightUnit};

fn lines(product: &ProductRecord) -> Vec<u64> {
    product.variants.iter().map(|variant| variant.line).collect()
}

#[test]
fn later_rows_add_variants_and_images() {
    let product = product(
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Image Position,Image Alt Text\n\
         hat,Wool hat,Size,S,HAT-S,19.90,https://x.example/1.jpg,1,Front\n\
         hat,,,M,HAT-M,21.90,https://x.example/2.jpg,2,\n\
         hat,,,,,,https://x.example/3.jpg,3,Worn\n",
    );

    assert_eq!((product.line, product.handle.as_str(), product.title.as_str()), (2, "hat", "Wool hat"));
    assert_eq!(product.options, Cell::Value(vec!["Size".to_owned()]));
    assert_eq!(lines(&product), [2, 3]);
    assert_eq!(product.variants[1].option_values, ["M"]);
    assert_eq!(product.variants[1].sku, Cell::Value("HAT-M".to_owned()));
    let price = product.variants[1].price.clone().value().unwrap();
    assert_eq!((price.value.as_str(), price.line, price.column.as_ref()), ("21.90", 3, "Variant Price"));
    let images = product.images.value().unwrap();
    assert_eq!(images.len(), 3);
    assert_eq!((images[2].line, images[2].alt_text.clone()), (4, Cell::Value("Worn".to_owned())));
    assert_eq!(images[1].alt_text, Cell::Empty);
}

#[test]
fn newer_header_reads_the_same() {
    let product = product(
        "Title,URL handle,Description,Published on online store,Status,SKU,Option1 name,Option1 value,Option1 Linked To,\
         Price,Compare-at price,Charge tax,Inventory tracker,Inventory quantity,Continue selling when out of stock,\
         Weight value (grams),Weight unit for display,Requires shipping,Product image URL,Variant image URL,SEO title\n\
         Mug,mug,<p>Tea</p>,TRUE,Active,MUG-1,Colour,Blue,,9.5,12,TRUE,shopify,7,CONTINUE,350.4,oz,FALSE,\
         https://x.example/mug.png,https://x.example/blue.png,Blue mug\n",
    );
    let variant = &product.variants[0];

    assert_eq!(product.body_html, Cell::Value("<p>Tea</p>".to_owned()));
    assert_eq!(product.seo_title, Cell::Value("Blue mug".to_owned()));
    assert_eq!(product.status, Cell::Value(PublicationStatus::Active));
    assert_eq!(variant.price.clone().value().unwrap().value, "9.5");
    assert_eq!(variant.compare_at_price.clone().value().unwrap().column.as_ref(), "Compare-at price");
    assert_eq!((variant.weight_grams, variant.weight_unit), (Cell::Value(350), Cell::Value(WeightUnit::Oz)));
    assert_eq!((variant.taxable, variant.requires_shipping), (Cell::Value(true), Cell::Value(false)));
    assert_eq!((variant.quantity, variant.continue_selling), (Cell::Value(7), Cell::Value(true)));
    assert_eq!(variant.tracks_inventory, Cell::Value(true));
}

#[test]
fn missing_column_is_not_an_empty_cell() {
    let product = product("Handle,Title,Vendor,Tags,Variant SKU,Image Src\nhat,Hat,,,,\n");

    assert_eq!((product.vendor, product.product_type), (Cell::Empty, Cell::Missing));
    assert_eq!((product.tags, product.body_html), (Cell::Empty, Cell::Missing));
    assert_eq!((product.variants[0].sku.clone(), product.variants[0].barcode.clone()), (Cell::Empty, Cell::Missing));
    assert_eq!((product.images, product.status), (Cell::Empty, Cell::Missing));
    assert_eq!(product.options, Cell::Missing);
}

#[test]
fn file_without_variant_columns_states_no_variant() {
    let product = product("Handle,Title,Tags\nhat,Hat,\"Wool, winter\"\nhat,,\n");

    assert!(product.variants.is_empty());
    assert_eq!(product.tags, Cell::Value(vec!["Wool".to_owned(), "winter".to_owned()]));
    assert_eq!(product.images, Cell::Missing);
}

#[test]
fn default_title_means_no_options() {
    for row in ["Title,Default Title", "title,default title", ",Default Title", ","] {
        let product = product(format!("Handle,Title,Option1 Name,Option1 Value,Variant Price\nhat,Hat,{row},5\n"));

        assert_eq!(product.options, Cell::Empty, "{row}");
        assert!(product.variants[0].option_values.is_empty(), "{row}");
    }
}

#[test]
fn option_that_is_called_title_can_be_real() {
    let product = product("Handle,Title,Option1 Name,Option1 Value\nbook,Book,Title,Emma\nbook,,,Persuasion\n");

    assert_eq!(product.options, Cell::Value(vec!["Title".to_owned()]));
    assert_eq!(product.variants[1].option_values, ["Persuasion"]);
}

#[test]
fn option_names_may_be_repeated_but_not_changed() {
    let head = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value\nhat,Hat,Size,S,Colour,Red\n";

    let product = product(format!("{head}hat,,size,M,,Red\n"));
    assert_eq!(product.variants[1].option_values, ["M", "Red"]);
    assert_eq!(
        errors(format!("{head}hat,,Width,M,,Red\n")),
        ["3 Option1 Name: Option 1 is named “Width” here, but “Size” on the product's first row."]
    );
}

#[test]
fn option_values_must_be_complete_and_declared() {
    let head = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant Price\n";

    assert_eq!(
        errors(format!("{head}hat,Hat,Size,S,Colour,Red,5\nhat,,,M,,,5\n")),
        ["3 Option2 Value: The variant has no value of the option “Colour”."]
    );
    assert_eq!(
        errors(format!("{head}hat,Hat,Size,S,,,5\nhat,,,M,,Red,5\n")),
        ["3 Option2 Value: The value “Red” belongs to no option: the product's first row must name option 2."]
    );
    assert_eq!(
        errors(format!("{head}hat,Hat,Size,S,SIZE,L,5\n")),
        ["2 Option2 Name: The option “SIZE” is declared twice."]
    );
}

#[test]
fn variants_that_cannot_be_told_apart_are_refused_with_both_lines() {
    let head = "Handle,Title,Option1 Name,Option1 Value,Variant Price\n";

    assert_eq!(
        errors(format!("{head}hat,Hat,Size,S,5\nhat,,,M,5\nhat,,,S,6\n")),
        ["4 -: The variants on lines 2 and 4 have the same option values, “S”."]
    );
    assert_eq!(
        errors(format!("{head}hat,Hat,Colour,Café,5\nhat,,,CAFE,5\n")),
        ["3 -: The variants on lines 2 and 3 have the same option values, “CAFE”."]
    );
    assert_eq!(
        errors(format!("{head}hat,Hat,Title,Default Title,5\nhat,,,Default Title,6\n")),
        ["3 -: Lines 2 and 3 are two variants, but the product has no option to tell them apart; \
          name an option on its first row."]
    );
    assert_eq!(product("Handle,Title,SKU\nhat,Hat,A\nhat,,B\n").variants.len(), 2);
    assert_eq!(
        errors("Handle,Title,SKU\nhat,Hat,A\nhat,,A\n"),
        ["3 -: The variants on lines 2 and 3 cannot be told apart; give each its own SKU or add columns for options."]
    );
}

#[test]
fn row_with_an_image_and_automatic_cells_is_no_variant() {
    let product = product(
        "Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Grams,Variant Taxable,Image Src\n\
         hat,Hat,Size,S,5,100,true,https://x.example/1.jpg\n\
         hat,,,,,0,true,https://x.example/2.jpg\n",
    );

    assert_eq!(lines(&product), [2]);
    assert_eq!(product.images.value().unwrap().len(), 2);
}

#[test]
fn images_are_unique_and_in_order() {
    let product = product(
        "Handle,Title,Option1 Name,Option1 Value,Image Src,Image Position,Image Alt Text,Variant Image\n\
         hat,Hat,Size,S,https://x.example/b.jpg,2,B,https://x.example/a.jpg\n\
         hat,,,M,https://x.example/a.jpg,1,A,https://x.example/own.jpg\n\
         hat,,,,https://x.example/b.jpg,9,again,\n\
         hat,,,,https://x.example/c.jpg,,C,\n",
    );
    let images = product.images.value().unwrap();

    let urls: Vec<_> = images.iter().map(|image| image.url.rsplit('/').next().unwrap()).collect();
    assert_eq!(urls, ["a.jpg", "b.jpg", "c.jpg", "own.jpg"]);
    assert_eq!(images[1].alt_text, Cell::Value("B".to_owned()));
    assert_eq!((images[2].position, images[3].line), (Cell::Empty, 3));
}

#[test]
fn variant_image_alone_does_not_replace_the_images() {
    let product = product("Handle,Title,Variant Image\nhat,Hat,https://x.example/a.jpg\n");

    assert_eq!(product.images, Cell::Missing);
    assert_eq!(product.variants[0].image_url, Cell::Value("https://x.example/a.jpg".to_owned()));
}

#[test]
fn status_and_published_are_read_together() {
    use PublicationStatus::{Active, Archived, Draft};
    let cases = [
        ("Status,Published", "active,true", Cell::Value(Active), Cell::Value(true)),
        ("Status,Published", "active,FALSE", Cell::Value(Draft), Cell::Value(false)),
        ("Status,Published", "active,", Cell::Value(Active), Cell::Empty),
        ("Status,Published", "archived,true", Cell::Value(Archived), Cell::Value(true)),
        ("Status,Published", "archived,false", Cell::Value(Archived), Cell::Value(false)),
        ("Status,Published", "draft,true", Cell::Value(Draft), Cell::Value(true)),
        ("Status,Published", ",false", Cell::Empty, Cell::Value(false)),
        ("Status,Published", ",", Cell::Empty, Cell::Empty),
        ("Published,Vendor", "false,", Cell::Missing, Cell::Value(false)),
        ("Published,Vendor", "true,", Cell::Missing, Cell::Value(true)),
        ("Published,Vendor", ",", Cell::Missing, Cell::Empty),
        ("Status,Vendor", ",", Cell::Empty, Cell::Missing),
        ("Status,Vendor", "Archived,", Cell::Value(Archived), Cell::Missing),
    ];
    for (columns, cells, status, published) in cases {
        let product = product(format!("Handle,Title,{columns}\nhat,Hat,{cells}\n"));
        assert_eq!((product.status, product.published), (status, published), "{columns} {cells}");
    }
    assert_eq!(product("Handle,Title\nhat,Hat\n").status, Cell::Missing);
}

#[test]
fn empty_tracker_means_untracked() {
    let file = "Handle,Title,Variant Inventory Tracker\na,A,\nb,B,shopify\nc,C,amazon_marketplace_web\n";

    let tracked: Vec<_> = read(file).into_iter().map(|outcome| outcome.unwrap().variants[0].tracks_inventory).collect();

    assert_eq!(tracked, [Cell::Value(false), Cell::Value(true), Cell::Value(true)]);
}

#[test]
fn all_errors_of_a_product_are_collected_and_reading_goes_on() {
    let outcomes = read(
        "Handle,Title,Option1 Name,Option1 Value,Variant Inventory Qty,Variant Price,Image Src\n\
         hat,,Size,S,two,\"1,299\",hat.jpg\n\
         hat,,,M,1.5,5,\n\
         mug,Mug,Title,Default Title,3,5,\n",
    );

    let errors = outcomes[0].as_ref().unwrap_err();
    assert_eq!(
        errors.iter().map(shown).collect::<Vec<_>>(),
        [
            "2 Title: The product has no title; its first row must state one.",
            "2 Variant Inventory Qty: “two” is not a whole number; write digits only, for example 12.",
            "2 Variant Price: “1,299” is not a plain decimal number; use a point as the decimal mark and no thousands \
             separator, for example 1299.90.",
            "2 Image Src: “hat.jpg” is not a web address; it must begin with https://, http:// or a \
             slash and contain no spaces.",
            "3 Variant Inventory Qty: “1.5” is not a whole number; write digits only, for example 12.",
        ]
    );
    assert!(errors.iter().all(|error| error.handle.as_deref() == Some("hat")));
    assert_eq!(outcomes[1].as_ref().unwrap().handle, "mug");
    assert_eq!(outcomes.len(), 2);
}

#[test]
fn handle_that_comes_back_is_refused() {
    let outcomes = read("Handle,Title\nhat,Hat\nmug,Mug\nHat,Hat\nhat,\nbag,Bag\n");

    assert_eq!(outcomes.len(), 4);
    let errors = outcomes[2].as_ref().unwrap_err();
    assert_eq!(
        errors.iter().map(shown).collect::<Vec<_>>(),
        ["4 -: The handle “Hat” gives the same address as that of the product on line 2; put all rows of a product \
          together, and change the handle if this is another one."]
    );
    assert_eq!(outcomes[3].as_ref().unwrap().handle, "bag");
}

#[test]
fn row_without_a_handle_is_refused() {
    let outcomes = read("Handle,Title,SKU\n,Nameless,A\nhat,Hat,B\n,,C\nmug,Mug,D\n");

    assert_eq!(outcomes.len(), 3);
    for (outcome, line) in [(&outcomes[0], 2), (&outcomes[1], 4)] {
        let error = &outcome.as_ref().unwrap_err()[0];
        assert_eq!(shown(error), format!("{line} Handle: The row has no handle, so it belongs to no product."));
    }
    assert_eq!(outcomes[2].as_ref().unwrap().handle, "mug");
}

#[test]
fn error_is_shown_with_its_place() {
    let outcomes = read("Handle,Title,Price\nhat,Hat,€5\n");

    assert_eq!(
        outcomes[0].as_ref().unwrap_err()[0].to_string(),
        "Line 2, column “Price”, product “hat”: “€5” is not a plain decimal number; leave out the currency, for example \
         1299.90."
    );
}

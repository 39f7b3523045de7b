//! What carts cost the server: as many statements for two lines as for two hundred.

use serde_json::json;
use tradepost::auth::Permission::ProductWrite;

use super::{CART, create};
use crate::support::statements::counted;
use crate::support::{fixture, on_both};

#[tokio::test]
async fn a_cart_takes_as_many_statements_for_2_lines_as_for_200() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let mut variants = Vec::new();
        for product in 0..2 {
            let values: Vec<_> = (0..100).map(|value| format!("V{value}")).collect();
            let of = |value: &String| {
                json!({ "optionValues": [{ "option": "Size", "value": value }], "price": "1.00", "stock": 9000 })
            };
            let change = json!({
                "name": format!("Product {product}"), "options": [{ "name": "Size", "values": values }],
                "variants": values.iter().map(of).collect::<Vec<_>>(),
            });
            let product = fixture::product(&staff, change).await;
            variants.extend(fixture::variants(&staff, &product).await);
        }
        let client = app.anonymous();
        let cart_of = async |lines: usize| {
            let lines: Vec<_> = variants[..lines].iter().map(|variant| json!({ "variant": variant })).collect();
            let reply = create(&client, json!({ "lines": lines })).await;
            assert_eq!(reply.user_errors(), [""; 0]);
            reply.text("/cartCreate/cart/id")
        };
        let (small, large) = (cart_of(2).await, cart_of(200).await);

        let read = format!("query($id: ID!) {{ cart(id: $id) {{ {CART} }} }}");
        let change = format!(
            "mutation($id: ID!, $lines: [CartLineInput!]!) {{ cartLinesAdd(id: $id, lines: $lines) {{
                cart {{ {CART} }} userErrors {{ code }} }} }}"
        );
        let mut counts = Vec::new();
        for cart in [&small, &large] {
            let lines = json!([{ "variant": variants[0] }]);
            let (reply, reading) = counted(&client, &read, json!({ "id": cart })).await;
            assert!(reply.at("/cart").is_object());
            let (reply, writing) = counted(&client, &change, json!({ "id": cart, "lines": lines })).await;
            assert_eq!(reply.user_errors(), [""; 0]);
            counts.push((reading, writing));
        }

        assert_eq!(counts[0], counts[1]);
        let (reading, writing) = counts[0];
        assert!(reading <= 12 && writing <= 16, "{reading} to read, {writing} to add");
    })
    .await;
}

//! Promotions that are entered, and how they read back.

use super::*;
use crate::support::on_both;
use crate::support::statements::counted;

const EACH: &str = "{ percentage amountEach { amount currency } amountTogether { amount } priceEach { amount } }";

#[tokio::test]
async fn a_promotion_reads_back_as_it_was_entered() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(
            &staff,
            json!({
                "name": "  Spring sale ", "description": "Ten percent off.", "isActive": false, "priority": -3,
                "startsAt": "2026-03-01T00:00:00Z", "endsAt": "2026-04-01T00:00:00+02:00", "needsCode": true,
                "stacking": "EXCLUSIVE_IN_CLASS", "usageLimit": 100, "usageLimitPerCustomer": 1, "externalId": "p1",
                "metadata": [{ "key": "badge", "value": "red" }],
                "privateMetadata": [{ "key": "campaign", "value": "7" }],
            }),
        )
        .await;

        let fields = "id name description isActive class needsCode stacking priority startsAt endsAt usageLimit
            usageLimitPerCustomer useCount externalId metadata { key value } privateMetadata { key value } version
            channels { slug } action { order { discount { percentage amount { amount } } } gift { quantity } }
            codes { totalCount }";
        let expected = json!({
            "id": id, "name": "Spring sale", "description": "Ten percent off.", "isActive": false, "class": "ORDER",
            "needsCode": true, "stacking": "EXCLUSIVE_IN_CLASS", "priority": -3,
            "startsAt": "2026-03-01T00:00:00Z", "endsAt": "2026-03-31T22:00:00Z",
            "usageLimit": 100, "usageLimitPerCustomer": 1, "useCount": 0, "externalId": "p1",
            "metadata": [{ "key": "badge", "value": "red" }],
            "privateMetadata": [{ "key": "campaign", "value": "7" }], "version": 1,
            "channels": [{ "slug": "default" }],
            "action": { "order": { "discount": { "percentage": "10", "amount": null } }, "gift": null },
            "codes": { "totalCount": 0 },
        });
        assert_eq!(read(&staff, &id, fields).await, expected);
        assert_eq!(fixture::history(app, &id).await, ["1 promotion.created"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_said_is_not_asked() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({})).await;

        let fields = "isActive needsCode stacking priority startsAt endsAt usageLimit conditions { quantityFrom
            quantityTo subtotalFrom { amount } subtotalTo { amount } hasCustomerGroups isFirstOrder currencies
            items { only { isEmpty } except { isEmpty } } }";
        let nothing = json!({ "isEmpty": true });
        let expected = json!({
            "isActive": true, "needsCode": false, "stacking": "STACKABLE", "priority": 0, "startsAt": null,
            "endsAt": null, "usageLimit": null,
            "conditions": {
                "quantityFrom": null, "quantityTo": null, "subtotalFrom": null, "subtotalTo": null,
                "hasCustomerGroups": false, "isFirstOrder": false, "currencies": [],
                "items": { "only": nothing, "except": nothing },
            },
        });
        assert_eq!(read(&staff, &id, fields).await, expected);
    })
    .await;
}

#[tokio::test]
async fn conditions_lead_to_what_they_name_but_for_what_was_deleted() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shirt = fixture::product(&owner, json!({})).await;
        // What never had stock can be deleted.
        let sock = json!({ "name": "Sock", "variants": [{ "price": "10.00" }] });
        let sock = fixture::product(&owner, sock).await;
        let variant = fixture::variant(&owner, &shirt).await;
        let collection = fixture::collection(&owner, json!({})).await;
        let group = "mutation { customerGroupCreate(input: { name: \"Trade\" }) { customerGroup { id } } }";
        let group = owner.query(group).await.text("/customerGroupCreate/customerGroup/id");
        let red = json!([{ "name": "Red", "color": "#b22222" }]);
        let colour = json!({ "name": "Colour", "type": "COLOR", "choices": red });
        let attribute = fixture::define_attribute(&owner, colour).await;
        let choice = fixture::read(&owner, &attribute, "choices { id }").await["choices"][0]["id"].clone();
        let id = promotion(
            &owner,
            json!({ "conditions": {
                "items": {
                    "only": { "products": [sock, shirt, sock], "collections": [collection] },
                    "except": { "variants": [variant], "attributeChoices": [choice] },
                },
                "quantityFrom": 2, "quantityTo": 5,
                "subtotalFrom": [{ "amount": "20", "currency": "USD" }, { "amount": "3000", "currency": "JPY" }],
                "subtotalTo": [{ "amount": "90.5", "currency": "USD" }],
                "customerGroups": [group], "isFirstOrder": true, "currencies": ["USD", "JPY", "USD"],
            } }),
        )
        .await;

        let fields = "conditions { quantityFrom quantityTo subtotalFrom { amount currency } subtotalTo { amount }
            customerGroups { id } hasCustomerGroups isFirstOrder currencies
            items { only { isEmpty products { id } collections { id } variants { id } }
                except { variants { id } attributeChoices { id } } } }";
        let found = read(&owner, &id, fields).await["conditions"].take();
        let expected = json!({
            "quantityFrom": 2, "quantityTo": 5,
            "subtotalFrom": [{ "amount": "3000", "currency": "JPY" }, { "amount": "20.00", "currency": "USD" }],
            "subtotalTo": [{ "amount": "90.50" }],
            "customerGroups": [{ "id": group }], "hasCustomerGroups": true, "isFirstOrder": true,
            "currencies": ["USD", "JPY"],
            "items": {
                "only": { "isEmpty": false, "products": [{ "id": sock }, { "id": shirt }],
                    "collections": [{ "id": collection }], "variants": [] },
                "except": { "variants": [{ "id": variant }], "attributeChoices": [{ "id": choice }] },
            },
        });
        assert_eq!(found, expected);

        let delete = format!(
            "mutation {{ productDelete(id: \"{sock}\") {{ userErrors {{ message }} }}
            collectionDelete(id: \"{collection}\") {{ userErrors {{ message }} }}
            customerGroupDelete(id: \"{group}\") {{ userErrors {{ message }} }} }}"
        );
        owner.query(&delete).await.data();
        let found = read(&owner, &id, fields).await["conditions"].take();
        assert_eq!(found["items"]["only"]["products"], json!([{ "id": shirt }]));
        assert_eq!(found["items"]["only"]["collections"], json!([]));
        assert_eq!((&found["customerGroups"], &found["hasCustomerGroups"]), (&json!([]), &json!(true)));
    })
    .await;
}

#[tokio::test]
async fn groups_are_shown_to_those_who_may_see_them() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({})).await;

        let operation = "query($id: ID!) { promotion(id: $id) { name conditions { customerGroups { id } } } }";
        let reply = staff.run(operation, json!({ "id": id })).await;

        assert_eq!(reply.code(), Some("FORBIDDEN"));
        assert_eq!(
            reply.json["data"]["promotion"],
            json!({ "name": "Sale", "conditions": { "customerGroups": null } })
        );
    })
    .await;
}

#[tokio::test]
async fn each_kind_of_action_reads_back() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        let variant = fixture::variant(&owner, &product).await;
        for (class, action, fields, expected) in actions(&product, &variant) {
            let id = promotion(&owner, json!({ "action": action })).await;

            let found = read(&owner, &id, &format!("class action {{ {fields} }}")).await;

            assert_eq!(found, json!({ "class": class, "action": expected }));
        }
    })
    .await;
}

/// Actions with their class, what is asked of them, and what is answered.
fn actions(product: &str, variant: &str) -> Vec<(&'static str, Value, String, Value)> {
    let usd = json!([{ "amount": "5", "currency": "USD" }]);
    let five = json!([{ "amount": "5.00" }]);
    let only = json!({ "only": { "products": [product] } });
    let names = "{ only { products { id } } except { products { id } } }";
    let named = json!({ "only": { "products": [{ "id": product }] }, "except": { "products": [] } });
    let all = json!({ "only": { "products": [] }, "except": { "products": [] } });
    let cases = [
        (
            "CATALOGUE",
            json!({ "catalogue": { "discount": { "priceEach": usd }, "items": only } }),
            format!("catalogue {{ discount {{ priceEach {{ amount }} percentage }} items {names} }}"),
            json!({ "catalogue": { "discount": { "priceEach": five, "percentage": null }, "items": named } }),
        ),
        (
            "ITEMS",
            json!({ "items": { "discount": { "amountTogether": usd }, "items": only } }),
            format!("items {{ discount {{ amountTogether {{ amount }} amountEach {{ amount }} }} items {names} }}"),
            json!({ "items": { "discount": { "amountTogether": five, "amountEach": null }, "items": named } }),
        ),
        (
            "ITEMS",
            json!({ "units": { "discount": { "amountEach": usd }, "units": 2, "pick": "DEAREST" } }),
            format!("units {{ discount {{ amountEach {{ amount }} }} items {names} units pick }}"),
            json!({ "units": { "discount": { "amountEach": five }, "items": all, "units": 2, "pick": "DEAREST" } }),
        ),
        (
            "ITEMS",
            json!({ "buyGet": { "buy": only, "buyUnits": 2, "rewardUnits": 1, "mostBatches": 3,
                    "discount": { "percentage": "33.3333" } } }),
            format!("buyGet {{ buy {names} buyUnits reward {names} rewardUnits discount {EACH} pick mostBatches }}"),
            json!({ "buyGet": { "buy": named, "buyUnits": 2, "reward": all, "rewardUnits": 1, "discount": {
                    "percentage": "33.3333", "amountEach": null, "amountTogether": null, "priceEach": null,
                }, "pick": "CHEAPEST", "mostBatches": 3 } }),
        ),
        (
            "ORDER",
            json!({ "order": { "discount": { "amount": usd } } }),
            "order { discount { percentage amount { amount } } }".to_owned(),
            json!({ "order": { "discount": { "percentage": null, "amount": five } } }),
        ),
        (
            "GIFT",
            json!({ "gift": { "variant": variant } }),
            "gift { variant { id } quantity }".to_owned(),
            json!({ "gift": { "variant": { "id": variant }, "quantity": 1 } }),
        ),
        (
            "SHIPPING",
            json!({ "shipping": { "discount": { "price": usd } } }),
            "shipping { discount { percentage amount { amount } price { amount } } hasMethods }".to_owned(),
            json!({ "shipping": { "discount": { "percentage": null, "amount": null, "price": five },
                    "hasMethods": false } }),
        ),
    ];
    cases.into()
}

#[tokio::test]
async fn a_page_takes_as_many_statements_whatever_is_on_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        let page = "{ promotions { totalCount nodes { id useCount channels { slug } codes(first: 2) { totalCount
            nodes { code useCount } } conditions { customerGroups { id } items { only { products { name }
            collections { name } variants { id } attributeChoices { id } } } }
            action { items { items { only { products { name } } } } gift { variant { id } } } } } }";
        let make = async |name: &str| {
            let product = fixture::product(&owner, json!({ "name": name })).await;
            let variant = fixture::variant(&owner, &product).await;
            let only = json!({ "only": { "products": [product], "variants": [variant],
                "collections": [fixture::collection(&owner, json!({ "name": name })).await] } });
            coded(&owner, name, json!({ "conditions": { "items": only } })).await;
            let gift = json!({ "gift": { "variant": variant } });
            promotion(&owner, json!({ "action": gift })).await;
            let items = json!({ "items": { "discount": { "percentage": "5" }, "items": only } });
            promotion(&owner, json!({ "action": items })).await;
        };
        make("first").await;
        let (_, few) = counted(&owner, page, json!({})).await;
        for name in ["second", "third", "fourth", "fifth"] {
            make(name).await;
        }

        let (reply, many) = counted(&owner, page, json!({})).await;

        assert_eq!(reply.at("/promotions/totalCount"), 15);
        assert_eq!(reply.at("/promotions/nodes/2/codes/totalCount"), 1);
        assert_eq!(many, few);
    })
    .await;
}

#[tokio::test]
async fn shipping_can_be_cheaper_by_some_methods() {
    on_both(async |app| {
        let owner = app.owner().await;
        let zone = crate::shipping::zone(&owner, json!({})).await;
        let method = crate::shipping::method(&owner, &zone, json!({})).await;
        let action = json!({ "shipping": { "discount": { "percentage": "100" }, "methods": [method, method] } });
        let id = promotion(&owner, json!({ "action": action })).await;
        let fields = "action { shipping { hasMethods methods { id } } }";

        let found = read(&owner, &id, fields).await;
        assert_eq!(found["action"]["shipping"], json!({ "hasMethods": true, "methods": [{ "id": method }] }));
        let delete = format!("mutation {{ shippingMethodDelete(id: \"{method}\") {{ userErrors {{ message }} }} }}");
        owner.query(&delete).await.data();
        let found = read(&owner, &id, fields).await;
        assert_eq!(found["action"]["shipping"], json!({ "hasMethods": true, "methods": [] }));
        let operation = format!("query($id: ID!) {{ promotion(id: $id) {{ {fields} }} }}");
        let reply = staff(app).await.run(&operation, json!({ "id": id })).await;
        assert_eq!(reply.code(), Some("FORBIDDEN"));
    })
    .await;
}

//! Price lists are created, changed, deleted and found.

use super::*;
use crate::support::statements::counted;
use crate::support::{on_both, sql};

#[tokio::test]
async fn a_list_is_created_changed_and_deleted() {
    on_both(async |app| {
        let (owner, staff) = (app.owner().await, staff(app).await);
        let groups = [group(&owner, "Trade").await, group(&owner, "Club").await];
        let input = json!({
            "groups": groups, "startsAt": "2026-03-01T12:30:00Z", "endsAt": "2036-03-01T12:30:00Z",
            "externalId": "p1", "metadata": [{ "key": "a", "value": "1" }],
            "privateMetadata": [{ "key": "b", "value": "2" }],
        });

        let reply = create(&staff, input).await;
        let id = reply.text("/priceListCreate/priceList/id");
        let expected = json!({
            "id": id, "name": "Trade", "currency": "USD", "isActive": true, "startsAt": "2026-03-01T12:30:00Z",
            "endsAt": "2036-03-01T12:30:00Z", "externalId": "p1", "version": 1, "channels": [{ "slug": "default" }],
            "groups": [{ "name": "Club" }, { "name": "Trade" }], "metadata": [{ "value": "1" }],
            "privateMetadata": [{ "value": "2" }], "prices": { "totalCount": 0 },
        });
        assert_eq!(reply.at("/priceListCreate/priceList"), &expected);

        let change = json!({ "name": "Club", "groups": [groups[1]], "isActive": false, "endsAt": null, "startsAt": null,
            "externalId": null, "channels": [], "expectedVersion": 1 });
        let reply = update(&staff, &id, change).await;
        let expected = json!({
            "id": id, "name": "Club", "currency": "USD", "isActive": false, "startsAt": null, "endsAt": null,
            "externalId": null, "version": 2, "channels": [], "groups": [{ "name": "Club" }],
        });
        assert_eq!(reply.at("/priceListUpdate/priceList"), &expected);
        let reply = update(&staff, &id, json!({ "groups": null, "channels": ["default"], "currency": "USD" })).await;
        assert_eq!(reply.at("/priceListUpdate/priceList/groups"), &json!([]));
        assert_eq!(update(&staff, &id, json!({ "name": "Club" })).await.at("/priceListUpdate/priceList/version"), 3);

        let variant = product(&owner, "Shirt", &["10"]).await.1.remove(0);
        price(&staff, &id, &variant, 1, "8").await;
        assert_eq!(delete(&staff, &id).await.at("/priceListDelete/priceList"), &Value::Null);
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM price_list_price").await, 0);
        let expected = ["1 price_list.created", "2 price_list.updated", "3 price_list.updated"];
        let history = fixture::history(app, &id).await;
        assert_eq!(history[..3], expected);
        assert_eq!(history[3..], ["4 price_list.prices_changed", "5 price_list.deleted"]);
    })
    .await;
}

#[tokio::test]
async fn lists_are_paged_by_name_and_filtered() {
    on_both(async |app| {
        let (owner, staff) = (app.owner().await, staff(app).await);
        let trade = group(&owner, "Trade").await;
        fixture::channel(&owner, json!({})).await;
        list(&staff, json!({ "name": "b", "groups": [trade], "externalId": "x" })).await;
        list(&staff, json!({ "name": "A", "isActive": false })).await;
        list(&staff, json!({ "name": "C", "currency": "JPY", "channels": ["japan"] })).await;
        let query = "query($first: Int, $after: String, $filter: PriceListFilter) {
            priceLists(first: $first, after: $after, filter: $filter) {
                totalCount nodes { name } pageInfo { endCursor hasNextPage } } }";
        let page = async |first: i32, after: Option<String>, filter: Value| {
            let reply = staff.run(query, json!({ "first": first, "after": after, "filter": filter })).await;
            let nodes = reply.at("/priceLists/nodes").as_array().unwrap().clone();
            let names: Vec<_> = nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect();
            (names, reply.at("/priceLists/totalCount").clone(), reply.at("/priceLists/pageInfo/endCursor").clone())
        };

        let (names, count, cursor) = page(2, None, json!({})).await;
        assert_eq!((names, count), (vec!["A".to_owned(), "b".to_owned()], json!(3)));
        let after = cursor.as_str().map(str::to_owned);
        assert_eq!(page(2, after, json!({})).await.0, ["C"]);
        assert_eq!(page(9, None, json!({ "isActive": false })).await.0, ["A"]);
        assert_eq!(page(9, None, json!({ "group": trade })).await.0, ["b"]);
        assert_eq!(page(9, None, json!({ "externalId": "x" })).await.0, ["b"]);
        assert_eq!(page(9, None, json!({ "channel": "japan" })).await.0, ["C"]);
        assert_eq!(page(9, None, json!({ "channel": "mars" })).await.0, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn lists_cost_the_same_statements_however_many_there_are() {
    on_both(async |app| {
        let (owner, staff) = (app.owner().await, staff(app).await);
        let trade = group(&owner, "Trade").await;
        let variant = product(&owner, "Shirt", &["10"]).await.1.remove(0);
        for n in 0..6 {
            let id = list(&staff, json!({ "name": format!("List {n}"), "groups": [trade] })).await;
            price(&staff, &id, &variant, 1, "8").await;
            price(&staff, &id, &variant, 5, "7").await;
        }
        let query = "query($first: Int) { priceLists(first: $first) { nodes { channels { slug } groups { name }
            prices(first: 2) { totalCount nodes { fromQuantity variant { sku } } pageInfo { hasNextPage } } } } }";

        let (reply, at_2) = counted(&staff, query, json!({ "first": 2 })).await;
        let (_, at_6) = counted(&staff, query, json!({ "first": 6 })).await;

        assert_eq!(reply.at("/priceLists/nodes/1/prices/nodes/1/fromQuantity"), 5);
        assert_eq!(at_2, at_6);
    })
    .await;
}

#[tokio::test]
async fn only_those_who_may_find_a_list_by_its_id() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = list(&staff, json!({})).await;
        let query = "query($id: ID!) { node(id: $id) { ... on PriceList { name } } }";

        assert_eq!(staff.run(query, json!({ "id": id })).await.at("/node/name"), "Trade");
        assert_eq!(app.anonymous().run(query, json!({ "id": id })).await.at("/node"), &Value::Null);
        let other = app.staff(&[Permission::PriceListWrite]).await;
        assert_eq!(other.run(query, json!({ "id": id })).await.at("/node"), &Value::Null);
    })
    .await;
}

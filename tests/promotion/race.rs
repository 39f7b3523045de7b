//! Two at once.

use std::collections::BTreeSet;

use futures::future::join_all;

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn codes_that_are_made_up_at_once_are_all_there() {
    on_both(async |app| {
        let staff = staff(app).await;
        let ids = [
            promotion(&staff, json!({ "needsCode": true })).await,
            promotion(&staff, json!({ "needsCode": true })).await,
        ];
        let input = json!({ "count": 200, "prefix": "x", "length": 8 });

        let replies = join_all((0..6).map(|index| generate(&staff, &ids[index % 2], input.clone()))).await;

        let mut all = BTreeSet::new();
        for reply in &replies {
            assert_eq!(reply.user_errors(), [""; 0]);
            let codes = reply.at("/promotionCodesGenerate/codes").as_array().unwrap();
            assert_eq!(codes.len(), 200);
            all.extend(codes.iter().map(|code| code["code"].as_str().unwrap().to_owned()));
        }
        assert_eq!(all.len(), 1_200);
        for id in &ids {
            assert_eq!(read(&staff, id, "codes { totalCount }").await["codes"]["totalCount"], 600);
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_that_many_enter_at_once_is_there_once() {
    on_both(async |app| {
        let staff = staff(app).await;
        let mut ids = Vec::new();
        for _ in 0..4 {
            ids.push(promotion(&staff, json!({ "needsCode": true })).await);
        }
        let (there, back) = (json!({ "codes": ["aaa", "bbb", "ccc"] }), json!({ "codes": ["ccc", "bbb", "aaa"] }));

        let enter =
            |index: usize| add(&staff, &ids[index], if index.is_multiple_of(2) { there.clone() } else { back.clone() });
        let replies = join_all((0..4).map(enter)).await;

        let done = replies.iter().filter(|reply| reply.user_errors().is_empty()).count();
        assert_eq!(done, 1);
        for reply in replies.iter().filter(|reply| !reply.user_errors().is_empty()) {
            let expected = ["TAKEN input.codes.0", "TAKEN input.codes.1", "TAKEN input.codes.2"];
            assert_eq!(reply.user_errors(), expected);
        }
    })
    .await;
}

#[tokio::test]
async fn of_changes_with_one_version_one_is_made() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({})).await;

        let change = |index: i32| update(&staff, &id, json!({ "priority": index + 1, "expectedVersion": 1 }));
        let replies = join_all((0..6).map(change)).await;

        assert_eq!(replies.iter().filter(|reply| reply.user_errors().is_empty()).count(), 1);
        assert_eq!(read(&staff, &id, "version").await["version"], 2);
    })
    .await;
}

//! The questions that storefronts ask, for the server in GraphQL and for the baseline as an address.
//!
//! Both have answered each of them once, and alike, before anything is measured. Only the cursors of pages are their
//! own: where one page follows another, each is asked with the cursor that it gave.

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use crate::Result;
use crate::load::{Connection, Exchange};
use crate::process::Process;
use crate::shop::{self, SEED};

/// So many pages of each collection are asked for, if it has them. All are full, so that those of small shops weigh as
/// much as those of large ones.
const PAGES: usize = 10;
/// So many product pages are asked for, of products all over the shop.
const PRODUCTS: usize = 4_000;

const COLLECTIONS: &str = "{ collections(first: 100) { nodes { id slug } } }";

const LISTING: &str = "query Listing($collection: ID!, $after: String) {
  products(first: 24, after: $after, filter: {collection: $collection}, sort: {field: NAME}) {
    nodes { id name slug priceRange { lowest { amount currency } } image { url altText } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}";

const NESTED: &str = "query Collection($slug: String!, $after: String) {
  collectionBySlug(slug: $slug) {
    name
    products(first: 24, after: $after, sort: {field: NAME}) {
      nodes { id name slug priceRange { lowest { amount currency } } image { url altText } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}";

const PRODUCT: &str = "query Product($slug: String!) {
  productBySlug(slug: $slug) {
    id name slug description vendor type
    priceRange { lowest { amount } highest { amount } }
    images { id url altText }
    collections { id name slug }
    options { name values { name } }
    variants {
      id sku isAvailable
      price { amount currency } compareAtPrice { amount }
      selectedOptions { name value }
      image { url }
    }
    attributes { attribute { code name } values { label } }
  }
}";

/// The counts beside a list: each is asked of other products, so that none is remembered.
const FILTER_BAR: &str = "query FilterBar($from: Decimal!) {
  products(first: 1, filter: {price: {from: $from}}) {
    facets {
      attributes { attribute { code } values { value label count } }
      vendors { value count } types { value count } tags { value count }
      price { lowest { amount } highest { amount } } available
    }
  }
}";
/// So many are asked for, more of small shops, which answer faster: what was asked a moment ago is remembered.
const FILTER_BARS: usize = 1_000;
const FILTER_BARS_OF_SMALL_SHOPS: usize = 4_000;

pub struct Workload {
    pub name: &'static str,
    pub server: Vec<Exchange>,
    /// Empty where the server is measured alone, by one client.
    pub baseline: Vec<Exchange>,
}

/// All workloads over a shop of so many products.
pub fn all(server: &Process, baseline: &Process, products: usize) -> Result<Vec<Workload>> {
    let mut asker = Asker { server: Connection::open(server.port)?, baseline: Connection::open(baseline.port)? };
    let collections = asker.collections()?;
    let mut by_id = Workload { name: "W1", server: Vec::new(), baseline: Vec::new() };
    let mut by_slug = Workload { name: "W1n", server: Vec::new(), baseline: Vec::new() };
    for Collection { id, slug } in &collections {
        let server = |after: Option<&str>| graphql(LISTING, &json!({ "collection": id, "after": after }));
        let baseline = |after: Option<&str>| page("/w1", ("collection", id), after);
        asker.pages(&mut by_id, "/data/products/pageInfo", server, baseline)?;
        let server = |after: Option<&str>| graphql(NESTED, &json!({ "slug": slug, "after": after }));
        let baseline = |after: Option<&str>| page("/w1n", ("slug", slug), after);
        asker.pages(&mut by_slug, "/data/collectionBySlug/products/pageInfo", server, baseline)?;
    }
    let mut workloads = vec![by_id, by_slug, asker.products(products)?, asker.filter_bars(products)?];
    for workload in &mut workloads {
        // Both in the same order.
        workload.server.shuffle(&mut StdRng::seed_from_u64(SEED));
        workload.baseline.shuffle(&mut StdRng::seed_from_u64(SEED));
    }
    Ok(workloads)
}

struct Collection {
    id: String,
    slug: String,
}

struct Asker {
    server: Connection,
    baseline: Connection,
}

impl Asker {
    fn collections(&mut self) -> Result<Vec<Collection>> {
        let answer = self.server.ask(&graphql(COLLECTIONS, &json!({})))?;
        let answer: Value = serde_json::from_slice(answer)?;
        let text = |node: &Value, field: &str| node[field].as_str().unwrap_or_default().to_owned();
        let nodes = answer.pointer("/data/collections/nodes").and_then(Value::as_array).ok_or("no collections")?;
        Ok(nodes.iter().map(|node| Collection { id: text(node, "id"), slug: text(node, "slug") }).collect())
    }

    /// Pages through one list.
    fn pages(
        &mut self,
        workload: &mut Workload,
        page_info: &str,
        server: impl Fn(Option<&str>) -> Vec<u8>,
        baseline: impl Fn(Option<&str>) -> Vec<u8>,
    ) -> Result<()> {
        let mut after = [None, None];
        for _ in 0..PAGES {
            let answers = self.compare(workload, server(after[0].as_deref()), baseline(after[1].as_deref()))?;
            let info = answers.map(|answer| answer.pointer(page_info).cloned().unwrap_or_default());
            if info[0]["hasNextPage"] != true {
                // The last page was compared, but it need not be full.
                workload.server.pop();
                workload.baseline.pop();
                break;
            }
            after = info.map(|info| info["endCursor"].as_str().map(str::to_owned));
        }
        Ok(())
    }

    fn products(&mut self, count: usize) -> Result<Workload> {
        let mut workload = Workload { name: "W2", server: Vec::new(), baseline: Vec::new() };
        let mut slugs: Vec<String> = shop::products(count).map(|product| product.slug).collect();
        slugs.shuffle(&mut StdRng::seed_from_u64(SEED));
        for slug in slugs.iter().take(PRODUCTS) {
            let answers = self.compare(
                &mut workload,
                graphql(PRODUCT, &json!({ "slug": slug })),
                page("/w2", ("slug", slug), None),
            )?;
            if answers[0].pointer("/data/productBySlug/variants/0/price/amount").is_none() {
                return Err(format!("the product {slug} lacks what it should have: {}", answers[0]).into());
            }
        }
        Ok(workload)
    }

    /// Bars over nearly the whole shop, whose prices all begin above a few units.
    fn filter_bars(&mut self, products: usize) -> Result<Workload> {
        let mut workload = Workload { name: "W3", server: Vec::new(), baseline: Vec::new() };
        let count = if products > 10_000 { FILTER_BARS } else { FILTER_BARS_OF_SMALL_SHOPS };
        for cents in 0..count {
            let from = format!("{}.{:02}", cents / 100, cents % 100);
            let request = graphql(FILTER_BAR, &json!({ "from": from }));
            let answer = self.server.ask(&request)?;
            let length = answer.len();
            let answer: Value = serde_json::from_slice(answer)?;
            let counted = answer.pointer("/data/products/facets/attributes/0/values/0/count");
            if counted.and_then(Value::as_u64).is_none_or(|count| count == 0) {
                return Err(format!("a filter bar counts nothing: {answer}").into());
            }
            workload.server.push(Exchange { request, length });
        }
        Ok(workload)
    }

    /// Asks both; their answers must hold the same facts.
    fn compare(&mut self, workload: &mut Workload, server: Vec<u8>, baseline: Vec<u8>) -> Result<[Value; 2]> {
        let answers = [self.server.ask(&server)?, self.baseline.ask(&baseline)?];
        let [of_server, of_baseline] = answers.map(<[u8]>::len);
        let answers: [Value; 2] = [serde_json::from_slice(answers[0])?, serde_json::from_slice(answers[1])?];
        if answers[0].get("errors").is_some() || without_cursors(&answers[0]) != without_cursors(&answers[1]) {
            let [server, baseline] = answers;
            return Err(format!("{} has two answers:\n{server:#}\n{baseline:#}", workload.name).into());
        }
        workload.server.push(Exchange { request: server, length: of_server });
        workload.baseline.push(Exchange { request: baseline, length: of_baseline });
        Ok(answers)
    }
}

/// Whether there is a cursor is a fact; what it looks like is not.
fn without_cursors(answer: &Value) -> Value {
    match answer {
        Value::Object(fields) => {
            let is_cursor = |name: &str, value: &Value| name.ends_with("Cursor") && value.is_string();
            let field = |(name, value): (&String, &Value)| {
                (name.clone(), if is_cursor(name, value) { json!("a cursor") } else { without_cursors(value) })
            };
            Value::Object(fields.iter().map(field).collect())
        }
        Value::Array(items) => items.iter().map(without_cursors).collect(),
        other => other.clone(),
    }
}

fn graphql(query: &str, variables: &Value) -> Vec<u8> {
    let body = json!({ "query": query, "variables": variables }).to_string();
    let length = body.len();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Accept: application/graphql-response+json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn page(path: &str, (name, value): (&str, &str), after: Option<&str>) -> Vec<u8> {
    let mut query = Serializer::new(String::new());
    query.append_pair(name, value);
    if let Some(after) = after {
        query.append_pair("after", after);
    }
    format!("GET {path}?{} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n", query.finish())
        .into_bytes()
}

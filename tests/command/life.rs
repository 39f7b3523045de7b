//! How a server ends: when it is asked to, and when it is killed.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database, Statement};
use serde_json::{Value, json};

use super::{Answer, PATIENCE, Server, Shop, post_head};

const OWNER: &str = "ana@shop.example";
const PASSWORD: &str = "correct horse battery";

fn shop_with_owner() -> Shop {
    let shop = Shop::migrated();
    let command = ["staff", "create", "--email", OWNER, "--password-stdin"];
    assert_eq!(shop.run_with_input(&command, &[], PASSWORD).code, 0);
    shop
}

fn create_product(server: &Server, token: &str, name: &str) -> Answer {
    const CREATE: &str = "mutation($input: ProductCreateInput!) { productCreate(input: $input) { product { id } } }";
    server.graphql(Some(token), CREATE, json!({ "input": { "name": name } }))
}

fn count_products(server: &Server) -> Value {
    let token = server.sign_in(OWNER, PASSWORD).unwrap();
    server.graphql(Some(&token), "{ products { totalCount } }", json!({})).json()["data"]["products"]["totalCount"]
        .clone()
}

/// Waits until the server takes no new connections.
fn wait_until_refused(server: &Server) {
    let started = Instant::now();
    while TcpStream::connect(("127.0.0.1", server.port)).is_ok() {
        assert!(started.elapsed() < PATIENCE, "the server still takes connections");
        sleep(Duration::from_millis(10));
    }
}

/// Sends the head of a request and waits until the server asks for its body.
fn begin(server: &Server, body: &str) -> TcpStream {
    let mut stream = server.connect();
    let head = post_head(body.len(), None) + "Expect: 100-continue\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).unwrap();
    assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream
}

#[test]
fn a_request_in_flight_is_finished_before_the_server_ends() {
    for signal in ["TERM", "INT"] {
        let shop = Shop::migrated();
        let mut server = shop.serve(&[]);
        let body = json!({ "query": "{ shop { version } }" }).to_string();
        let mut stream = begin(&server, &body);

        server.signal(signal);
        wait_until_refused(&server);
        stream.write_all(body.as_bytes()).unwrap();
        let answer = Answer::read(&mut stream);

        assert_eq!(answer.status, 200, "{signal}: {answer:?}");
        assert!(answer.json()["data"]["shop"]["version"].is_string());
        assert_eq!(server.wait().code(), Some(0), "{signal}: {}", server.output());
    }
}

#[test]
fn an_idle_connection_does_not_delay_the_end() {
    let shop = Shop::migrated();
    let mut server = shop.serve(&[]);
    let _idle = server.connect();
    let started = Instant::now();

    server.signal("TERM");

    assert_eq!(server.wait().code(), Some(0));
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[tokio::test]
async fn what_was_answered_survives_a_kill() {
    let shop = shop_with_owner();
    let mut server = shop.serve(&[]);
    let before = count_products(&server).as_u64().unwrap();
    let token = server.sign_in(OWNER, PASSWORD).unwrap();
    for number in 0..5 {
        let answer = create_product(&server, &token, &format!("Mug {number}"));
        assert!(answer.json()["data"]["productCreate"]["product"].is_object(), "{answer:?}");
    }

    server.signal("KILL");
    assert!(!server.wait().success());

    let server = shop.serve(&[]);
    assert_eq!(count_products(&server), json!(before + 5));
    drop(server);
    let file = shop.folder.path().join("tradepost.db");
    let database = Database::connect(format!("sqlite://{}", file.display())).await.unwrap();
    let check = Statement::from_string(database.get_database_backend(), "PRAGMA integrity_check");
    let row = database.query_one_raw(check).await.unwrap().unwrap();
    assert_eq!(row.try_get_by_index::<String>(0).unwrap(), "ok");
}

#[test]
fn tokens_of_production_outlive_a_restart() {
    let shop = shop_with_owner();
    let environment = super::production("sqlite://tradepost.db");
    let mut server = shop.serve(&environment);
    let token = server.sign_in(OWNER, PASSWORD).unwrap();
    server.signal("TERM");
    assert_eq!(server.wait().code(), Some(0));

    let server = shop.serve(&environment);

    let answer = server.graphql(Some(&token), "{ viewer { staffUser { email } } }", json!({})).json();
    assert_eq!(answer.pointer("/data/viewer/staffUser/email"), Some(&json!(OWNER)), "{answer}");
}

//! Asks over kept HTTP/1.1 connections, one request at a time on each, with as little work of its own as possible: it
//! shares the processors with what it measures.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;

/// A request, and how long the body of its answer is.
pub struct Exchange {
    pub request: Vec<u8>,
    pub length: usize,
}

pub struct Connection {
    stream: TcpStream,
    /// An answer, and behind its end the rest of earlier ones.
    buffer: Vec<u8>,
}

impl Connection {
    pub fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self { stream, buffer: vec![0; 16 * 1024] })
    }

    /// Sends a request and gives the body of the answer, which has to be one of success.
    pub fn ask(&mut self, request: &[u8]) -> Result<&[u8]> {
        self.stream.write_all(request)?;
        let mut filled = 0;
        let head = loop {
            filled += self.read(filled)?;
            if let Some(end) = self.buffer.get(..filled).and_then(end_of_head) {
                break end;
            }
        };
        let length = content_length(&self.buffer[..head]).ok_or("an answer does not say how long it is")?;
        let end = head + length;
        while filled < end {
            filled += self.read(filled)?;
        }
        let answer = &self.buffer[..end];
        if answer.starts_with(b"HTTP/1.1 200") {
            Ok(&answer[head..])
        } else {
            Err(String::from_utf8_lossy(answer).into())
        }
    }

    fn read(&mut self, filled: usize) -> Result<usize> {
        if filled == self.buffer.len() {
            self.buffer.resize(2 * filled, 0);
        }
        match self.stream.read(&mut self.buffer[filled..])? {
            0 => Err("a connection was closed in the middle of an answer".into()),
            count => Ok(count),
        }
    }
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|position| position + 4)
}

fn content_length(head: &[u8]) -> Option<usize> {
    let mut lines = std::str::from_utf8(head).ok()?.split("\r\n");
    let value = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim())
    });
    value?.parse().ok()
}

struct Client {
    connection: Connection,
    /// How many requests it has sent: it goes on where it was, so that nothing is asked again before all else was.
    asked: usize,
}

/// The same questions asked of one process again and again, by several clients at the same time.
pub struct Load {
    clients: Vec<Mutex<Client>>,
    exchanges: Vec<Exchange>,
}

impl Load {
    pub fn new(port: u16, connections: usize, exchanges: Vec<Exchange>) -> Result<Self> {
        let client = |_| Ok(Mutex::new(Client { connection: Connection::open(port)?, asked: 0 }));
        Ok(Self { clients: (0..connections).map(client).collect::<Result<_>>()?, exchanges })
    }

    /// Asks for so long, and tells how long each answer took.
    pub fn run(&self, duration: Duration) -> Result<Vec<Duration>> {
        let end = Instant::now() + duration;
        thread::scope(|scope| {
            let clients = self.clients.iter().enumerate();
            let clients: Vec<_> =
                clients.map(|(number, client)| scope.spawn(move || self.client(number, client, end))).collect();
            let mut latencies = Vec::new();
            for client in clients {
                latencies.extend(client.join().map_err(|_| "a client has failed")??);
            }
            Ok(latencies)
        })
    }

    /// One client begins elsewhere than the others, so that each request asks for something else than the one before.
    fn client(&self, number: usize, client: &Mutex<Client>, end: Instant) -> Result<Vec<Duration>> {
        let mut client = client.lock().map_err(|_| "a client has failed before")?;
        let first = (number * self.exchanges.len() / self.clients.len() + client.asked) % self.exchanges.len();
        let mut latencies = Vec::with_capacity(16 * 1024);
        for exchange in self.exchanges.iter().cycle().skip(first) {
            let began = Instant::now();
            if began >= end {
                break;
            }
            client.asked += 1;
            let answer = client.connection.ask(&exchange.request)?;
            if answer.len() != exchange.length {
                return Err(format!("an answer is not what it was before: {}", String::from_utf8_lossy(answer)).into());
            }
            latencies.push(began.elapsed());
        }
        Ok(latencies)
    }
}

//! Connections from the environment, and what a session receives besides answers.

use rustls::pki_types::{CertificateDer, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::env::var;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;
use tokio_postgres::config::SslMode;
use tokio_postgres::{AsyncMessage, Client, Config, Error};
use tokio_postgres_rustls::MakeRustlsConnect;

pub const PARAMETERS: [&str; 15] = [
    "server_version", "server_encoding", "client_encoding", "application_name", "is_superuser",
    "session_authorization", "DateStyle", "IntervalStyle", "TimeZone", "integer_datetimes",
    "standard_conforming_strings", "in_hot_standby", "default_transaction_read_only",
    "scram_iterations", "search_path",
];

/// A client, with the messages and parameter values that its connection task has seen.
pub struct Session {
    pub client: Client,
    pub messages: UnboundedReceiver<AsyncMessage>,
    pub parameters: Arc<Mutex<HashMap<&'static str, String>>>,
    pub ended: JoinHandle<Option<Error>>,
}

impl std::ops::Deref for Session {
    type Target = Client;
    fn deref(&self) -> &Client {
        &self.client
    }
}

pub fn tls(authority: &str) -> MakeRustlsConnect {
    let mut roots = RootCertStore::empty();
    let file = var(authority).expect(authority);
    for certificate in CertificateDer::pem_file_iter(file).expect("certificate file") {
        roots.add(certificate.expect("certificate")).expect("certificate");
    }
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    MakeRustlsConnect::new(config)
}

pub fn config() -> Config {
    let mut config = Config::new();
    config
        .host(var("PGHOST").expect("PGHOST"))
        .port(var("PGPORT").expect("PGPORT").parse().expect("PGPORT"))
        .user(var("PGUSER").expect("PGUSER"))
        .password(var("PGPASSWORD").expect("PGPASSWORD"))
        .dbname(var("PGDATABASE").expect("PGDATABASE"))
        .ssl_mode(SslMode::Require);
    config
}

pub async fn connect() -> Result<Session, Error> {
    connect_with(&config()).await
}

pub async fn connect_with(config: &Config) -> Result<Session, Error> {
    let (client, mut connection) = config.connect(tls("PGSSLROOTCERT")).await?;
    let (sender, messages) = unbounded_channel();
    let parameters = Arc::new(Mutex::new(HashMap::new()));
    let seen = parameters.clone();
    let ended = tokio::spawn(async move {
        poll_fn(move |context| {
            loop {
                let polled = connection.poll_message(context);
                let mut seen = seen.lock().expect("parameters");
                for name in PARAMETERS {
                    if let Some(value) = connection.parameter(name) {
                        seen.insert(name, value.to_owned());
                    }
                }
                match polled {
                    std::task::Poll::Pending => return std::task::Poll::Pending,
                    std::task::Poll::Ready(None) => return std::task::Poll::Ready(None),
                    std::task::Poll::Ready(Some(Err(e))) => return std::task::Poll::Ready(Some(e)),
                    std::task::Poll::Ready(Some(Ok(message))) => drop(sender.send(message)),
                }
            }
        })
        .await
    });
    Ok(Session { client, messages, parameters, ended })
}

impl Session {
    pub async fn table(&self, columns: &str) -> Result<(), Error> {
        self.batch_execute(&format!(
            "set client_min_messages to error; drop table if exists tokio_t; \
             create table tokio_t ({columns})"
        ))
        .await
    }

    pub async fn number(&self, sql: &str) -> Result<i64, Error> {
        Ok(self.query_one(sql, &[]).await?.get(0))
    }

    pub async fn count(&self) -> Result<i64, Error> {
        self.number("select count(*) from tokio_t").await
    }
}

/// SQLSTATE of a refusal; what was not refused is an error of the case.
pub fn code<T>(result: Result<T, Error>) -> Result<Value, String> {
    match result {
        Ok(_) => Err("not refused".into()),
        Err(e) => Ok(json!(e.code().ok_or(format!("not an error of the server: {e:?}"))?.code())),
    }
}

pub fn digest(data: &[u8]) -> Value {
    let hash: String = Sha256::digest(data)[..8].iter().map(|b| format!("{b:02x}")).collect();
    json!(format!("{} bytes sha256:{hash}", data.len()))
}

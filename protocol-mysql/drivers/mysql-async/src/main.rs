//! The driver cases with mysql_async (its own protocol code) and rustls.

mod session;
mod statements;

use mysql_async::prelude::*;
use mysql_async::{Conn, Error, OptsBuilder, Row, SslOpts, Value as Sql};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::env::var;
use std::path::PathBuf;
use std::time::Duration;

type Outcome = Result<Value, Box<dyn std::error::Error + Send + Sync>>;

const NUMBERS: &str = "(with recursive n(g) as (select 1 union all select g + 1 from n where g < 900) \
     select a.g + 900 * (b.g - 1) as seq from n a, n b where b.g <= 112) s";

fn variable(name: &str) -> String {
    var(name).unwrap_or_default()
}

fn options(ca: &str) -> OptsBuilder {
    let tls = SslOpts::default().with_root_certs(vec![PathBuf::from(variable(ca)).into()]);
    OptsBuilder::default()
        .ip_or_hostname(variable("SERVER_HOST"))
        .tcp_port(variable("SERVER_PORT").parse().unwrap_or_default())
        .user(Some(variable("SERVER_USER")))
        .pass(Some(variable("SERVER_PASSWORD")))
        .db_name(Some(variable("SERVER_DATABASE")))
        .prefer_socket(false)
        .ssl_opts((variable("SERVER_TLS") != "plain").then_some(tls))
}

fn usual() -> OptsBuilder {
    options("SERVER_CA")
}

async fn connect() -> mysql_async::Result<Conn> {
    Conn::new(usual()).await
}

fn shown(value: &Sql) -> Value {
    match value {
        Sql::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => json!(text),
            Err(_) => json!(format!("{bytes:x?}")),
        },
        other => json!(format!("{other:?}")),
    }
}

fn list(rows: Vec<Row>) -> Value {
    rows.into_iter()
        .map(|row| row.unwrap().iter().map(shown).collect::<Value>())
        .collect()
}

async fn rows(conn: &mut Conn, sql: &str) -> mysql_async::Result<Value> {
    Ok(list(conn.query(sql).await?))
}

async fn prepared(conn: &mut Conn, sql: &str, values: Vec<Sql>) -> mysql_async::Result<Value> {
    Ok(list(conn.exec(sql, values).await?))
}

/// The server's error; anything else is shown as it is.
fn fields(error: &Error) -> Value {
    match error {
        Error::Server(e) => json!([e.code, e.state, e.message]),
        other => json!(other.to_string()),
    }
}

fn either(outcome: mysql_async::Result<Value>) -> Value {
    outcome.unwrap_or_else(|e| fields(&e))
}

async fn table(conn: &mut Conn) -> mysql_async::Result<()> {
    conn.query_drop("drop table if exists t").await?;
    conn.query_drop("create table t (id int primary key, v text)")
        .await
}

fn digest(data: &[u8]) -> String {
    let hash: String = Sha256::digest(data)
        .iter()
        .take(8)
        .map(|b| format!("{b:02x}"))
        .collect();
    format!("{} bytes sha256:{hash}", data.len())
}

async fn run(name: &str) -> Outcome {
    match name {
        "connect-tls" => session::connect_tls().await,
        "tls-untrusted" => session::tls_untrusted().await,
        "wrong-password" => session::wrong_password().await,
        "long-password" => session::long_password().await,
        "connection-id" => session::connection_id().await,
        "database-change" => session::database_change().await,
        "session-variables" => session::session_variables().await,
        "types-text" => statements::types_text().await,
        "types-binary" => statements::types_binary().await,
        "nulls" => statements::nulls().await,
        "charset" => statements::charset().await,
        "transaction-commit" => statements::transaction_commit().await,
        "transaction-rollback" => statements::transaction_rollback().await,
        "savepoint" => statements::savepoint().await,
        "error-fields" => statements::error_fields().await,
        "error-unknown" => {
            statements::errors(&["select 'é', x.* from no_such_table x", "selec 1"]).await
        }
        "error-in-rows" => {
            let sql = format!("select (select 1 union select if(seq = 5000, 2, 1)) from {NUMBERS}");
            statements::errors(&[&sql]).await
        }
        "error-in-transaction" => statements::error_in_transaction().await,
        "empty-query" => statements::errors(&[""]).await,
        "prepared-reuse" => statements::prepared_reuse().await,
        "prepared-error" => statements::prepared_error().await,
        "batch" => statements::batch().await,
        "counts" => statements::counts().await,
        "large-value" => statements::large_value().await,
        "many-rows" => statements::many_rows().await,
        "cursor" => statements::cursor().await,
        "multi-statement" => statements::multi_statement().await,
        "procedure" => statements::procedure().await,
        "local-infile" => session::local_infile().await,
        "ping" => session::ping().await,
        "reset-connection" => session::reset_connection().await,
        "cancel" => session::cancel().await,
        "driver-cancel" | "change-user" => Ok(json!("unsupported by driver")),
        "timeout" => session::timeout().await,
        "short-connections" => session::short_connections().await,
        "idle" => session::idle().await,
        "terminate" => session::terminate().await,
        unknown => Err(format!("no case {unknown}").into()),
    }
}

#[tokio::main]
async fn main() {
    let mut failed = false;
    for name in std::env::args().skip(1) {
        let outcome = match tokio::time::timeout(Duration::from_secs(120), run(&name)).await {
            Ok(outcome) => outcome,
            Err(late) => Err(late.into()),
        };
        let line = match outcome {
            Ok(result) => json!({"case": name, "ok": true, "result": result}),
            Err(e) => {
                failed = true;
                json!({"case": name, "ok": false, "error": format!("{e:?}")})
            }
        };
        println!("{line}");
    }
    std::process::exit(i32::from(failed));
}

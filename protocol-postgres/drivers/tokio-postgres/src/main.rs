//! The driver cases with tokio-postgres (its own protocol code, binary formats) and rustls.

mod connection;
mod copying;
mod session;
mod statements;
mod values;

use serde_json::{Value, json};
use std::time::Duration;

type Outcome = Result<Value, Box<dyn std::error::Error + Send + Sync>>;

async fn run(name: &str) -> Outcome {
    match name {
        "connect-tls" => session::connect_tls().await,
        "tls-untrusted" => session::tls_untrusted().await,
        "channel-binding" => session::channel_binding().await,
        "wrong-password" => session::wrong_password().await,
        "protocol-latest" | "backend-pid" => Ok(json!("unsupported by driver")),
        "parameter-status" => session::parameter_status().await,
        "timezone-change" => session::timezone_change().await,
        "types-text" => values::types_text().await,
        "types-binary" => values::types_binary().await,
        "nulls" => values::nulls().await,
        "arrays" => values::arrays().await,
        "transaction-commit" => statements::transaction_commit().await,
        "transaction-rollback" => statements::transaction_rollback().await,
        "savepoint" => statements::savepoint().await,
        "error-fields" => statements::error_fields().await,
        "error-unknown" => statements::error_unknown().await,
        "error-in-rows" => statements::error_in_rows().await,
        "error-in-transaction" => statements::error_in_transaction().await,
        "empty-query" => statements::empty_query().await,
        "pipeline" => statements::pipeline().await,
        "pipeline-error" => statements::pipeline_error().await,
        "prepared-reuse" => statements::prepared_reuse().await,
        "cursor" => statements::cursor().await,
        "copy-in-text" => copying::in_text().await,
        "copy-in-binary" => copying::in_binary().await,
        "copy-out-text" => copying::out_text().await,
        "copy-out-binary" => copying::out_binary().await,
        "copy-in-fails" => copying::in_fails().await,
        "listen-notify" => session::listen_notify().await,
        "cancel" => session::cancel().await,
        "large-value" => values::large_value().await,
        "many-rows" => values::many_rows().await,
        "multi-statement" => statements::multi_statement().await,
        "notice" => session::notice().await,
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

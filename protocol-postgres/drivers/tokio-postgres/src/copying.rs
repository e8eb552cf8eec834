//! COPY in both directions and formats.

use crate::Outcome;
use crate::connection::{Session, code, connect, digest};
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt, TryStreamExt, pin_mut, stream};
use serde_json::{Value, json};
use tokio_postgres::Error;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

const COPY_IN: &str = "copy tokio_t from stdin";

async fn summary(c: &Session) -> Result<Value, Error> {
    let sql = "select count(*) || ' ' || md5(string_agg(t::text, '|' order by id)) from tokio_t t";
    Ok(json!(c.query_one(sql, &[]).await?.get::<_, String>(0)))
}

async fn send(c: &Session, parts: Vec<String>) -> Result<u64, Error> {
    let sink = c.copy_in::<_, Bytes>(COPY_IN).await?;
    pin_mut!(sink);
    sink.send_all(&mut stream::iter(parts).map(|part| Ok(Bytes::from(part)))).await?;
    sink.finish().await
}

pub async fn in_text() -> Outcome {
    let c = connect().await?;
    c.table("id int, v text").await?;
    let lines = (0..5000).map(|i| format!("{i}\ttab\\tnl\\n {i}\n")).collect();
    Ok(json!([send(&c, lines).await?, summary(&c).await?]))
}

pub async fn in_binary() -> Outcome {
    let c = connect().await?;
    c.table("id int, v text, b bytea").await?;
    let sink = c.copy_in("copy tokio_t from stdin (format binary)").await?;
    let writer = BinaryCopyInWriter::new(sink, &[Type::INT4, Type::TEXT, Type::BYTEA]);
    pin_mut!(writer);
    for i in 0..5000i32 {
        writer.as_mut().write(&[&i, &format!("v{i}"), &vec![i as u8]]).await?;
    }
    let done = writer.finish().await?;
    Ok(json!([done, summary(&c).await?]))
}

async fn out(options: &str) -> Outcome {
    let c = connect().await?;
    let sql = format!(
        "copy (select g, 'tab' || chr(9) || g, null, g/8.0 from generate_series(1, 5000) g) \
         to stdout {options}"
    );
    let parts: Vec<Bytes> = c.copy_out(&sql).await?.try_collect().await?;
    Ok(digest(&parts.concat()))
}

pub async fn out_text() -> Outcome {
    Ok(json!([out("").await?, out("(format csv, header)").await?]))
}

pub async fn out_binary() -> Outcome {
    out("(format binary)").await
}

pub async fn in_fails() -> Outcome {
    let c = connect().await?;
    c.table("id int, v text").await?;
    let bad = vec!["1\ta\nx\tb\n".to_owned(), "5\tmore\n".repeat(50000)];
    let refused = code(send(&c, bad).await)?;
    let after = c.count().await?;
    {
        let sink = c.copy_in::<_, Bytes>(COPY_IN).await?;
        pin_mut!(sink);
        sink.send(Bytes::from("1\ta\n")).await?; // and dropped unfinished: CopyFail
    }
    Ok(json!([refused, after, c.count().await?]))
}

//! Transactions, errors, pipelines, prepared statements, portals.

use crate::Outcome;
use crate::connection::{Session, code, connect};
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio_postgres::{Error, SimpleQueryMessage};

const COLUMNS: &str = "id int primary key, v text";

pub async fn transaction_commit() -> Outcome {
    let (mut c, other) = (connect().await?, connect().await?);
    c.table(COLUMNS).await?;
    let tx = c.client.transaction().await?;
    tx.execute("insert into tokio_t values (1, 'a')", &[]).await?;
    let before = other.count().await?;
    tx.commit().await?;
    Ok(json!([before, other.count().await?]))
}

pub async fn transaction_rollback() -> Outcome {
    let mut c = connect().await?;
    c.table(COLUMNS).await?;
    let tx = c.client.transaction().await?;
    tx.execute("insert into tokio_t values (1, 'a')", &[]).await?;
    let inside: i64 = tx.query_one("select count(*) from tokio_t", &[]).await?.get(0);
    tx.rollback().await?;
    Ok(json!([inside, c.count().await?]))
}

pub async fn savepoint() -> Outcome {
    let mut c = connect().await?;
    c.table(COLUMNS).await?;
    let mut tx = c.client.transaction().await?;
    tx.execute("insert into tokio_t values (1, 'a')", &[]).await?;
    let inner = tx.savepoint("s").await?;
    inner.execute("insert into tokio_t values (2, 'b')", &[]).await?;
    let refused = code(inner.execute("insert into tokio_t values (1, 'again')", &[]).await)?;
    inner.rollback().await?;
    tx.execute("insert into tokio_t values (3, 'c')", &[]).await?;
    tx.commit().await?;
    let sql = "select string_agg(id::text, ',' order by id) from tokio_t";
    let ids: String = c.query_one(sql, &[]).await?.get(0);
    Ok(json!([refused, ids]))
}

fn fields<T>(result: Result<T, Error>) -> Result<Value, String> {
    let Err(error) = result else { return Err("not refused".into()) };
    let e = error.as_db_error().ok_or(format!("not an error of the server: {error:?}"))?;
    let position = format!("{:?}", e.position());
    Ok(json!([e.severity(), e.code().code(), e.message(), e.detail(), e.hint(), position,
        e.where_(), e.schema(), e.table(), e.column(), e.constraint(), e.file(), e.line(),
        e.routine()]))
}

pub async fn error_fields() -> Outcome {
    let c = connect().await?;
    c.table(COLUMNS).await?;
    errors(
        &c,
        &[
            "select 1/0",
            "insert into tokio_t values (1, 'a'), (1, 'b')",
            "do $$begin raise exception 'raised %', 7 using errcode='GH001', detail='d', hint='h'; end$$",
        ],
    )
    .await
}

pub async fn error_unknown() -> Outcome {
    let c = connect().await?;
    let seen = errors(&c, &["select 'é', * from no_such_table", "selec 1"]).await?;
    Ok(json!([seen, fields(c.query("select 1; select 2", &[]).await)?]))
}

async fn errors(c: &Session, statements: &[&str]) -> Outcome {
    let mut seen = vec![];
    for &sql in statements {
        seen.push(fields(c.query(sql, &[]).await)?);
        seen.push(fields(c.batch_execute(sql).await)?);
        seen.push(json!(c.number("select 1::int8").await?));
    }
    Ok(json!(seen))
}

pub async fn error_in_rows() -> Outcome {
    let c = connect().await?;
    let sql = "select 10/(5000-g), repeat('x', 100) from generate_series(1, 9000) g";
    Ok(json!([code(c.query(sql, &[]).await)?, c.number("select 1::int8").await?]))
}

pub async fn error_in_transaction() -> Outcome {
    let c = connect().await?;
    c.table(COLUMNS).await?;
    c.batch_execute("begin; insert into tokio_t values (1, 'a')").await?;
    let first = code(c.query("select 1/0", &[]).await)?;
    let second = code(c.query("select 1", &[]).await)?;
    c.batch_execute("commit").await?;
    Ok(json!([first, second, c.count().await?]))
}

pub async fn empty_query() -> Outcome {
    let c = connect().await?;
    c.batch_execute("").await?;
    c.batch_execute(";").await?;
    Ok(json!([c.query("", &[]).await?.len(), c.execute("", &[]).await?]))
}

pub async fn pipeline() -> Outcome {
    let c = connect().await?;
    c.table(COLUMNS).await?;
    let insert = c.prepare("insert into tokio_t values ($1, 'v')").await?;
    let ids: Vec<i32> = (0..500).collect();
    let sent = ids.iter().map(|id| {
        let (c, insert) = (&c, &insert);
        async move { c.execute(insert, &[id]).await }
    });
    let done = join_all(sent).await.into_iter().collect::<Result<Vec<u64>, Error>>()?;
    Ok(json!([done.iter().sum::<u64>(), c.number("select sum(id) from tokio_t").await?]))
}

pub async fn pipeline_error() -> Outcome {
    let c = connect().await?;
    c.table(COLUMNS).await?;
    let insert = c.prepare("insert into tokio_t values (10/$1::int4, 'v') returning id").await?;
    let sent = [1, 0, 2].map(|n| {
        let (c, insert) = (&c, &insert);
        async move { c.query_one(insert, &[&n]).await }
    });
    let seen: Vec<Value> = join_all(sent)
        .await
        .into_iter()
        .map(|answer| match answer {
            Ok(row) => json!(row.get::<_, i32>(0)),
            Err(e) => json!(e.code().map(|code| code.code().to_owned())),
        })
        .collect();
    Ok(json!([seen, c.count().await?]))
}

pub async fn prepared_reuse() -> Outcome {
    let c = connect().await?;
    c.table(COLUMNS).await?;
    let plus = c.prepare("select $1::int4 + 1").await?;
    let mut total = 0;
    for i in 0..100i32 {
        total += c.query_one(&plus, &[&i]).await?.get::<_, i32>(0);
    }
    let star = c.prepare("select * from tokio_t").await?;
    c.batch_execute("alter table tokio_t add column w int").await?;
    let changed = code(c.query(&star, &[]).await)?;
    drop((plus, star)); // closes both on the server
    let sql = "select count(*) from pg_prepared_statements where statement like '%$1::int4 + 1'";
    Ok(json!([total, changed, c.number(sql).await?]))
}

pub async fn cursor() -> Outcome {
    let mut c = connect().await?;
    let tx = c.client.transaction().await?;
    let portal = tx.bind("select g from generate_series(1, $1::int4) g", &[&1000i32]).await?;
    let mut seen = vec![];
    for _ in 0..3 {
        let rows = tx.query_portal(&portal, 300).await?;
        seen.push(json!([rows.len(), rows[0].get::<_, i32>(0)]));
        tx.query_one("select 'between'", &[]).await?;
    }
    seen.push(json!(tx.query_portal(&portal, 0).await?.len()));
    drop(portal);
    tx.commit().await?;
    Ok(json!(seen))
}

pub async fn multi_statement() -> Outcome {
    let c = connect().await?;
    c.table(COLUMNS).await?;
    let sql = "insert into tokio_t values (1, 'a'); select 1;; select 2, 'x'";
    let mut seen = vec![];
    for message in c.simple_query(sql).await? {
        seen.push(match message {
            SimpleQueryMessage::Row(row) => json!((0..row.len()).map(|i| row.get(i)).collect::<Vec<_>>()),
            SimpleQueryMessage::CommandComplete(rows) => json!(rows),
            SimpleQueryMessage::RowDescription(columns) => json!(columns.len()),
            other => json!(format!("{other:?}")),
        });
    }
    let failing = "insert into tokio_t values (2, 'b'); select 1/0; select 3";
    let refused = code(c.batch_execute(failing).await)?;
    Ok(json!([seen, refused, c.count().await?]))
}

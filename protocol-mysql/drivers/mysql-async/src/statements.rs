//! Statements, values and results.

use crate::{NUMBERS, Outcome, connect, digest, either, fields, prepared, rows, shown, table};
use mysql_async::prelude::*;
use mysql_async::{Conn, Row, TxOpts, Value as Sql};
use serde_json::{Value, json};

const TYPED: &str = "create table y (a bigint, u bigint unsigned, f float, d double, n decimal(40, 6), y year, \
     bi bit(9), e enum('x', 'y'), s set('p', 'q'), b blob, dt datetime(6), ts timestamp(3) null, t time(6), \
     j json, c char(4), tx longtext) character set utf8mb4";
const ROWS: [&str; 2] = [
    "-1, 18446744073709551615, 1.25, -1.25e300, -12345678901234567890.000100, 2024, b'100000001', 'y', 'p,q', \
     x'0001feff', '1999-12-31 23:59:59.000001', '2024-02-29 12:00:00.123', '-838:59:59', '{\"a\": [1]}', 'é', '🦆'",
    "null, 0, 0, 0, 0, 1901, b'0', 'x', '', '', '1000-01-01', null, '00:00:00', 'null', '', ''",
];

async fn typed(conn: &mut Conn) -> mysql_async::Result<()> {
    conn.query_drop("drop table if exists y").await?;
    conn.query_drop(TYPED).await?;
    for row in ROWS {
        conn.query_drop(format!("insert into y values ({row})"))
            .await?;
    }
    Ok(())
}

pub async fn types_text() -> Outcome {
    let mut conn = connect().await?;
    typed(&mut conn).await?;
    let found = conn.query_iter("select * from y").await?;
    let columns: Vec<String> = found
        .columns_ref()
        .iter()
        .map(|c| format!("{c:?}"))
        .collect();
    drop(found);
    Ok(json!([columns, rows(&mut conn, "select * from y").await?]))
}

pub async fn types_binary() -> Outcome {
    let mut conn = connect().await?;
    typed(&mut conn).await?;
    let mut seen = vec![prepared(&mut conn, "select * from y", vec![]).await?];
    let values: Vec<Sql> = vec![
        true.into(),
        i64::MIN.into(),
        u64::MAX.into(),
        1.5f32.into(),
        (-1.25e300).into(),
        "".into(),
        "naïve 'q' \" \\ 漢字 🦆".into(),
        vec![0u8, 1, 254, 255].into(),
        Sql::Date(1999, 12, 31, 23, 59, 59, 1),
        Sql::Time(true, 34, 22, 59, 59, 0),
    ];
    for value in values {
        seen.push(prepared(&mut conn, "select ?, hex(?)", vec![value.clone(), value]).await?);
    }
    Ok(json!(seen))
}

pub async fn nulls() -> Outcome {
    let mut conn = connect().await?;
    let sql = "select null, ?, cast(null as date), cast(? as char), cast(null as decimal(5,2))";
    Ok(json!([
        rows(&mut conn, "select null, 7, cast(null as date)").await?,
        prepared(&mut conn, sql, vec![7.into(), Sql::NULL]).await?
    ]))
}

pub async fn charset() -> Outcome {
    let text = Sql::from("é漢🦆");
    let sql = "select ?, hex(?), char_length(?), hex('é'), '🦆'";
    Ok(prepared(
        &mut connect().await?,
        sql,
        vec![text.clone(), text.clone(), text],
    )
    .await?)
}

async fn count(conn: &mut Conn) -> mysql_async::Result<Value> {
    rows(conn, "select count(*) from t").await
}

pub async fn transaction_commit() -> Outcome {
    let (mut conn, mut other) = (connect().await?, connect().await?);
    table(&mut conn).await?;
    let mut transaction = conn.start_transaction(TxOpts::default()).await?;
    transaction
        .query_drop("insert into t values (1, 'a')")
        .await?;
    let before = count(&mut other).await?;
    transaction.commit().await?;
    Ok(json!([before, count(&mut other).await?]))
}

pub async fn transaction_rollback() -> Outcome {
    let mut conn = connect().await?;
    table(&mut conn).await?;
    let mut transaction = conn.start_transaction(TxOpts::default()).await?;
    transaction
        .query_drop("insert into t values (1, 'a')")
        .await?;
    transaction.rollback().await?;
    Ok(count(&mut conn).await?)
}

pub async fn savepoint() -> Outcome {
    let mut conn = connect().await?;
    table(&mut conn).await?;
    let mut seen = Vec::new();
    for sql in [
        "begin",
        "insert into t values (1, 'a')",
        "savepoint s",
        "insert into t values (2, 'b')",
        "insert into t values (1, 'again')",
        "rollback to s",
        "insert into t values (3, 'c')",
        "commit",
        "select id from t order by id",
    ] {
        seen.push(either(rows(&mut conn, sql).await));
    }
    Ok(json!(seen))
}

pub async fn errors(statements: &[&str]) -> Outcome {
    let mut conn = connect().await?;
    table(&mut conn).await?;
    let mut seen = Vec::new();
    for sql in statements {
        match rows(&mut conn, sql).await {
            Ok(_) => return Err(format!("not refused: {sql}").into()),
            Err(e) => seen.push(fields(&e)),
        }
        seen.push(rows(&mut conn, "select 1").await?);
    }
    Ok(json!(seen))
}

pub async fn error_fields() -> Outcome {
    errors(&[
        "insert into t values (1, 'a'), (1, 'b')",
        "insert into t values (null, 'b')",
        "insert into t values (99999999999, 'b')",
        "signal sqlstate '45000' set message_text = 'raised é', mysql_errno = 5007",
    ])
    .await
}

pub async fn error_in_transaction() -> Outcome {
    let mut conn = connect().await?;
    table(&mut conn).await?;
    let mut seen = Vec::new();
    for sql in [
        "begin",
        "insert into t values (1, 'a')",
        "insert into t values (1, 'again')",
        "commit",
        "select count(*) from t",
    ] {
        seen.push(either(rows(&mut conn, sql).await));
    }
    Ok(json!(seen))
}

pub async fn prepared_reuse() -> Outcome {
    let mut conn = connect().await?;
    table(&mut conn).await?;
    conn.query_drop("insert into t values (1, 'a')").await?;
    let sum = conn.prep("select ? + 1").await?;
    let mut total = 0;
    for i in 0..100 {
        let value: Option<i64> = conn.exec_first(&sum, (i,)).await?;
        total += value.unwrap_or_default();
    }
    let every = conn.prep("select * from t").await?;
    let mut seen = vec![json!(total)];
    for _ in 0..2 {
        let found: Vec<Row> = conn.exec(&every, ()).await?;
        seen.push(crate::list(found));
        conn.query_drop("alter table t add column w int")
            .await
            .unwrap_or_default();
    }
    Ok(json!(seen))
}

pub async fn prepared_error() -> Outcome {
    let mut conn = connect().await?;
    table(&mut conn).await?;
    let mut seen = vec![either(prepared(&mut conn, "selec ?", vec![1.into()]).await)];
    for values in [
        vec![1.into(), "a".into()],
        vec![1.into(), "b".into()],
        vec![2.into(), Sql::NULL],
    ] {
        seen.push(either(
            prepared(&mut conn, "insert into t values (?, ?)", values).await,
        ));
    }
    seen.push(count(&mut conn).await?);
    Ok(json!(seen))
}

pub async fn batch() -> Outcome {
    let mut conn = connect().await?;
    table(&mut conn).await?;
    let values = (0..1000).map(|i| (i, format!("v'{i}")));
    conn.exec_batch("insert into t values (?, ?)", values)
        .await?;
    Ok(rows(
        &mut conn,
        "select count(*), sum(id), sha2(group_concat(v order by id), 256) from t",
    )
    .await?)
}

pub async fn counts() -> Outcome {
    let mut conn = connect().await?;
    table(&mut conn).await?;
    let mut seen = Vec::new();
    for sql in [
        "alter table t modify id int auto_increment",
        "insert into t (v) values ('a'), ('b')",
        "update t set v = 'a'",
        "select 1/0, cast('x' as signed)",
    ] {
        let found = rows(&mut conn, sql).await?;
        seen.push(json!([
            found,
            conn.affected_rows(),
            conn.last_insert_id(),
            conn.info(),
            conn.get_warnings()
        ]));
    }
    Ok(json!([seen, rows(&mut conn, "show warnings").await?]))
}

pub async fn large_value() -> Outcome {
    let data: Vec<u8> = (0..8 << 20).map(|i: u32| i as u8).collect();
    let mut conn = connect().await?;
    let found: Option<(u64, Vec<u8>)> = conn
        .exec_first("select length(?), ?", (&data, &data))
        .await?;
    let (length, back) = found.ok_or("no row")?;
    Ok(json!([length, digest(&back)]))
}

pub async fn many_rows() -> Outcome {
    let sql = format!("select seq, sha2(seq, 256) from {NUMBERS} order by seq limit 100000");
    let found = rows(&mut connect().await?, &sql).await?;
    Ok(json!([
        found.as_array().map(Vec::len),
        digest(found.to_string().as_bytes())
    ]))
}

/// Rows are read as they come.
pub async fn cursor() -> Outcome {
    let mut conn = connect().await?;
    let sql = format!("select seq from {NUMBERS} where seq <= 10000 order by seq");
    let mut found = conn.exec_iter(sql, ()).await?;
    let mut first = Vec::new();
    for _ in 0..3 {
        let row: Option<Row> = found.next().await?;
        first.extend(
            row.into_iter()
                .flat_map(Row::unwrap)
                .map(|value| shown(&value)),
        );
    }
    found.drop_result().await?;
    Ok(json!([first, rows(&mut conn, "select 'after'").await?]))
}

async fn every_result(conn: &mut Conn, sql: &str) -> mysql_async::Result<Value> {
    let mut found = conn.query_iter(sql).await?;
    let mut seen = Vec::new();
    while !found.is_empty() || seen.is_empty() {
        let rows: Vec<Row> = found.collect().await?;
        seen.push(crate::list(rows));
    }
    Ok(json!(seen))
}

pub async fn multi_statement() -> Outcome {
    let mut conn = connect().await?;
    table(&mut conn).await?;
    let good = every_result(
        &mut conn,
        "select 1; select 2, 'x'; insert into t values (1, 'a')",
    )
    .await;
    let bad = every_result(
        &mut conn,
        "insert into t values (2, 'b'); select 1 from no_such_table; select 3",
    )
    .await;
    // The driver says the error once more to who asks next.
    Ok(json!([
        either(good),
        either(bad),
        count(&mut connect().await?).await?
    ]))
}

pub async fn procedure() -> Outcome {
    let mut conn = connect().await?;
    conn.query_drop("drop procedure if exists p").await?;
    conn.query_drop(
        "create procedure p(in a int, out b int) begin select a, 'first'; \
         select 'second' union select 'x'; set b = a + 1; end",
    )
    .await?;
    let seen = every_result(&mut conn, "call p(7, @b)").await;
    Ok(json!([either(seen), rows(&mut conn, "select @b").await?]))
}

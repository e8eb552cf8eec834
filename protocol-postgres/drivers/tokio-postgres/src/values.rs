//! Values of every common type. The driver always asks for binary; text is its simple query.

use crate::Outcome;
use crate::connection::{Session, connect, digest};
use bytes::BytesMut;
use futures_util::{TryStreamExt, pin_mut};
use serde_json::json;
use std::error::Error;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{SimpleQueryMessage, SimpleQueryRow};

const VALUES: [(&str, &str); 24] = [
    ("bool", "true"), ("int2", "-32768"), ("int4", "2147483647"), ("int8", "-9223372036854775808"),
    ("float4", "1.5"), ("float8", "-1.25e+300"), ("float8", "NaN"),
    ("numeric", "-123456789012345678901234567890.000100"), ("numeric", "NaN"),
    ("text", "naïve ''quoted'' \\ 漢字 🦆"), ("text", ""), ("varchar", "varchar"),
    ("bytea", "\\x0001feff"), ("date", "2024-02-29"), ("time", "23:59:59.999999"),
    ("timestamp", "1999-12-31 23:59:59.000001"), ("timestamptz", "2024-02-29 12:00:00.123456+00"),
    ("interval", "3 days 00:00:05.000007"), ("uuid", "12345678-1234-5678-1234-567812345678"),
    ("json", "{\"a\": [1, null, \"é\"]}"), ("jsonb", "{\"b\": {\"c\": 1.5}}"),
    ("inet", "192.0.2.1/24"), ("int4range", "[1,10)"), ("int4[]", "{1,NULL,3}"),
];

/// The bytes of a value of any type, as they are on the wire.
#[derive(Debug, PartialEq)]
struct Raw(Vec<u8>);

impl<'a> FromSql<'a> for Raw {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Raw, Box<dyn Error + Sync + Send>> {
        Ok(Raw(raw.to_vec()))
    }
    fn accepts(_: &Type) -> bool {
        true
    }
}

impl ToSql for Raw {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}

fn rows(messages: Vec<SimpleQueryMessage>) -> impl Iterator<Item = SimpleQueryRow> {
    messages.into_iter().filter_map(|m| match m {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    })
}

pub async fn types_text() -> Outcome {
    let c = connect().await?;
    let mut seen = vec![];
    for (name, value) in VALUES {
        let answer = c.simple_query(&format!("select '{value}'::{name}")).await?;
        for row in rows(answer) {
            seen.push(json!([name, row.get(0)]));
        }
    }
    Ok(json!(seen))
}

pub async fn types_binary() -> Outcome {
    let c = connect().await?;
    let mut seen = vec![];
    for (name, value) in VALUES {
        let first: Raw = c.query_one(&format!("select '{value}'::{name}"), &[]).await?.get(0);
        let sql = format!("select $1::{name}, $1::{name}::text");
        let row = c.query_one(&sql, &[&first]).await?;
        let back: Raw = row.get(0);
        assert_eq!(first, back, "{name}");
        seen.push(json!([name, format!("{:02x?}", back.0), row.get::<_, &str>(1)]));
    }
    Ok(json!(seen))
}

pub async fn nulls() -> Outcome {
    let c = connect().await?;
    let mut seen = vec![];
    for (name, _) in VALUES {
        let sql = format!("select $1::{name}, $2::int4, null::{name}");
        let row = c.query_one(&sql, &[&None::<Raw>, &7i32]).await?;
        let (a, b, d): (Option<Raw>, i32, Option<Raw>) = (row.get(0), row.get(1), row.get(2));
        seen.push(json!([a.is_none(), b, d.is_none()]));
    }
    Ok(json!(seen))
}

async fn array<T>(c: &Session, name: &str, value: Vec<Option<T>>) -> Outcome
where
    T: ToSql + Sync + std::fmt::Debug + for<'a> FromSql<'a>,
{
    let row = c.query_one(&format!("select $1::{name}[], $1::{name}[]::text"), &[&value]).await?;
    let back: Vec<Option<T>> = row.get(0);
    Ok(json!([format!("{back:?}"), row.get::<_, &str>(1)]))
}

pub async fn arrays() -> Outcome {
    let c = connect().await?;
    let words = ["a,b", "quo\"te", "", "NULL", "{}"].map(|w| Some(w.to_owned())).to_vec();
    let two = c.query_one("select '{{1,2},{3,4}}'::int8[]", &[]).await?.get::<_, Raw>(0);
    let back = c.query_one("select $1::int8[], $1::int8[]::text", &[&two]).await?;
    Ok(json!([
        array(&c, "int4", vec![Some(1), None, Some(3)]).await?,
        array(&c, "text", words).await?,
        array(&c, "float8", Vec::<Option<f64>>::new()).await?,
        array(&c, "bytea", vec![Some(vec![0u8, 255]), Some(vec![])]).await?,
        back.get::<_, &str>(1),
    ]))
}

pub async fn large_value() -> Outcome {
    let data: Vec<u8> = (0..16 << 20).map(|i: u32| i as u8).collect();
    let c = connect().await?;
    let back: Vec<u8> = c.query_one("select $1::bytea", &[&data]).await?.get(0);
    Ok(digest(&back))
}

pub async fn many_rows() -> Outcome {
    let c = connect().await?;
    let none: [i32; 0] = [];
    let sql = "select g, md5(g::text) from generate_series(1, 100000) g";
    let stream = c.query_raw(sql, none).await?;
    pin_mut!(stream);
    let (mut total, mut all) = (0, String::new());
    while let Some(row) = stream.try_next().await? {
        total += 1;
        all += &format!("{} {};", row.get::<_, i32>(0), row.get::<_, &str>(1));
    }
    Ok(json!([total, digest(all.as_bytes())]))
}

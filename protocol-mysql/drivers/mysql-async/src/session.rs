//! Login, what a session keeps, and how it ends.

use crate::{Outcome, connect, either, fields, options, prepared, rows, table, usual, variable};
use mysql_async::prelude::*;
use mysql_async::{Conn, Value as Sql};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::sleep;

pub async fn connect_tls() -> Outcome {
    Ok(rows(&mut connect().await?, "select current_user(), database()").await?)
}

async fn login(builder: mysql_async::OptsBuilder) -> Value {
    match Conn::new(builder).await {
        Ok(mut conn) => either(rows(&mut conn, "select 'accepted'").await),
        Err(e) => fields(&e),
    }
}

pub async fn tls_untrusted() -> Outcome {
    if variable("SERVER_TLS") == "plain" {
        return Ok(json!("refused"));
    }
    let said = login(options("OTHER_CA")).await;
    let refused = said.to_string().contains("invalid peer certificate");
    Ok(if refused { json!("refused") } else { said })
}

pub async fn wrong_password() -> Outcome {
    let said = login(usual().pass(Some("not the password"))).await;
    Ok(json!([said[0], said[1]]))
}

pub async fn long_password() -> Outcome {
    Ok(login(
        usual()
            .user(Some("tokened"))
            .pass(Some(variable("LONG_PASSWORD"))),
    )
    .await)
}

pub async fn connection_id() -> Outcome {
    let mut conn = connect().await?;
    let said: Option<u32> = conn.query_first("select connection_id()").await?;
    Ok(json!(said == Some(conn.id())))
}

pub async fn database_change() -> Outcome {
    let mut conn = connect().await?;
    let mut seen = Vec::new();
    for sql in [
        "use information_schema",
        "use no_such_database",
        "use drivers",
    ] {
        seen.push(either(rows(&mut conn, sql).await));
        seen.push(rows(&mut conn, "select database()").await?);
    }
    Ok(json!(seen))
}

pub async fn session_variables() -> Outcome {
    let mut conn = connect().await?;
    conn.query_drop("set time_zone = '+05:00', sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'")
        .await?;
    let sql = "select @@time_zone, cast(from_unixtime(0) as char), 'a' || 'b', @@sql_mode";
    let seen = rows(&mut conn, sql).await?;
    conn.query_drop("set sql_mode = default").await?;
    Ok(json!([seen, rows(&mut conn, "select 'a' || 'b'").await?]))
}

/// The driver offers no file without a handler for it, and it has none here.
pub async fn local_infile() -> Outcome {
    let mut conn = connect().await?;
    table(&mut conn).await?;
    let seen = rows(&mut conn, "load data local infile '/dev/null' into table t").await;
    Ok(json!(seen.is_err()))
}

pub async fn ping() -> Outcome {
    let mut conn = connect().await?;
    conn.query_drop("set @a = 5").await?;
    conn.ping().await?;
    Ok(rows(&mut conn, "select @a, database()").await?)
}

pub async fn reset_connection() -> Outcome {
    let mut conn = connect().await?;
    conn.query_drop("set @a = 5").await?;
    conn.query_drop("create temporary table r (a int)").await?;
    let reset = conn.reset().await?;
    Ok(json!([
        reset,
        rows(&mut conn, "select @a, database()").await?,
        either(rows(&mut conn, "select * from r").await)
    ]))
}

pub async fn cancel() -> Outcome {
    let (mut conn, mut other) = (connect().await?, connect().await?);
    let id = conn.id();
    let kill = async {
        sleep(Duration::from_millis(500)).await;
        other.query_drop(format!("kill query {id}")).await
    };
    let (slept, killed) = tokio::join!(rows(&mut conn, "select sleep(20)"), kill);
    killed?;
    Ok(json!([either(slept), rows(&mut conn, "select 1").await?]))
}

pub async fn timeout() -> Outcome {
    let sql = if variable("SERVER_NAME").starts_with("mariadb") {
        "set statement max_statement_time = 1 for select sleep(20)"
    } else {
        "select /*+ max_execution_time(1000) */ sleep(20) from dual where 1 = 1"
    };
    let mut conn = connect().await?;
    let seen = either(rows(&mut conn, sql).await);
    Ok(json!([seen, rows(&mut conn, "select 1").await?]))
}

pub async fn short_connections() -> Outcome {
    let mut workers = Vec::new();
    for worker in 0..10u64 {
        workers.push(tokio::spawn(async move {
            let mut total = 0;
            for i in 0..6 {
                let mut conn = connect().await?;
                let value: Option<u64> = conn.exec_first("select ?", (worker * 6 + i,)).await?;
                total += value.unwrap_or_default();
                conn.disconnect().await?;
            }
            Ok::<u64, mysql_async::Error>(total)
        }));
    }
    let mut total = 0;
    for worker in workers {
        total += worker.await??;
    }
    Ok(json!(total))
}

pub async fn idle() -> Outcome {
    let mut conn = connect().await?;
    rows(&mut conn, "select 1").await?;
    sleep(Duration::from_secs(3)).await;
    Ok(rows(&mut conn, "select 2").await?)
}

async fn gone(watch: &mut Conn, id: u64) -> Result<&'static str, mysql_async::Error> {
    for _ in 0..200 {
        let sql = "select count(*) from information_schema.processlist where id = ?";
        if prepared(watch, sql, vec![Sql::from(id)]).await? == json!([["Int(0)"]]) {
            return Ok("gone");
        }
        sleep(Duration::from_millis(50)).await;
    }
    Ok("still there")
}

pub async fn terminate() -> Outcome {
    let (mut watch, mut leaving, mut killed) =
        (connect().await?, connect().await?, connect().await?);
    let id: Option<u64> = leaving.query_first("select connection_id()").await?;
    leaving.disconnect().await?;
    let left = gone(&mut watch, id.unwrap_or_default()).await?;
    let id: u64 = killed
        .query_first("select connection_id()")
        .await?
        .unwrap_or_default();
    watch.query_drop(format!("kill {}", killed.id())).await?;
    gone(&mut watch, id).await?;
    let error = either(rows(&mut killed, "select 1").await);
    let mut anew = connect().await?;
    Ok(json!([left, error, rows(&mut anew, "select 1").await?]))
}

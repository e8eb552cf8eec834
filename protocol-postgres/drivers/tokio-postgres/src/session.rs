//! Login, messages that nobody asked for, cancel, the ends of connections.

use crate::Outcome;
use crate::connection::{code, config, connect, connect_with, tls};
use futures_util::future::try_join_all;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::sleep;
use tokio_postgres::AsyncMessage;
use tokio_postgres::config::ChannelBinding;

pub async fn connect_tls() -> Outcome {
    let c = connect().await?;
    let sql = "select current_user::text, session_user::text, current_database()::text";
    let row = c.query_one(sql, &[]).await?;
    Ok(json!([row.get::<_, &str>(0), row.get::<_, &str>(1), row.get::<_, &str>(2)]))
}

pub async fn tls_untrusted() -> Outcome {
    match config().connect(tls("OTHER_CA")).await {
        Ok(_) => Ok(json!("accepted")),
        Err(e) if format!("{e:?}").contains("InvalidCertificate") => Ok(json!("refused")),
        Err(e) => Err(e.into()),
    }
}

pub async fn channel_binding() -> Outcome {
    connect_with(config().channel_binding(ChannelBinding::Require)).await?;
    Ok(json!("accepted"))
}

pub async fn wrong_password() -> Outcome {
    Ok(code(connect_with(config().password("not the password")).await)?)
}

pub async fn parameter_status() -> Outcome {
    let c = connect_with(config().application_name("parameter-status")).await?;
    c.batch_execute("").await?;
    Ok(json!(*c.parameters.lock().expect("parameters")))
}

pub async fn timezone_change() -> Outcome {
    let c = connect().await?;
    let mut seen = vec![];
    for sql in ["set timezone to 'Asia/Tokyo'", "begin", "set local timezone to 'UTC'", "rollback",
        "reset timezone"]
    {
        c.batch_execute(sql).await?;
        c.batch_execute("").await?; // the task notes parameters after the answer is handed over
        seen.push(c.parameters.lock().expect("parameters").get("TimeZone").cloned());
    }
    Ok(json!(seen))
}

pub async fn listen_notify() -> Outcome {
    let (mut a, b) = (connect().await?, connect().await?);
    let pid: i32 = a.query_one("select pg_backend_pid()", &[]).await?.get(0);
    a.batch_execute("listen tokio_c").await?;
    for text in ["payload 0", "payload 1", "payload 2"] {
        b.execute("select pg_notify('tokio_c', $1)", &[&text]).await?;
    }
    let mut seen = vec![];
    while seen.len() < 4 {
        if seen.len() == 3 {
            a.batch_execute("notify tokio_c, 'own'").await?;
        }
        if let Some(AsyncMessage::Notification(n)) = a.messages.recv().await {
            seen.push(json!([n.channel(), n.payload(), n.process_id() == pid]));
        }
    }
    Ok(json!(seen))
}

pub async fn cancel() -> Outcome {
    let c = connect().await?;
    let token = c.cancel_token();
    let sleeping = c.batch_execute("select pg_sleep(30)");
    let later = async {
        sleep(Duration::from_millis(300)).await;
        token.cancel_query(tls("PGSSLROOTCERT")).await
    };
    let (slept, sent) = tokio::join!(sleeping, later);
    sent?;
    Ok(json!([code(slept)?, c.number("select 1::int8").await?]))
}

pub async fn notice() -> Outcome {
    let mut c = connect().await?;
    c.batch_execute(
        "do $$begin raise notice 'one'; raise warning 'two' using errcode='01GH1'; end$$",
    )
    .await?;
    c.batch_execute("rollback").await?;
    let mut seen = vec![];
    while seen.len() < 3 {
        if let Some(AsyncMessage::Notice(n)) = c.messages.recv().await {
            seen.push(json!([n.severity(), n.code().code(), n.message()]));
        }
    }
    Ok(json!(seen))
}

async fn a_hundred(worker: i32) -> Result<i32, tokio_postgres::Error> {
    let mut total = 0;
    for i in 0..100 {
        let c = connect().await?;
        let answer: i32 = c.query_one("select $1::int4", &[&(worker * 100 + i)]).await?.get(0);
        total += answer;
    }
    Ok(total)
}

pub async fn short_connections() -> Outcome {
    Ok(json!(try_join_all((0..10).map(a_hundred)).await?.iter().sum::<i32>()))
}

pub async fn idle() -> Outcome {
    let c = connect().await?;
    c.number("select 1::int8").await?;
    sleep(Duration::from_secs(3)).await;
    Ok(json!(c.number("select 2::int8").await?))
}

async fn gone(c: &tokio_postgres::Client, name: &str) -> Result<Value, tokio_postgres::Error> {
    let sql = "select count(*) from pg_stat_activity where application_name = $1";
    for _ in 0..200 {
        if c.query_one(sql, &[&name]).await?.get::<_, i64>(0) == 0 {
            return Ok(json!("gone"));
        }
        sleep(Duration::from_millis(50)).await;
    }
    Ok(json!("still there"))
}

pub async fn terminate() -> Outcome {
    let watch = connect().await?;
    drop(connect_with(config().application_name("tokio-leaves")).await?);
    let left = gone(&watch, "tokio-leaves").await?;
    let c = connect_with(config().application_name("tokio-killed")).await?;
    let kill = "select pg_terminate_backend(pid) from pg_stat_activity \
                where application_name = 'tokio-killed'";
    watch.execute(kill, &[]).await?;
    let over = gone(&watch, "tokio-killed").await?;
    let why = c.ended.await?.and_then(|e| e.code().map(|code| code.code().to_owned()));
    Ok(json!([left, over, why, c.client.is_closed()]))
}

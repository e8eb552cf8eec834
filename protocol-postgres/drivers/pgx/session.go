package main

import (
	"context"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

func connectTLS(ctx context.Context) any {
	cfg := config()
	if cfg.TLSConfig == nil || cfg.TLSConfig.InsecureSkipVerify {
		panic("no verified TLS")
	}
	c := must(pgx.ConnectConfig(ctx, cfg))
	defer c.Close(ctx)
	return []string{one[string](ctx, c, "select current_user::text"),
		one[string](ctx, c, "select session_user::text"), one[string](ctx, c, "select current_database()::text")}
}

func outcome(ctx context.Context, cfg *pgx.ConnConfig, expected string) string {
	c, err := pgx.ConnectConfig(ctx, cfg)
	if err == nil {
		c.Close(ctx)
		return "accepted"
	}
	if strings.Contains(err.Error(), expected) {
		return "refused: " + expected
	}
	panic(err)
}

func tlsUntrusted(ctx context.Context) any {
	return outcome(ctx, config("sslrootcert="+os.Getenv("OTHER_CA")), "failed to verify certificate")
}

func channelBinding(ctx context.Context) any {
	return outcome(ctx, config("channel_binding=require"), "never")
}

func wrongPassword(ctx context.Context) any {
	return outcome(ctx, config("password='not the password'"), "28P01")
}

func protocolLatest(ctx context.Context) any {
	c := connect(ctx, "max_protocol_version=latest")
	defer c.Close(ctx)
	return []any{cancelled(ctx, c), one[int](ctx, c, "select 1")}
}

func backendPid(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	return c.PgConn().PID() == one[uint32](ctx, c, "select pg_backend_pid()")
}

func parameterStatus(ctx context.Context) any {
	c := connect(ctx, "application_name=parameter-status")
	defer c.Close(ctx)
	seen := map[string]string{}
	for _, name := range []string{"server_version", "server_encoding", "client_encoding",
		"application_name", "is_superuser", "session_authorization", "DateStyle", "IntervalStyle",
		"TimeZone", "integer_datetimes", "standard_conforming_strings", "in_hot_standby",
		"default_transaction_read_only", "scram_iterations", "search_path"} {
		seen[name] = c.PgConn().ParameterStatus(name)
	}
	return seen
}

func timezoneChange(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	var seen []string
	for _, sql := range []string{"set timezone to 'Asia/Tokyo'", "begin",
		"set local timezone to 'UTC'", "rollback", "reset timezone"} {
		exec(ctx, c, sql)
		seen = append(seen, c.PgConn().ParameterStatus("TimeZone"))
	}
	return seen
}

func listenNotify(ctx context.Context) any {
	a, b := connect(ctx), connect(ctx)
	defer a.Close(ctx)
	defer b.Close(ctx)
	exec(ctx, a, "listen pgx_c")
	for _, text := range []string{"payload 0", "payload 1", "payload 2"} {
		exec(ctx, b, "select pg_notify('pgx_c', $1)", text)
	}
	var seen []any
	for range 3 {
		seen = append(seen, must(a.WaitForNotification(ctx)).Payload)
	}
	exec(ctx, a, "notify pgx_c, 'own'")
	own := must(a.WaitForNotification(ctx))
	return append(seen, own.Payload, own.PID == a.PgConn().PID())
}

func cancelled(ctx context.Context, c *pgx.Conn) []string {
	done := make(chan error)
	go func() {
		time.Sleep(300 * time.Millisecond)
		done <- c.PgConn().CancelRequest(ctx)
	}()
	e := refused(ctx, c, "select pg_sleep(30)")
	check(<-done)
	return []string{e.Code, e.Message}
}

func cancel(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	return []any{cancelled(ctx, c), one[int](ctx, c, "select 1")}
}

func notice(ctx context.Context) any {
	var seen [][]string
	cfg := config()
	cfg.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) {
		seen = append(seen, []string{n.Severity, n.Code, n.Message})
	}
	c := must(pgx.ConnectConfig(ctx, cfg))
	defer c.Close(ctx)
	exec(ctx, c, "do $$begin raise notice 'one'; raise warning 'two' using errcode='01GH1'; end$$")
	exec(ctx, c, "rollback")
	return seen
}

func shortConnections(ctx context.Context) any {
	var wait sync.WaitGroup
	sums := make([]int, 10)
	failures := make(chan any, 10)
	for worker := range 10 {
		wait.Go(func() {
			defer func() {
				if e := recover(); e != nil {
					failures <- e
				}
			}()
			for i := worker; i < 1000; i += 10 {
				c := connect(ctx)
				sums[worker] += one[int](ctx, c, "select $1::int", i)
				check(c.Close(ctx))
			}
		})
	}
	wait.Wait()
	close(failures)
	for e := range failures {
		panic(e)
	}
	total := 0
	for _, sum := range sums {
		total += sum
	}
	return total
}

func idle(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	one[int](ctx, c, "select 1")
	time.Sleep(3 * time.Second)
	return one[int](ctx, c, "select 2")
}

func gone(ctx context.Context, c *pgx.Conn, name string) string {
	for range 200 {
		if one[int](ctx, c, "select count(*) from pg_stat_activity where application_name = $1", name) == 0 {
			return "gone"
		}
		time.Sleep(50 * time.Millisecond)
	}
	return "still there"
}

func terminate(ctx context.Context) any {
	watch := connect(ctx)
	defer watch.Close(ctx)
	check(connect(ctx, "application_name=pgx-leaves").Close(ctx))
	left := gone(ctx, watch, "pgx-leaves")
	c := connect(ctx, "application_name=pgx-killed")
	exec(ctx, watch, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pgx-killed'")
	gone(ctx, watch, "pgx-killed")
	return []any{left, refused(ctx, c, "select 1").Code, c.IsClosed()}
}

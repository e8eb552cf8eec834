// The driver cases with pgx 5 (its own protocol code, binary where it can).
package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

type caseFunc func(context.Context) any

var cases = map[string]caseFunc{
	"connect-tls": connectTLS, "tls-untrusted": tlsUntrusted, "wrong-password": wrongPassword,
	"channel-binding": channelBinding, "protocol-latest": protocolLatest,
	"backend-pid": backendPid, "parameter-status": parameterStatus, "timezone-change": timezoneChange,
	"types-text": typesText, "types-binary": typesBinary, "nulls": nulls, "arrays": arrays,
	"transaction-commit": transactionCommit, "transaction-rollback": transactionRollback,
	"savepoint": savepoint, "error-fields": errorFields, "error-unknown": errorUnknown, "error-in-rows": errorInRows,
	"error-in-transaction": errorInTransaction, "empty-query": emptyQuery,
	"pipeline": pipeline, "pipeline-error": pipelineError, "prepared-reuse": preparedReuse,
	"cursor": cursor, "copy-in-text": copyInText, "copy-in-binary": copyInBinary,
	"copy-out-text": copyOutText, "copy-out-binary": copyOutBinary, "copy-in-fails": copyInFails,
	"listen-notify": listenNotify, "cancel": cancel, "large-value": largeValue,
	"many-rows": manyRows, "multi-statement": multiStatement, "notice": notice,
	"short-connections": shortConnections, "idle": idle, "terminate": terminate,
}

type line struct {
	Case   string `json:"case"`
	OK     bool   `json:"ok"`
	Result any    `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
}

func main() {
	wanted := os.Args[1:]
	failed := false
	for _, name := range wanted {
		out := run(name)
		failed = failed || !out.OK
		text, err := json.Marshal(out)
		if err != nil {
			text = []byte(fmt.Sprintf(`{"case": %q, "ok": false, "error": %q}`, name, err))
		}
		fmt.Println(string(text))
	}
	if failed {
		os.Exit(1)
	}
}

// A case panics with what went wrong; that is its result, and the others still run.
func run(name string) (out line) {
	out.Case = name
	defer func() {
		if e := recover(); e != nil {
			out.Error = fmt.Sprint(e)
		}
	}()
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	out.Result = cases[name](ctx)
	out.OK = true
	return out
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func config(parts ...string) *pgx.ConnConfig {
	return must(pgx.ParseConfig(strings.Join(parts, " ")))
}

func connect(ctx context.Context, parts ...string) *pgx.Conn {
	return must(pgx.ConnectConfig(ctx, config(parts...)))
}

func one[T any](ctx context.Context, c *pgx.Conn, sql string, args ...any) (value T) {
	check(c.QueryRow(ctx, sql, args...).Scan(&value))
	return value
}

func exec(ctx context.Context, c *pgx.Conn, sql string, args ...any) string {
	return must(c.Exec(ctx, sql, args...)).String()
}

func table(ctx context.Context, c *pgx.Conn, columns string) {
	exec(ctx, c, "set client_min_messages to error")
	exec(ctx, c, "drop table if exists pgx_t")
	exec(ctx, c, "create table pgx_t ("+columns+")")
}

func count(ctx context.Context, c *pgx.Conn) int {
	return one[int](ctx, c, "select count(*) from pgx_t")
}

// The server's error behind err; anything else is a failure of the case.
func serverError(err error) *pgconn.PgError {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		panic(fmt.Sprintf("not an error of the server: %v", err))
	}
	return e
}

func refused(ctx context.Context, c *pgx.Conn, sql string, args ...any) *pgconn.PgError {
	rows, _ := c.Query(ctx, sql, args...)
	rows.Close()
	return serverError(rows.Err())
}

func digest(data []byte) string {
	return fmt.Sprintf("%d bytes sha256:%x", len(data), sha256.Sum256(data))[:len(fmt.Sprint(len(data)))+30]
}

// The driver cases with go-sql-driver/mysql (its own protocol code, binary where values are given).
package main

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

const unsupported = "unsupported by driver"

type caseFunc func(context.Context) any

var cases = map[string]caseFunc{
	"connect-tls": connectTLS, "tls-untrusted": tlsUntrusted, "wrong-password": wrongPassword,
	"long-password": longPassword, "connection-id": none, "database-change": databaseChange,
	"session-variables": sessionVariables, "types-text": typesText, "types-binary": typesBinary,
	"nulls": nulls, "charset": charset, "transaction-commit": transactionCommit,
	"transaction-rollback": transactionRollback, "savepoint": savepoint, "error-fields": errorFields,
	"error-unknown": errorUnknown, "error-in-rows": errorInRows,
	"error-in-transaction": errorInTransaction, "empty-query": emptyQuery,
	"prepared-reuse": preparedReuse, "prepared-error": preparedError, "batch": batch,
	"counts": counts, "large-value": largeValue, "many-rows": manyRows, "cursor": cursor,
	"multi-statement": multiStatement, "procedure": procedure, "local-infile": localInfile,
	"ping": ping, "reset-connection": none, "change-user": none, "cancel": cancel, "driver-cancel": driverCancel,
	"timeout": timeout, "short-connections": shortConnections, "idle": idle, "terminate": terminate,
}

type line struct {
	Case   string `json:"case"`
	OK     bool   `json:"ok"`
	Result any    `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
}

func main() {
	failed := false
	for _, name := range os.Args[1:] {
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

func none(context.Context) any { return unsupported }

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func config(ca string) *mysql.Config {
	c := mysql.NewConfig()
	c.Net, c.Addr = "tcp", os.Getenv("SERVER_HOST")+":"+os.Getenv("SERVER_PORT")
	c.User, c.Passwd = os.Getenv("SERVER_USER"), os.Getenv("SERVER_PASSWORD")
	c.DBName = os.Getenv("SERVER_DATABASE")
	c.Logger = &mysql.NopLogger{}
	if os.Getenv("SERVER_TLS") != "plain" {
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(must(os.ReadFile(ca)))
		c.TLS = &tls.Config{RootCAs: pool, ServerName: os.Getenv("SERVER_HOST")}
	}
	return c
}

func usual() *mysql.Config { return config(os.Getenv("SERVER_CA")) }

// One connection of a pool that has no other.
func open(ctx context.Context, c *mysql.Config) (*sql.Conn, func(), error) {
	db := sql.OpenDB(must(mysql.NewConnector(c)))
	conn, err := db.Conn(ctx)
	if err != nil {
		_ = db.Close()
		return nil, func() {}, err
	}
	return conn, func() { _ = conn.Close(); _ = db.Close() }, nil
}

func connect(ctx context.Context) (*sql.Conn, func()) {
	conn, end, err := open(ctx, usual())
	check(err)
	return conn, end
}

func exec(ctx context.Context, c *sql.Conn, text string, args ...any) []int64 {
	result := must(c.ExecContext(ctx, text, args...))
	return []int64{must(result.RowsAffected()), must(result.LastInsertId())}
}

func read(rows *sql.Rows, err error) ([][]any, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := [][]any{}
	names, err := rows.Columns()
	for err == nil && rows.Next() {
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		err = rows.Scan(into...)
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				values[i] = fmt.Sprintf("%q", b)
			} else if v != nil {
				values[i] = fmt.Sprintf("%T %v", v, v)
			}
		}
		found = append(found, values)
	}
	if err == nil {
		err = rows.Err()
	}
	return found, err
}

func rows(ctx context.Context, c *sql.Conn, text string, args ...any) [][]any {
	return must(read(c.QueryContext(ctx, text, args...)))
}

func number(ctx context.Context, c *sql.Conn, text string, args ...any) (value int64) {
	check(c.QueryRowContext(ctx, text, args...).Scan(&value))
	return value
}

func table(ctx context.Context, c *sql.Conn) {
	exec(ctx, c, "drop table if exists t")
	exec(ctx, c, "create table t (id int primary key, v text)")
}

func count(ctx context.Context, c *sql.Conn) int64 {
	return number(ctx, c, "select count(*) from t")
}

// The server's error behind err; anything else is shown as it is.
func fields(err error) any {
	var e *mysql.MySQLError
	if errors.As(err, &e) {
		return []any{e.Number, strings.TrimRight(string(e.SQLState[:]), "\x00"), e.Message}
	}
	if err == nil {
		panic("not refused")
	}
	return err.Error()
}

func refused(ctx context.Context, c *sql.Conn, text string, args ...any) any {
	_, err := read(c.QueryContext(ctx, text, args...))
	return fields(err)
}

func digest(data []byte) string {
	return fmt.Sprintf("%d bytes sha256:%x", len(data), sha256.Sum256(data))[:len(fmt.Sprint(len(data)))+30]
}

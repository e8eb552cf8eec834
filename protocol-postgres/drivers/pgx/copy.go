package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

func kind(result any) string {
	switch r := result.(type) {
	case *pgconn.ResultReader:
		return string(r.Read().Rows[0][0])
	case *pgconn.PipelineSync:
		return "sync"
	default:
		return fmt.Sprintf("%T", r)
	}
}

func summary(ctx context.Context, c *pgx.Conn) string {
	return one[string](ctx, c, "select count(*) || ' ' || md5(string_agg(t::text, '|' order by id)) from pgx_t t")
}

func copyInText(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	table(ctx, c, "id int, v text, n numeric")
	var text strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&text, "%d\ttab\\tnl\\n %d\t%d.125\n", i, i, i)
	}
	tag := must(c.PgConn().CopyFrom(ctx, strings.NewReader(text.String()), "copy pgx_t from stdin"))
	return []string{tag.String(), summary(ctx, c)}
}

func copyInBinary(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	table(ctx, c, "id int, v text, b bytea")
	done := must(c.CopyFrom(ctx, pgx.Identifier{"pgx_t"}, []string{"id", "v", "b"},
		pgx.CopyFromSlice(5000, func(i int) ([]any, error) {
			return []any{i, fmt.Sprint("v", i), []byte{byte(i)}}, nil
		})))
	return []any{done, summary(ctx, c)}
}

func copyOut(ctx context.Context, options string) []string {
	c := connect(ctx)
	defer c.Close(ctx)
	var out bytes.Buffer
	sql := "copy (select g, 'tab' || chr(9) || g, null, g/8.0 from generate_series(1, 5000) g) to stdout "
	tag := must(c.PgConn().CopyTo(ctx, &out, sql+options))
	return []string{tag.String(), digest(out.Bytes())}
}

func copyOutText(ctx context.Context) any {
	return [][]string{copyOut(ctx, ""), copyOut(ctx, "(format csv, header)")}
}

func copyOutBinary(ctx context.Context) any { return copyOut(ctx, "(format binary)") }

// Reads a little, then fails: pgx answers with CopyFail.
type givesUp struct{ left int }

func (g *givesUp) Read(p []byte) (int, error) {
	if g.left == 0 {
		return 0, errors.New("given up by the client")
	}
	g.left--
	return copy(p, "1\ta\n"), nil
}

func copyInFails(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	table(ctx, c, "id int, v text")
	var seen []any
	for _, source := range []io.Reader{
		strings.NewReader("1\ta\nx\tb\n" + strings.Repeat("5\tmore\n", 50000)), &givesUp{left: 3}} {
		_, err := c.PgConn().CopyFrom(ctx, source, "copy pgx_t from stdin")
		e := serverError(err)
		seen = append(seen, e.Code, e.Message, e.Where, count(ctx, c))
	}
	return seen
}

package main

import (
	"context"

	"github.com/jackc/pgx/v5"
)

func transactionCommit(ctx context.Context) any {
	c, other := connect(ctx), connect(ctx)
	defer c.Close(ctx)
	defer other.Close(ctx)
	table(ctx, c, "id int primary key, v text")
	tx := must(c.Begin(ctx))
	must(tx.Exec(ctx, "insert into pgx_t values (1, 'a')"))
	seen := []any{string(c.PgConn().TxStatus()), count(ctx, other)}
	check(tx.Commit(ctx))
	return append(seen, count(ctx, other), string(c.PgConn().TxStatus()))
}

func transactionRollback(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	table(ctx, c, "id int primary key, v text")
	tx := must(c.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.Serializable}))
	must(tx.Exec(ctx, "insert into pgx_t values (1, 'a')"))
	inside := count(ctx, c)
	check(tx.Rollback(ctx))
	return []int{inside, count(ctx, c)}
}

func savepoint(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	table(ctx, c, "id int primary key, v text")
	tx := must(c.Begin(ctx))
	must(tx.Exec(ctx, "insert into pgx_t values (1, 'a')"))
	inner := must(tx.Begin(ctx))
	must(inner.Exec(ctx, "insert into pgx_t values (2, 'b')"))
	_, err := inner.Exec(ctx, "insert into pgx_t values (1, 'again')")
	seen := []any{serverError(err).Code, string(c.PgConn().TxStatus())}
	check(inner.Rollback(ctx))
	must(tx.Exec(ctx, "insert into pgx_t values (3, 'c')"))
	check(tx.Commit(ctx))
	return append(seen, one[string](ctx, c, "select string_agg(id::text, ',' order by id) from pgx_t"))
}

func errorFields(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	table(ctx, c, "id int primary key, v text")
	return errorsOf(ctx, c, "select 1/0", "insert into pgx_t values (1, 'a'), (1, 'b')",
		"do $$begin raise exception 'raised %', 7 using errcode='GH001', detail='d', hint='h'; end$$")
}

func errorUnknown(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	seen := errorsOf(ctx, c, "select 'é', * from no_such_table", "selec 1")
	return append(seen, *refused(ctx, c, "select 1; select 2"))
}

func errorsOf(ctx context.Context, c *pgx.Conn, statements ...string) []any {
	var seen []any
	for _, sql := range statements {
		seen = append(seen, *refused(ctx, c, sql), *refused(ctx, c, sql, pgx.QueryExecModeSimpleProtocol),
			one[int](ctx, c, "select 1"))
	}
	return seen
}

func errorInRows(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	rows := must(c.Query(ctx, "select 10/(5000-g), repeat('x', 100) from generate_series(1, 9000) g"))
	got := 0
	for rows.Next() {
		got++
	}
	return []any{got, serverError(rows.Err()).Code, one[int](ctx, c, "select 1")}
}

func errorInTransaction(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	table(ctx, c, "id int primary key, v text")
	exec(ctx, c, "begin")
	exec(ctx, c, "insert into pgx_t values (1, 'a')")
	seen := []any{refused(ctx, c, "select 1/0").Code, refused(ctx, c, "select 1").Code,
		string(c.PgConn().TxStatus()), exec(ctx, c, "commit")}
	return append(seen, count(ctx, c))
}

func emptyQuery(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	return []any{exec(ctx, c, ""), exec(ctx, c, ";"), exec(ctx, c, "", pgx.QueryExecModeSimpleProtocol),
		one[int](ctx, c, "select 1")}
}

func pipeline(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	table(ctx, c, "id int primary key, v text")
	batch := &pgx.Batch{}
	for i := range 500 {
		batch.Queue("insert into pgx_t values ($1, $2)", i, "v")
	}
	batch.Queue("select sum(id) from pgx_t")
	results := c.SendBatch(ctx, batch)
	for range 500 {
		must(results.Exec())
	}
	var total int
	check(results.QueryRow().Scan(&total))
	check(results.Close())
	return []any{total, syncs(ctx, c)}
}

// Several batches, each with a Sync of its own, in flight at once.
func syncs(ctx context.Context, c *pgx.Conn) []any {
	p := c.PgConn().StartPipeline(ctx)
	for _, sql := range []string{"select 'first'", "select 1/0", "select 'third'"} {
		p.SendQueryParams(sql, nil, nil, nil, nil)
		p.SendPipelineSync()
	}
	check(p.Flush())
	var seen []any
	for range 6 {
		result, err := p.GetResults()
		if err != nil {
			seen = append(seen, serverError(err).Code)
			continue
		}
		seen = append(seen, kind(result))
	}
	check(p.Close())
	return seen
}

func pipelineError(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	table(ctx, c, "id int primary key, v text")
	batch := &pgx.Batch{}
	batch.Queue("insert into pgx_t values (1, 'undone')")
	batch.Queue("insert into pgx_t values (1/($1::int), 'fails')", 0)
	batch.Queue("insert into pgx_t values (2, 'skipped')")
	results := c.SendBatch(ctx, batch)
	must(results.Exec())
	_, err := results.Exec()
	code := serverError(err).Code
	_ = results.Close() // repeats the error
	return []any{code, count(ctx, c), string(c.PgConn().TxStatus())}
}

func preparedReuse(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	table(ctx, c, "id int primary key, v text")
	exec(ctx, c, "insert into pgx_t values (1, 'a')")
	must(c.Prepare(ctx, "plus", "select $1::int + 1"))
	total := 0
	for i := range 100 {
		total += one[int](ctx, c, "plus", i)
	}
	must(c.Prepare(ctx, "star", "select * from pgx_t"))
	exec(ctx, c, "alter table pgx_t add column w int")
	changed := refused(ctx, c, "star").Code
	check(c.Deallocate(ctx, "plus"))
	return []any{total, changed, one[int](ctx, c, "select count(*) from pg_prepared_statements where name in ('plus','star')")}
}

func cursor(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	exec(ctx, c, "begin")
	exec(ctx, c, "declare portions cursor for select g from generate_series(1, 1000) g")
	var seen []string
	for range 4 {
		seen = append(seen, exec(ctx, c, "fetch 300 from portions"))
	}
	return append(seen, exec(ctx, c, "close portions"), exec(ctx, c, "commit"))
}

func multiStatement(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	table(ctx, c, "id int primary key, v text")
	var seen []any
	for _, sql := range []string{"insert into pgx_t values (1, 'a'); select 1;; select 2, 'x'",
		"insert into pgx_t values (2, 'b'); select 1/0; select 3"} {
		reader := c.PgConn().Exec(ctx, sql)
		results, err := reader.ReadAll()
		for _, r := range results {
			seen = append(seen, r.CommandTag.String(), len(r.Rows))
		}
		if err != nil {
			seen = append(seen, serverError(err).Code)
		}
	}
	return append(seen, count(ctx, c))
}

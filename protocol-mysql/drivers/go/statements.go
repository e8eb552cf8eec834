package main

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"
)

const numbers = "(with recursive n(g) as (select 1 union all select g + 1 from n where g < 900)" +
	" select a.g + 900 * (b.g - 1) as seq from n a, n b where b.g <= 112) s"

const columns = "a bigint, u bigint unsigned, f float, d double, n decimal(40, 6), y year, bi bit(9)," +
	" e enum('x', 'y'), s set('p', 'q'), b blob, dt datetime(6), ts timestamp(3) null, t time(6), j json," +
	" c char(4), tx longtext"

var typed = []string{
	"-1, 18446744073709551615, 1.25, -1.25e300, -12345678901234567890.000100, 2024, b'100000001', 'y'," +
		" 'p,q', x'0001feff', '1999-12-31 23:59:59.000001', '2024-02-29 12:00:00.123', '-838:59:59'," +
		" '{\"a\": [1]}', 'é', '🦆'",
	"null, 0, 0, 0, 0, 1901, b'0', 'x', '', '', '1000-01-01', null, '00:00:00', 'null', '', ''",
}

var values = []any{
	true, int64(math.MinInt64), uint64(math.MaxUint64), float32(1.5), -1.25e300, "",
	"naïve 'q' \" \\ 漢字 🦆", []byte{0, 1, 0xfe, 0xff},
	time.Date(1999, 12, 31, 23, 59, 59, 1000, time.UTC),
}

func types(ctx context.Context, where string, args ...any) any {
	c, end := connect(ctx)
	defer end()
	exec(ctx, c, "drop table if exists y")
	exec(ctx, c, "create table y ("+columns+") character set utf8mb4")
	for _, row := range typed {
		exec(ctx, c, "insert into y values ("+row+")")
	}
	found := must(c.QueryContext(ctx, "select * from y"+where, args...))
	seen := []any{}
	for _, kind := range must(found.ColumnTypes()) {
		null, _ := kind.Nullable()
		precision, scale, _ := kind.DecimalSize()
		seen = append(seen, []any{kind.Name(), kind.DatabaseTypeName(), null, precision, scale})
	}
	return append(seen, must(read(found, nil)))
}

func typesText(ctx context.Context) any { return types(ctx, "") }

func typesBinary(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	seen := []any{types(ctx, " where ? = ?", 1, 1)}
	for _, v := range values {
		seen = append(seen, rows(ctx, c, "select ?, hex(?)", v, v))
	}
	return seen
}

func nulls(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	return []any{rows(ctx, c, "select null, 7, cast(null as date)"),
		rows(ctx, c, "select null, ?, cast(? as char), cast(null as decimal(5,2))", 7, nil)}
}

func charset(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	text := "é漢🦆"
	return rows(ctx, c, "select ?, hex(?), char_length(?), hex('é'), '🦆'", text, text, text)
}

func transactionCommit(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	other, endOther := connect(ctx)
	defer endOther()
	table(ctx, c)
	tx := must(c.BeginTx(ctx, nil))
	must(tx.Exec("insert into t values (1, 'a')"))
	before := count(ctx, other)
	check(tx.Commit())
	return []any{before, count(ctx, other)}
}

func transactionRollback(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	table(ctx, c)
	tx := must(c.BeginTx(ctx, nil))
	must(tx.Exec("insert into t values (1, 'a')"))
	check(tx.Rollback())
	return count(ctx, c)
}

func savepoint(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	table(ctx, c)
	exec(ctx, c, "begin")
	exec(ctx, c, "insert into t values (1, 'a')")
	exec(ctx, c, "savepoint s")
	exec(ctx, c, "insert into t values (2, 'b')")
	e := refused(ctx, c, "insert into t values (1, 'again')")
	exec(ctx, c, "rollback to s")
	exec(ctx, c, "insert into t values (3, 'c')")
	exec(ctx, c, "commit")
	return []any{e, rows(ctx, c, "select id from t order by id")}
}

func errorsOf(ctx context.Context, statements ...string) any {
	c, end := connect(ctx)
	defer end()
	table(ctx, c)
	seen := []any{}
	for _, text := range statements {
		seen = append(seen, refused(ctx, c, text), rows(ctx, c, "select 1"))
	}
	return seen
}

func errorFields(ctx context.Context) any {
	return errorsOf(ctx, "insert into t values (1, 'a'), (1, 'b')", "insert into t values (null, 'b')",
		"insert into t values (99999999999, 'b')",
		"signal sqlstate '45000' set message_text = 'raised é', mysql_errno = 5007")
}

func errorUnknown(ctx context.Context) any {
	return errorsOf(ctx, "select 'é', x.* from no_such_table x", "selec 1")
}

func errorInRows(ctx context.Context) any {
	return errorsOf(ctx, "select (select 1 union select if(seq = 5000, 2, 1)) from "+numbers)
}

func emptyQuery(ctx context.Context) any { return errorsOf(ctx, "") }

func errorInTransaction(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	table(ctx, c)
	exec(ctx, c, "begin")
	exec(ctx, c, "insert into t values (1, 'a')")
	e := refused(ctx, c, "insert into t values (1, 'again')")
	exec(ctx, c, "commit")
	return []any{e, count(ctx, c)}
}

func preparedReuse(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	table(ctx, c)
	exec(ctx, c, "insert into t values (1, 'a')")
	sum := must(c.PrepareContext(ctx, "select ? + 1"))
	var total int64
	for i := range 100 {
		var value int64
		check(sum.QueryRow(i).Scan(&value))
		total += value
	}
	every := must(c.PrepareContext(ctx, "select * from t"))
	before := must(read(every.Query()))
	exec(ctx, c, "alter table t add column w int")
	return []any{total, before, must(read(every.Query()))}
}

func preparedError(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	table(ctx, c)
	_, err := c.PrepareContext(ctx, "selec ?")
	seen := []any{fields(err)}
	insert := must(c.PrepareContext(ctx, "insert into t values (?, ?)"))
	must(insert.Exec(1, "a"))
	_, err = insert.Exec(1, "b")
	must(insert.Exec(2, nil))
	return append(seen, fields(err), count(ctx, c))
}

func batch(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	table(ctx, c)
	args := []any{}
	for i := range 1000 {
		args = append(args, i, fmt.Sprint("v'", i))
	}
	done := exec(ctx, c, "insert into t values "+strings.Repeat("(?, ?), ", 999)+"(?, ?)", args...)
	return []any{done, rows(ctx, c, "select count(*), sum(id), sha2(group_concat(v order by id), 256) from t")}
}

func counts(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	table(ctx, c)
	exec(ctx, c, "alter table t modify id int auto_increment")
	seen := []any{exec(ctx, c, "insert into t (v) values ('a'), ('b')"), exec(ctx, c, "update t set v = 'a'")}
	return append(seen, rows(ctx, c, "select 1/0, cast('x' as signed)"), rows(ctx, c, "show warnings"))
}

func largeValue(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	data := make([]byte, 8<<20)
	for i := range data {
		data[i] = byte(i)
	}
	var back []byte
	check(c.QueryRowContext(ctx, "select ?", data).Scan(&back))
	return []any{digest(back), number(ctx, c, "select length(?)", data)}
}

func manyRows(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	found := rows(ctx, c, "select seq, sha2(seq, 256) from "+numbers+" order by seq limit 100000")
	return []any{len(found), digest([]byte(fmt.Sprint(found)))}
}

// Rows are read as they come.
func cursor(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	found := must(c.QueryContext(ctx, "select seq from "+numbers+" where seq <= 10000 order by seq"))
	var total, value int64
	for range 3 {
		found.Next()
		check(found.Scan(&value))
		total += value
	}
	check(found.Close())
	return []any{total, rows(ctx, c, "select 'after'")}
}

func multiStatement(ctx context.Context) any {
	config := usual()
	config.MultiStatements = true
	c, end, err := open(ctx, config)
	check(err)
	defer end()
	table(ctx, c)
	found := must(c.QueryContext(ctx, "insert into t values (1, 'a'); select 1; select 2, 'x'"))
	seen := []any{}
	for more := true; more; more = found.NextResultSet() {
		for found.Next() {
			names := must(found.Columns())
			seen = append(seen, len(names))
		}
	}
	check(found.Close())
	_, err = c.ExecContext(ctx, "insert into t values (2, 'b'); select 1 from no_such_table; select 3")
	return append(seen, fields(err), count(ctx, c))
}

func procedure(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	exec(ctx, c, "drop procedure if exists p")
	exec(ctx, c, "create procedure p(in a int, out b int) begin select a, 'first';"+
		" select 'second' union select 'x'; set b = a + 1; end")
	found := must(c.QueryContext(ctx, "call p(?, @b)", 7))
	seen := []any{}
	for more := true; more; more = found.NextResultSet() {
		for found.Next() {
			seen = append(seen, must(found.Columns()))
		}
	}
	check(found.Close())
	return append(seen, rows(ctx, c, "select @b"))
}

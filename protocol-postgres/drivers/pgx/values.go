package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

var values = [][2]string{
	{"bool", "true"}, {"int2", "-32768"}, {"int4", "2147483647"}, {"int8", "-9223372036854775808"},
	{"float4", "1.5"}, {"float8", "-1.25e+300"}, {"float8", "NaN"},
	{"numeric", "-123456789012345678901234567890.000100"}, {"numeric", "NaN"},
	{"text", "naïve 'quoted' \\ 漢字 🦆"}, {"text", ""}, {"varchar", "varchar"},
	{"bytea", `\x0001feff`}, {"date", "2024-02-29"}, {"time", "23:59:59.999999"},
	{"timestamp", "1999-12-31 23:59:59.000001"}, {"timestamptz", "2024-02-29 12:00:00.123456+00"},
	{"interval", "3 days 00:00:05.000007"}, {"uuid", "12345678-1234-5678-1234-567812345678"},
	{"json", `{"a": [1, null, "é"]}`}, {"jsonb", `{"b": {"c": 1.5}}`}, {"inet", "192.0.2.1/24"},
	{"int4range", "[1,10)"}, {"int4[]", "{1,NULL,3}"},
}

func row(ctx context.Context, c *pgx.Conn, sql string, args ...any) ([]any, [][]byte) {
	rows := must(c.Query(ctx, sql, args...))
	defer rows.Close()
	if !rows.Next() {
		panic(rows.Err())
	}
	decoded := must(rows.Values())
	var raw [][]byte
	for _, value := range rows.RawValues() {
		raw = append(raw, bytes.Clone(value))
	}
	return decoded, raw
}

func typesText(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	var seen []any
	for _, v := range values {
		sql := fmt.Sprintf("select $1::%s, $1::%s::text", v[0], v[0])
		_, raw := row(ctx, c, sql, pgx.QueryResultFormats{pgx.TextFormatCode}, v[1])
		_, simple := row(ctx, c, sql, pgx.QueryExecModeSimpleProtocol, v[1])
		seen = append(seen, []string{v[0], string(raw[0]), string(raw[1]), string(simple[0])})
	}
	return seen
}

// Parameters go out in binary when pgx holds a decoded value: what was read is sent back.
func typesBinary(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	var seen []any
	for _, v := range values {
		binary := pgx.QueryResultFormats{pgx.BinaryFormatCode}
		decoded, first := row(ctx, c, fmt.Sprintf("select $1::text::%s", v[0]), binary, v[1])
		if v[0] == "int4range" { // what pgx decodes it to is not what it encodes
			decoded[0] = v[1]
		}
		_, raw := row(ctx, c, fmt.Sprintf("select $1::%s, $1::%s::text", v[0], v[0]), binary, decoded[0])
		seen = append(seen, []string{v[0], fmt.Sprintf("%x", first[0]), fmt.Sprintf("%x", raw[0]), string(raw[1])})
	}
	return seen
}

func nulls(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	var seen []any
	for _, v := range values {
		decoded, _ := row(ctx, c, fmt.Sprintf("select $1::%s, $2::int4, null::%s", v[0], v[0]), nil, 7)
		seen = append(seen, decoded)
	}
	return seen
}

func arrays(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	text := "text"
	var seen []any
	for _, v := range []struct {
		name  string
		value any
	}{
		{"int4", []*int32{new(int32), nil}},
		{"text", []*string{&text, nil}},
		{"text", []string{"a,b", `quo"te`, "", "NULL", "{}"}},
		{"int8", [][]int64{{1, 2}, {3, 4}}},
		{"float8", []float64{}},
		{"bytea", [][]byte{{0, 255}, {}}},
	} {
		sql := fmt.Sprintf("select $1::%s[], $1::%s[]::text", v.name, v.name)
		decoded, _ := row(ctx, c, sql, v.value)
		seen = append(seen, fmt.Sprint(decoded...))
	}
	return seen
}

func largeValue(ctx context.Context) any {
	data := make([]byte, 16<<20)
	for i := range data {
		data[i] = byte(i)
	}
	c := connect(ctx)
	defer c.Close(ctx)
	_, binary := row(ctx, c, "select $1::bytea", data)
	_, text := row(ctx, c, "select $1::bytea", pgx.QueryResultFormats{pgx.TextFormatCode}, data)
	return []string{digest(binary[0]), digest(text[0])}
}

func manyRows(ctx context.Context) any {
	c := connect(ctx)
	defer c.Close(ctx)
	var seen bytes.Buffer
	total := 0
	rows := must(c.Query(ctx, "select g, md5(g::text) from generate_series(1, 100000) g"))
	for ; rows.Next(); total++ {
		for _, value := range rows.RawValues() {
			seen.Write(value)
		}
	}
	check(rows.Err())
	return []any{total, digest(seen.Bytes())}
}

package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/go-sql-driver/mysql"
)

func connectTLS(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	return rows(ctx, c, "select current_user(), database()")
}

func tlsUntrusted(ctx context.Context) any {
	if os.Getenv("SERVER_TLS") == "plain" {
		return "refused"
	}
	_, end, err := open(ctx, config(os.Getenv("OTHER_CA")))
	defer end()
	if err != nil && strings.Contains(err.Error(), "certificate signed by unknown authority") {
		return "refused"
	}
	return fields(err)
}

func wrongPassword(ctx context.Context) any {
	c := usual()
	c.Passwd = "not the password"
	_, end, err := open(ctx, c)
	defer end()
	return fields(err).([]any)[:2]
}

func longPassword(ctx context.Context) any {
	c := usual()
	c.User, c.Passwd = "tokened", os.Getenv("LONG_PASSWORD")
	conn, end, err := open(ctx, c)
	check(err)
	defer end()
	return rows(ctx, conn, "select 'in'")
}

func databaseChange(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	exec(ctx, c, "use information_schema")
	seen := []any{rows(ctx, c, "select database()"), refused(ctx, c, "use no_such_database")}
	exec(ctx, c, "use drivers")
	return append(seen, rows(ctx, c, "select database()"))
}

func sessionVariables(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	exec(ctx, c, "set time_zone = '+05:00', sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'")
	seen := rows(ctx, c, "select @@time_zone, from_unixtime(0), 'a' || 'b', @@sql_mode")
	exec(ctx, c, "set sql_mode = default")
	return []any{seen, rows(ctx, c, "select 'a' || 'b'")}
}

func localInfile(ctx context.Context) any {
	path := os.Getenv("DRIVER_DIR") + "/local.txt"
	check(os.WriteFile(path, []byte("1\ta\n2\tb\n"), 0o600))
	mysql.RegisterLocalFile(path)
	c, end := connect(ctx)
	defer end()
	table(ctx, c)
	result, err := c.ExecContext(ctx, "load data local infile '"+path+"' into table t")
	if err != nil {
		return []any{fields(err), count(ctx, c)}
	}
	return []any{must(result.RowsAffected()), count(ctx, c)}
}

func ping(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	exec(ctx, c, "set @a = 5")
	check(c.PingContext(ctx))
	return rows(ctx, c, "select @a, database()")
}

func cancel(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	other, endOther := connect(ctx)
	defer endOther()
	id := number(ctx, c, "select connection_id()")
	killed := make(chan error)
	go func() {
		time.Sleep(500 * time.Millisecond)
		_, err := other.ExecContext(ctx, fmt.Sprint("kill query ", id))
		killed <- err
	}()
	found, err := read(c.QueryContext(ctx, "select sleep(5)"))
	if refusal := <-killed; refusal != nil {
		return fields(refusal).([]any)[:2]
	}
	if err != nil {
		return []any{fields(err), rows(ctx, c, "select 1")}
	}
	return []any{found, rows(ctx, c, "select 1")}
}

// The driver ends its connection; the server learns of it when it writes.
func driverCancel(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	short, stop := context.WithTimeout(ctx, 500*time.Millisecond)
	defer stop()
	_, err := read(c.QueryContext(short, "select sleep(3)"))
	again, endAgain := connect(ctx)
	defer endAgain()
	return []any{fields(err), rows(ctx, again, "select 1")}
}

func timeout(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	text := "select /*+ max_execution_time(1000) */ sleep(20) from dual where 1 = 1"
	if strings.HasPrefix(os.Getenv("SERVER_NAME"), "mariadb") {
		text = "set statement max_statement_time = 1 for select sleep(20)"
	}
	found, err := read(c.QueryContext(ctx, text))
	if err != nil {
		return []any{fields(err), rows(ctx, c, "select 1")}
	}
	return []any{found, rows(ctx, c, "select 1")}
}

func shortConnections(ctx context.Context) any {
	var group sync.WaitGroup
	var lock sync.Mutex
	var total int64
	next := make(chan int)
	for range 10 {
		group.Go(func() {
			for i := range next {
				c, end := connect(ctx)
				answer := number(ctx, c, "select ?", i)
				end()
				lock.Lock()
				total += answer
				lock.Unlock()
			}
		})
	}
	for i := range 60 {
		next <- i
	}
	close(next)
	group.Wait()
	return total
}

func idle(ctx context.Context) any {
	c, end := connect(ctx)
	defer end()
	rows(ctx, c, "select 1")
	time.Sleep(3 * time.Second)
	return rows(ctx, c, "select 2")
}

func gone(ctx context.Context, watch *sql.Conn, id int64) string {
	for range 200 {
		if number(ctx, watch, "select count(*) from information_schema.processlist where id = ?", id) == 0 {
			return "gone"
		}
		time.Sleep(50 * time.Millisecond)
	}
	return "still there"
}

func terminate(ctx context.Context) any {
	watch, endWatch := connect(ctx)
	defer endWatch()
	leaving, endLeaving := connect(ctx)
	id := number(ctx, leaving, "select connection_id()")
	endLeaving()
	left := gone(ctx, watch, id)
	killed, endKilled := connect(ctx)
	defer endKilled()
	id = number(ctx, killed, "select connection_id()")
	if _, err := watch.ExecContext(ctx, fmt.Sprint("kill ", id)); err != nil {
		return []any{left, fields(err).([]any)[:2]}
	}
	gone(ctx, watch, id)
	err := refused(ctx, killed, "select 1")
	anew, endAnew := connect(ctx)
	defer endAnew()
	return []any{left, err, rows(ctx, anew, "select 1")}
}

-- What node-postgres 8.23.1 said to real servers. Made by appliance/src/test/sh/sql/collect.

--# node-postgres 8.23.1 | queries | collected, PostgreSQL 15
select now()

--# node-postgres 8.23.1 | queries | collected, PostgreSQL 15
select $1::text as a, $2::int as b

--# node-postgres 8.23.1 | queries | collected, PostgreSQL 15
select * from customer where id = $1

--# node-postgres 8.23.1 | queries | collected, PostgreSQL 15
select * from account where id = any($1)

--# node-postgres 8.23.1 | queries | collected, PostgreSQL 15
BEGIN

--# node-postgres 8.23.1 | queries | collected, PostgreSQL 15
insert into transaction(account_id, amount, booked, purpose) values($1, $2, $3, $4) returning *

--# node-postgres 8.23.1 | queries | collected, PostgreSQL 15
ROLLBACK

--# node-postgres 8.23.1 | queries | collected, PostgreSQL 15
select 1; select 2

--# node-postgres 8.23.1 | queries | collected, PostgreSQL 15
LISTEN news

--# node-postgres 8.23.1 | queries | collected, PostgreSQL 15
select  E'it''s \\ x' as "a""b"

--# node-postgres 8.23.1 | cursor | collected, PostgreSQL 15
select * from customer where id > $1

--# node-postgres 8.23.1 | COPY | collected, PostgreSQL 15
COPY customer (id, name) TO STDOUT

--# node-postgres 8.23.1 | COPY | collected, PostgreSQL 15
create temp table copied (a int, b text)

--# node-postgres 8.23.1 | COPY | collected, PostgreSQL 15
COPY copied FROM STDIN WITH (FORMAT csv)

--# node-postgres 8.23.1 | pool | collected, PostgreSQL 15
SELECT NOW() as now

-- What pgbench 15.18 said to real servers. Made by appliance/src/test/sh/sql/collect.

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
drop table if exists pgbench_accounts, pgbench_branches, pgbench_history, pgbench_tellers

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
create table pgbench_history(tid int,bid int,aid    int,delta int,mtime timestamp,filler char(22))

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
create table pgbench_tellers(tid int not null,bid int,tbalance int,filler char(84)) with (fillfactor=100)

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
create table pgbench_accounts(aid    int not null,bid int,abalance int,filler char(84)) with (fillfactor=100)

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
create table pgbench_branches(bid int not null,bbalance int,filler char(88)) with (fillfactor=100)

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
begin

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
truncate table pgbench_accounts, pgbench_branches, pgbench_history, pgbench_tellers

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
insert into pgbench_branches(bid,bbalance) values(1,0)

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
insert into pgbench_tellers(tid,bid,tbalance) values (1,1,0)

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
copy pgbench_accounts from stdin with (freeze on)

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
commit

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
vacuum analyze pgbench_branches

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
vacuum analyze pgbench_tellers

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
vacuum analyze pgbench_accounts

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
vacuum analyze pgbench_history

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
alter table pgbench_branches add primary key (bid)

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
alter table pgbench_tellers add primary key (tid)

--# pgbench 15.18 | initialize | collected, PostgreSQL 15
alter table pgbench_accounts add primary key (aid)

--# pgbench 15.18 | initialize, all steps | collected, PostgreSQL 15
alter table pgbench_tellers add constraint pgbench_tellers_bid_fkey foreign key (bid) references pgbench_branches

--# pgbench 15.18 | initialize, all steps | collected, PostgreSQL 15
alter table pgbench_accounts add constraint pgbench_accounts_bid_fkey foreign key (bid) references pgbench_branches

--# pgbench 15.18 | initialize, all steps | collected, PostgreSQL 15
alter table pgbench_history add constraint pgbench_history_bid_fkey foreign key (bid) references pgbench_branches

--# pgbench 15.18 | initialize, all steps | collected, PostgreSQL 15
alter table pgbench_history add constraint pgbench_history_tid_fkey foreign key (tid) references pgbench_tellers

--# pgbench 15.18 | initialize, all steps | collected, PostgreSQL 15
alter table pgbench_history add constraint pgbench_history_aid_fkey foreign key (aid) references pgbench_accounts

--# pgbench 15.18 | initialize, generated at the server | collected, PostgreSQL 15
create table pgbench_accounts(aid    int not null,bid int,abalance int,filler char(84)) partition by range (aid)

--# pgbench 15.18 | initialize, generated at the server | collected, PostgreSQL 15
create table pgbench_accounts_1
  partition of pgbench_accounts
  for values from (minvalue) to (33335) with (fillfactor=100)

--# pgbench 15.18 | initialize, generated at the server | collected, PostgreSQL 15
create table pgbench_accounts_2
  partition of pgbench_accounts
  for values from (33335) to (66669) with (fillfactor=100)

--# pgbench 15.18 | initialize, generated at the server | collected, PostgreSQL 15
create table pgbench_accounts_3
  partition of pgbench_accounts
  for values from (66669) to (maxvalue) with (fillfactor=100)

--# pgbench 15.18 | initialize, generated at the server | collected, PostgreSQL 15
insert into pgbench_branches(bid,bbalance) select bid, 0 from generate_series(1, 1) as bid

--# pgbench 15.18 | initialize, generated at the server | collected, PostgreSQL 15
insert into pgbench_tellers(tid,bid,tbalance) select tid, (tid - 1) / 10 + 1, 0 from generate_series(1, 10) as tid

--# pgbench 15.18 | initialize, generated at the server | collected, PostgreSQL 15
insert into pgbench_accounts(aid,bid,abalance,filler) select aid, (aid - 1) / 100000 + 1, 0, '' from generate_series(1, 100000) as aid

--# pgbench 15.18 | initialize, unlogged | collected, PostgreSQL 15
create unlogged table pgbench_history(tid int,bid int,aid    int,delta int,mtime timestamp,filler char(22))

--# pgbench 15.18 | initialize, unlogged | collected, PostgreSQL 15
create unlogged table pgbench_tellers(tid int not null,bid int,tbalance int,filler char(84)) with (fillfactor=100)

--# pgbench 15.18 | initialize, unlogged | collected, PostgreSQL 15
create unlogged table pgbench_accounts(aid    int not null,bid int,abalance int,filler char(84)) with (fillfactor=100)

--# pgbench 15.18 | initialize, unlogged | collected, PostgreSQL 15
create unlogged table pgbench_branches(bid int not null,bbalance int,filler char(88)) with (fillfactor=100)

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
select count(*) from pgbench_branches

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
select o.n, p.partstrat, pg_catalog.count(i.inhparent) from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on (n.oid = c.relnamespace) cross join lateral (select pg_catalog.array_position(pg_catalog.current_schemas(true), n.nspname)) as o(n) left join pg_catalog.pg_partitioned_table as p on (p.partrelid = c.oid) left join pg_catalog.pg_inherits as i on (c.oid = i.inhparent) where c.relname = 'pgbench_accounts' and o.n is not null group by 1, 2 order by 1 asc limit 1

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
vacuum pgbench_branches

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
vacuum pgbench_tellers

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
truncate pgbench_history

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
BEGIN;

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
UPDATE pgbench_accounts SET abalance = abalance + -1968 WHERE aid = 36202;

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
SELECT abalance FROM pgbench_accounts WHERE aid = 36202;

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
UPDATE pgbench_tellers SET tbalance = tbalance + -1968 WHERE tid = 8;

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
UPDATE pgbench_branches SET bbalance = bbalance + -1968 WHERE bid = 1;

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (8, 1, 36202, -1968, CURRENT_TIMESTAMP);

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
END;

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
UPDATE pgbench_accounts SET abalance = abalance + 3400 WHERE aid = 790;

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
UPDATE pgbench_tellers SET tbalance = tbalance + 3400 WHERE tid = 2;

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
UPDATE pgbench_branches SET bbalance = bbalance + 3400 WHERE bid = 1;

--# pgbench 15.18 | tpcb-like, simple | collected, PostgreSQL 15
INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (2, 1, 790, 3400, CURRENT_TIMESTAMP);

--# pgbench 15.18 | tpcb-like, extended | collected, PostgreSQL 15
UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2;

--# pgbench 15.18 | tpcb-like, extended | collected, PostgreSQL 15
SELECT abalance FROM pgbench_accounts WHERE aid = $1;

--# pgbench 15.18 | tpcb-like, extended | collected, PostgreSQL 15
UPDATE pgbench_tellers SET tbalance = tbalance + $1 WHERE tid = $2;

--# pgbench 15.18 | tpcb-like, extended | collected, PostgreSQL 15
UPDATE pgbench_branches SET bbalance = bbalance + $1 WHERE bid = $2;

--# pgbench 15.18 | tpcb-like, extended | collected, PostgreSQL 15
INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES ($1, $2, $3, $4, CURRENT_TIMESTAMP);

-- What applications and people typically say to the demo's bank (see bank.sql).

--# typical | read 1
select * from customer

--# typical | read 2
select * from customer limit 100

--# typical | read 3
select id, name, email from customer order by name, id

--# typical | read 4
select c.* from customer c where c.id = 42

--# typical | read 5
select id, name from customer where id = $1

--# typical | read 6
select "id", "name" from "customer" where "email" = $1

--# typical | read 7
SELECT count(*) FROM customer

--# typical | read 8
SELECT COUNT(DISTINCT name) FROM customer

--# typical | read 9
select count(*) filter (where born < date '1970-01-01') as older, count(*) as "all" from customer

--# typical | read 10
select name, count(*) from customer group by name having count(*) > 1 order by 2 desc, 1

--# typical | read 11
select name, count(*) from customer group by 1 order by 1

--# typical | read 12
select * from customer where name like 'Ada%'

--# typical | read 13
select * from customer where name ilike '%brandt%' order by id limit 20 offset 40

--# typical | read 14
select * from customer where email ~* '^customer1[0-9]@'

--# typical | read 15
select * from customer where name not like '% Adler' and born between date '1960-01-01' and date '1969-12-31'

--# typical | read 16
select * from customer where id in (1, 2, 3, 5, 8)

--# typical | read 17
select * from customer where id = any($1)

--# typical | read 18
select * from customer where id = any(array[1, 2, 3]::bigint[])

--# typical | read 19
select * from customer where born is not null and (name = 'Ada Adler' or name = 'Bela Brandt')

--# typical | read 20
select id, upper(name), lower(email), length(email) from customer

--# typical | read 21
select id, name || ' <' || email || '>' as addressee from customer

--# typical | read 22
select id, split_part(name, ' ', 1) as given, split_part(name, ' ', 2) as family from customer

--# typical | read 23
select id, left(name, 1) as initial, right(email, 12) from customer

--# typical | read 24
select id, age(born), extract(year from age(current_date, born))::int as years from customer

--# typical | read 25
select date_trunc('decade', born) as decade, count(*) from customer group by decade order by decade

--# typical | read 26
select to_char(born, 'YYYY-MM') as month, count(*) from customer group by to_char(born, 'YYYY-MM') order by month

--# typical | read 27
select id, coalesce(email, 'none') from customer

--# typical | read 28
select id, case when born < '1960-01-01' then 'old' when born < '1980-01-01' then 'middle' else 'young' end as band from customer

--# typical | read 29
select * from customer order by born desc nulls last, id fetch first 10 rows only

--# typical | read 30
select * from customer where (name, born) > ($1, $2) order by name, born limit 50

--# typical | read 31
select a.id, a.iban, a.balance from account a where a.customer_id = $1 order by a.opened

--# typical | read 32
select c.name, a.iban, a.balance from customer c join account a on a.customer_id = c.id where c.id = $1

--# typical | read 33
select c.name, a.iban from customer c left join account a on a.customer_id = c.id where a.id is null

--# typical | read 34
select c.name, a.iban, k.number from customer c inner join account a on a.customer_id = c.id left outer join card k on k.account_id = a.id order by c.name

--# typical | read 35
select customer_id, sum(balance) as total from account group by customer_id order by total desc limit 10

--# typical | read 36
select c.id, c.name, sum(a.balance) from customer c, account a where a.customer_id = c.id group by c.id, c.name

--# typical | read 37
select c.name, sum(a.balance) as total, avg(a.balance)::numeric(14, 2), min(a.balance), max(a.balance), count(*) from customer c join account a on c.id = a.customer_id group by c.name having sum(a.balance) > 10000

--# typical | read 38
select sum(balance) from account

--# typical | read 39
select round(avg(balance), 2) from account

--# typical | read 40
select percentile_cont(0.5) within group (order by balance) from account

--# typical | read 41
select width_bucket(balance, 0, 10000, 10) as bucket, count(*) from account group by bucket order by bucket

--# typical | read 42
select * from account where balance > (select avg(balance) from account)

--# typical | read 43
select * from account a where exists (select 1 from card k where k.account_id = a.id and k.blocked)

--# typical | read 44
select * from account a where not exists (select from card k where k.account_id = a.id)

--# typical | read 45
select * from account where customer_id in (select id from customer where name = $1)

--# typical | read 46
select iban from account where opened >= now() - interval '30 days'

--# typical | read 47
select iban from account where opened >= current_timestamp - $1::interval

--# typical | read 48
select iban, opened at time zone 'UTC' as opened_utc from account where opened < timestamptz '2020-02-01 00:00:00+00'

--# typical | read 49
select extract(epoch from opened)::bigint from account where id = $1

--# typical | read 50
select balance from account where id = $1

--# typical | read 51
select balance::text, balance::float8, cast(balance as integer) from account where id = $1

--# typical | read 52
select greatest(balance, 0), least(balance, 1000), abs(balance), sign(balance) from account

--# typical | read 53
select id, balance, rank() over (order by balance desc) from account order by 3 limit 10

--# typical | read 54
select id, customer_id, balance, row_number() over (partition by customer_id order by balance desc) as nth from account

--# typical | read 55
select id, balance, sum(balance) over (order by id rows between unbounded preceding and current row) as running from account

--# typical | read 56
select id, balance, balance - lag(balance) over w as diff, lead(balance, 1, 0.0) over w from account window w as (order by opened)

--# typical | read 57
select id, ntile(4) over (order by balance) as quartile, percent_rank() over (order by balance) from account

--# typical | read 58
select distinct customer_id from account

--# typical | read 59
select distinct on (customer_id) customer_id, iban, balance from account order by customer_id, balance desc

--# typical | read 60
select id, iban from account union all select id, number from card

--# typical | read 61
select customer_id from account except select id from customer

--# typical | read 62
select id from customer intersect select customer_id from account

--# typical | read 63
(select id, 'account' as kind from account order by id limit 5) union (select id, 'card' from card order by id limit 5) order by 2, 1

--# typical | read 64
with rich as (select customer_id, sum(balance) as total from account group by customer_id) select c.name, r.total from rich r join customer c on c.id = r.customer_id where r.total > 9000 order by r.total desc

--# typical | read 65
with a as (select * from account), b as (select * from card) select count(*) from a join b on b.account_id = a.id

--# typical | read 66
with recursive n(i) as (select 1 union all select i + 1 from n where i < 12) select i, (select count(*) from transaction t where extract(month from t.booked) = n.i) from n

--# typical | read 67
with months as materialized (select generate_series(timestamptz '2025-01-01', timestamptz '2025-12-01', interval '1 month') as m) select m, coalesce(sum(t.amount), 0) from months left join transaction t on date_trunc('month', t.booked) = m group by m order by m

--# typical | read 68
select t.* from transaction t where t.account_id = $1 order by t.booked desc limit 20

--# typical | read 69
select id, amount, booked, purpose from transaction where account_id = $1 and booked >= $2 and booked < $3 order by booked

--# typical | read 70
select purpose, sum(amount) from transaction where account_id = $1 group by purpose

--# typical | read 71
select date_trunc('month', booked) as month, sum(amount) as net, sum(case when amount > 0 then amount else 0 end) as credit, sum(case when amount < 0 then -amount else 0 end) as debit from transaction group by 1 order by 1

--# typical | read 72
select date(booked), count(*) from transaction group by date(booked) order by date(booked) desc limit 7

--# typical | read 73
select extract(dow from booked) as weekday, avg(amount) from transaction group by extract(dow from booked)

--# typical | read 74
select purpose, count(*), sum(amount) from transaction group by rollup (purpose)

--# typical | read 75
select purpose, account_id, sum(amount) from transaction where account_id < 5 group by grouping sets ((purpose), (account_id), ()) order by 1 nulls first, 2

--# typical | read 76
select purpose, account_id % 2 as parity, sum(amount), grouping(purpose) from transaction group by cube (purpose, account_id % 2)

--# typical | read 77
select string_agg(distinct purpose, ', ' order by purpose) from transaction where account_id = $1

--# typical | read 78
select array_agg(amount order by booked) from transaction where account_id = $1

--# typical | read 79
select json_agg(t) from (select id, amount, purpose from transaction where account_id = $1 order by id limit 3) t

--# typical | read 80
select json_build_object('id', id, 'amount', amount, 'purpose', purpose) from transaction where id = $1

--# typical | read 81
select jsonb_build_array(1, 'a', null, true) -> 1

--# typical | read 82
select jsonb_object_agg(purpose, total) from (select purpose, sum(amount) as total from transaction group by purpose) s

--# typical | read 83
select row_to_json(c) from (select id, name from customer where id = 1) c

--# typical | read 84
select * from jsonb_to_recordset('[{"a":1,"b":"x"},{"a":2,"b":"y"}]'::jsonb) as t(a int, b text)

--# typical | read 85
select value from jsonb_array_elements_text('["a","b"]'::jsonb)

--# typical | read 86
select c.name, l.amount, l.booked from customer c join account a on a.customer_id = c.id cross join lateral (select t.amount, t.booked from transaction t where t.account_id = a.id order by t.booked desc limit 3) l where c.id = $1

--# typical | read 87
select c.name, last.amount from customer c join account a on a.customer_id = c.id left join lateral (select amount from transaction where account_id = a.id order by booked desc limit 1) last on true

--# typical | read 88
select c.name, (select count(*) from account a where a.customer_id = c.id) as accounts from customer c

--# typical | read 89
select a.iban, (select max(t.booked) from transaction t where t.account_id = a.id) from account a where a.id <= 10

--# typical | read 90
select s.purpose, s.total, round(100 * s.total / sum(s.total) over (), 1) as percent from (select purpose, sum(amount) as total from transaction where amount > 0 group by purpose) as s order by s.total desc

--# typical | read 91
select x.name from (select * from customer where id < 10) x where x.born > date '1950-01-01'

--# typical | read 92
select * from (values (1, 'one'), (2, 'two')) as v(n, word)

--# typical | read 93
values (1, 'one'), (2, 'two')

--# typical | read 94
select * from generate_series(1, 10) as n

--# typical | read 95
select n, n * n as square from generate_series(1, 10) n

--# typical | read 96
select d::date from generate_series(date '2025-01-01', date '2025-01-31', interval '1 day') as d

--# typical | read 97
select unnest(array['a', 'b', 'c']) as letter

--# typical | read 98
select * from unnest(array[1, 2], array['x', 'y']) with ordinality as t(n, s, i)

--# typical | read 99
select number, expires from card where not blocked and expires < current_date + 30

--# typical | read 100
select '**** **** **** ' || right(number, 4) as shown from card where account_id = $1

--# typical | read 101
select blocked, count(*) from card group by blocked

--# typical | read 102
select count(*) from card where blocked is true

--# typical | read 103
select bool_or(blocked), bool_and(blocked), every(expires > current_date) from card

--# typical | read 104
select k.number, a.iban, c.name from card k join account a on a.id = k.account_id join customer c on c.id = a.customer_id where k.number = $1

--# typical | read 105
select c.name, a.iban, k.number from customer c join account a using (id) join card k using (id)

--# typical | read 106
select * from customer natural join (select id, iban from account) a

--# typical | read 107
select a.id, b.id from account a cross join account b where a.id < b.id and a.balance = b.balance

--# typical | read 108
select a.iban, b.iban from account a full join account b on a.id = b.id + 1 where b.id is null or a.id is null

--# typical | read 109
select id from account tablesample bernoulli (10) repeatable (42)

--# typical | read 110
select 1

--# typical | read 111
SELECT 1;

--# typical | read 112
select 1 as one, 'text' as t, null as n, true as b, 1.5e3 as f

--# typical | read 113
select version()

--# typical | read 114
select current_user, session_user, current_database(), current_schema()

--# typical | read 115
select now(), current_date, localtime, clock_timestamp() > now()

--# typical | read 116
select current_setting('server_version_num')::int >= 140000

--# typical | read 117
select pg_size_pretty(pg_total_relation_size('transaction'))

--# typical | read 118
select relname, n_live_tup from pg_stat_user_tables order by n_live_tup desc

--# typical | read 119
select table_name, column_name, data_type from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position

--# typical | read 120
select to_regclass('public.account') is not null

--# typical | read 121
explain select * from account where customer_id = 1

--# typical | read 122
explain (costs off, format json) select a.iban from account a join customer c on c.id = a.customer_id

--# typical | read 123
show search_path

--# typical | read 124
show server_version

--# typical | read 125
table card

--# typical | read 126
select * from only account

--# typical | read 127
select public.account.iban from public.account

--# typical | read 128
select a.iban from bank.public.account a where a.id = 1

--# typical | read 129
select id from account where iban = 'XX00DEMO000000000001' and balance >= 0.00 and balance <> 1e6

--# typical | read 130
select id from transaction where amount * -1 > 900 and (account_id % 2 = 0) is true

--# typical | read 131
select id from transaction where purpose in ('rent', 'salary') and not (amount < 0)

--# typical | read 132
select id from transaction where purpose is distinct from 'fees' limit 5

--# typical | read 133
select id, md5(purpose), substring(purpose from 1 for 3), position('e' in purpose), trim(both ' ' from purpose), replace(purpose, 'e', 'E') from transaction limit 5

--# typical | read 134
select overlay(purpose placing '***' from 2 for 3) from transaction limit 1

--# typical | read 135
select id from transaction where booked::date = '2025-01-02' order by id limit all

--# typical | read 136
select coalesce(nullif(purpose, ''), 'none') from transaction where id = $1

--# typical | read 137
select interval '1 day 2 hours' + timestamp '2025-01-01 00:00', date '2025-03-01' - date '2025-02-01'

--# typical | read 138
select make_date(2025, 1, 31), to_date('31.01.2025', 'DD.MM.YYYY'), to_timestamp(1735689600)

--# typical | read 139
select array[1, 2, 3] @> array[2], array_length(array[1, 2], 1), (array['a', 'b'])[1]

--# typical | read 140
select '{"a": {"b": [1, 2]}}'::jsonb #>> '{a,b,0}', '{"a": 1}'::jsonb ? 'a'

--# typical | read 141
select 'it''s', E'tab\there', $$dollar 'quoted'$$, U&'d\0061ta'

--# typical | read 142
select -- a comment
  id,
  name -- and another; with a semicolon
from customer

--# typical | read 143
select /* block */ id from account /* another */ where id = 1 -- the end

--# typical | read 144
select exists(select 1 from account where id = $1)

--# typical | read 145
select count(*) over (), id from account limit 1

--# typical | session 146
begin

--# typical | session 147
commit

--# typical | session 148
rollback

--# typical | session 149
start transaction isolation level repeatable read read only

--# typical | session 150
savepoint one

--# typical | session 151
rollback to savepoint one

--# typical | session 152
release savepoint one

--# typical | session 153
set statement_timeout = '30s'

--# typical | session 154
set time zone 'Europe/Zurich'

--# typical | session 155
set local lock_timeout = 1000

--# typical | session 156
reset statement_timeout

--# typical | write 157
insert into customer (id, name, ssn, email, born) values ($1, $2, $3, $4, $5)

--# typical | write 158
insert into customer (id, name, ssn, email, born) values (900, 'New One', '999-00-0900', 'new@bank.example', '1990-05-05') returning id

--# typical | write 159
insert into transaction (account_id, amount, booked, purpose) values (1, 10.00, now(), 'rent'), (2, -10.00, now(), 'rent')

--# typical | write 160
insert into account select 1000 + id, id, 'XX00NEW' || id, 0, now() from customer where id < 10

--# typical | write 161
insert into customer (id, name, ssn, email, born) values (1, 'x', 'y', 'z', '2000-01-01') on conflict (id) do update set name = excluded.name, email = excluded.email

--# typical | write 162
insert into card (id, account_id, number, expires) values ($1, $2, $3, $4) on conflict do nothing

--# typical | write 163
update account set balance = balance + $1 where id = $2

--# typical | write 164
update account set balance = balance - 10 where id = 1 returning id, balance

--# typical | write 165
update card set blocked = true from account a where a.id = card.account_id and a.customer_id = $1

--# typical | write 166
update customer set (name, email) = ('New Name', 'n@bank.example') where id = 7

--# typical | write 167
delete from card where id = $1

--# typical | write 168
delete from transaction where booked < now() - interval '7 years'

--# typical | write 169
delete from card using account a where card.account_id = a.id and a.balance = 0

--# typical | write 170
with moved as (update account set balance = balance - 5 where id = 1 returning id) insert into transaction (account_id, amount, booked, purpose) select id, -5, now(), 'fees' from moved

--# typical | write 171
select * from account where id = $1 for update

--# typical | write 172
select id from account order by id limit 1 for update skip locked

--# typical | write 173
merge into account a using (values (1, 5.0)) as v(id, delta) on a.id = v.id when matched then update set balance = balance + v.delta

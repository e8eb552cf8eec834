-- A small bank. Nothing in it is random: the same rows each time.
create table customer (
  id bigint primary key,
  name text not null,
  ssn char(11) not null unique,
  email text not null,
  born date not null
);
create table account (
  id bigint primary key,
  customer_id bigint not null references customer,
  iban text not null unique,
  balance numeric(14, 2) not null,
  opened timestamptz not null
);
create table card (
  id bigint primary key,
  account_id bigint not null references account,
  number char(16) not null unique,
  expires date not null,
  blocked boolean not null default false
);
create table transaction (
  id bigint generated always as identity primary key,
  account_id bigint not null references account,
  amount numeric(14, 2) not null,
  booked timestamptz not null,
  purpose text not null
);
create index on account (customer_id);
create index on card (account_id);
create index on transaction (account_id, booked);

insert into customer
select n,
       (array['Ada', 'Bela', 'Chen', 'Dana', 'Emeka', 'Farida', 'Goran', 'Hana'])[1 + n % 8]
         || ' '
         || (array['Adler', 'Brandt', 'Costa', 'Diaz', 'Eriksen', 'Fischer', 'Greco'])[1 + n % 7],
       -- Numbers that begin with 9 are never assigned.
       format('9%s-%s-%s', lpad((n % 100)::text, 2, '0'), lpad((n * 7 % 100)::text, 2, '0'),
              lpad(n::text, 4, '0')),
       format('customer%s@bank.example', n),
       date '1950-01-01' + (n * 137 % 18000)::int
from generate_series(1, 200) as n;

insert into account
select n, 1 + (n - 1) % 200, format('XX00DEMO%s', lpad(n::text, 12, '0')),
       round((n * 7919 % 1000000) / 100.0, 2),
       timestamptz '2020-01-01 00:00:00+00' + n * interval '5 hours'
from generate_series(1, 300) as n;

insert into card
select n, n, format('4000000000%s', lpad(n::text, 6, '0')), date '2028-01-31' + (n % 36)::int * 30,
       n % 50 = 0
from generate_series(1, 250) as n;

insert into transaction (account_id, amount, booked, purpose)
select 1 + n % 300, round(((n * 104729 % 200000) - 100000) / 100.0, 2),
       timestamptz '2025-01-01 00:00:00+00' + n * interval '13 minutes',
       (array['rent', 'salary', 'groceries', 'books', 'transfer', 'fees'])[1 + n % 6]
from generate_series(1, 5000) as n;

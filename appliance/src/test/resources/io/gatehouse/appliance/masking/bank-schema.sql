-- The database of a small bank, without its rows: run by a superuser in an empty database.
-- Which columns are protected stands in protected.yaml, and nowhere in here.
CREATE SCHEMA bank;
CREATE SCHEMA hr;
CREATE SCHEMA ref;
CREATE SCHEMA audit;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'analyst') THEN
    CREATE ROLE analyst LOGIN;
  END IF;
END
$$;

CREATE DOMAIN ref.currency AS char(3) CHECK (VALUE ~ '^[A-Z]{3}$');
CREATE DOMAIN ref.country AS char(2) CHECK (VALUE ~ '^[A-Z]{2}$');
CREATE DOMAIN bank.iban AS text CHECK (length(VALUE) BETWEEN 15 AND 34);
CREATE DOMAIN bank.money AS numeric(14, 2);
CREATE TYPE bank.segment AS ENUM ('retail', 'affluent', 'private', 'business');
CREATE TYPE bank.account_kind AS ENUM ('current', 'savings', 'salary', 'custody');
CREATE TYPE bank.card_brand AS ENUM ('visa', 'mastercard', 'debit');
CREATE TYPE bank.payment_state AS ENUM ('draft', 'submitted', 'settled', 'rejected', 'returned');
CREATE TYPE bank.dispute_reason AS ENUM ('fraud', 'duplicate', 'not_received', 'amount');
CREATE TYPE hr.rating AS ENUM ('low', 'fair', 'good', 'excellent');

CREATE TABLE ref.countries (
  code ref.country PRIMARY KEY,
  name text NOT NULL,
  eu boolean NOT NULL
);

CREATE TABLE ref.branches (
  branch_id int PRIMARY KEY,
  name text NOT NULL,
  city text NOT NULL,
  country ref.country NOT NULL REFERENCES ref.countries,
  opened date NOT NULL,
  parent_id int REFERENCES ref.branches,
  opening_hours jsonb NOT NULL,
  location point
);

CREATE TABLE ref.fx (
  day date NOT NULL,
  base ref.currency NOT NULL,
  quote ref.currency NOT NULL,
  rate numeric(12, 6) NOT NULL CHECK (rate > 0),
  PRIMARY KEY (day, base, quote)
);

CREATE TABLE ref.rates (
  rate_id int PRIMARY KEY,
  product text NOT NULL,
  valid daterange NOT NULL,
  percent numeric(6, 3) NOT NULL,
  tiers int[] NOT NULL
);

CREATE TABLE hr.employees (
  employee_id int PRIMARY KEY,
  branch_id int NOT NULL REFERENCES ref.branches,
  manager_id int REFERENCES hr.employees,
  name text NOT NULL,
  title text NOT NULL,
  hired date NOT NULL,
  skills text[] NOT NULL,
  work_email text NOT NULL,
  salary numeric(12, 2) NOT NULL CHECK (salary > 0),
  bonus numeric(12, 2),
  rating hr.rating,
  sick_days smallint NOT NULL,
  medical_leave_until timestamptz,
  national_id text NOT NULL UNIQUE
);

CREATE TABLE bank.customers (
  customer_id int PRIMARY KEY,
  branch_id int NOT NULL REFERENCES ref.branches,
  adviser_id int REFERENCES hr.employees,
  first_name text NOT NULL,
  last_name text NOT NULL,
  full_name text GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
  segment bank.segment NOT NULL,
  country ref.country NOT NULL REFERENCES ref.countries,
  since date NOT NULL,
  active boolean NOT NULL,
  languages text[] NOT NULL,
  preferences jsonb NOT NULL,
  ssn text NOT NULL,
  date_of_birth date,
  birth_year int GENERATED ALWAYS AS (extract(year FROM date_of_birth)::int) STORED,
  email text UNIQUE,
  phone text,
  annual_income int,
  pep boolean NOT NULL,
  risk_score double precision,
  aliases text[],
  password_hash bytea NOT NULL,
  portal_id uuid NOT NULL
);

CREATE TABLE bank.addresses (
  address_id int PRIMARY KEY,
  customer_id int NOT NULL REFERENCES bank.customers,
  kind text NOT NULL CHECK (kind IN ('home', 'mail', 'work')),
  line text NOT NULL,
  postcode varchar(10),
  city text NOT NULL,
  country ref.country NOT NULL REFERENCES ref.countries,
  valid_from date NOT NULL
);

CREATE TABLE bank.accounts (
  account_id int PRIMARY KEY,
  customer_id int NOT NULL REFERENCES bank.customers,
  kind bank.account_kind NOT NULL,
  currency ref.currency NOT NULL,
  balance bank.money NOT NULL,
  overdraft bank.money NOT NULL DEFAULT 0,
  available bank.money GENERATED ALWAYS AS (balance + overdraft) STORED,
  opened date NOT NULL,
  closed date CHECK (closed >= opened),
  iban bank.iban NOT NULL UNIQUE,
  iban_country text GENERATED ALWAYS AS (substr(iban, 1, 2)) STORED
);

CREATE TABLE bank.cards (
  card_id int PRIMARY KEY,
  account_id int NOT NULL REFERENCES bank.accounts,
  brand bank.card_brand NOT NULL,
  issued date NOT NULL,
  expires date NOT NULL,
  blocked boolean NOT NULL,
  monthly_limit int NOT NULL,
  pan varchar(19) NOT NULL UNIQUE,
  pin_block bytea
);

CREATE TABLE bank.transactions (
  transaction_id bigint NOT NULL,
  account_id int NOT NULL REFERENCES bank.accounts,
  card_id int REFERENCES bank.cards,
  booked timestamptz NOT NULL,
  value_day date NOT NULL,
  amount bank.money NOT NULL CHECK (amount <> 0),
  currency ref.currency NOT NULL,
  category text NOT NULL,
  tags text[] NOT NULL,
  counterparty_iban text,
  remittance text,
  PRIMARY KEY (transaction_id, value_day)
) PARTITION BY RANGE (value_day);
CREATE TABLE bank.transactions_2025h1 PARTITION OF bank.transactions FOR VALUES FROM ('2025-01-01') TO ('2025-07-01');
CREATE TABLE bank.transactions_2025h2 PARTITION OF bank.transactions FOR VALUES FROM ('2025-07-01') TO ('2026-01-01');
CREATE TABLE bank.transactions_2026h1 PARTITION OF bank.transactions FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
CREATE TABLE bank.transactions_rest PARTITION OF bank.transactions DEFAULT;
CREATE INDEX transactions_account ON bank.transactions (account_id, booked);

CREATE TABLE bank.loans (
  loan_id int PRIMARY KEY,
  customer_id int NOT NULL REFERENCES bank.customers,
  product text NOT NULL,
  principal bank.money NOT NULL CHECK (principal > 0),
  outstanding bank.money NOT NULL,
  percent numeric(6, 3) NOT NULL,
  term_months smallint NOT NULL,
  started date NOT NULL,
  days_overdue int NOT NULL,
  collateral_value bigint
);

CREATE TABLE bank.payments (
  payment_id bigint PRIMARY KEY,
  account_id int NOT NULL REFERENCES bank.accounts,
  state bank.payment_state NOT NULL,
  amount bank.money NOT NULL,
  currency ref.currency NOT NULL,
  submitted timestamptz NOT NULL,
  settled timestamptz,
  reference uuid NOT NULL,
  creditor_name text NOT NULL,
  creditor_iban bank.iban NOT NULL
);

CREATE TABLE bank.kyc_documents (
  document_id int PRIMARY KEY,
  customer_id int NOT NULL REFERENCES bank.customers,
  kind text NOT NULL,
  received date NOT NULL,
  expires date,
  verified boolean NOT NULL,
  checks jsonb NOT NULL,
  document jsonb NOT NULL,
  scan bytea
);

CREATE TABLE bank.devices (
  device_id int PRIMARY KEY,
  customer_id int NOT NULL REFERENCES bank.customers,
  platform text NOT NULL,
  enrolled timestamptz NOT NULL,
  trusted boolean NOT NULL,
  last_ip inet,
  push_token uuid
);

CREATE TABLE bank.disputes (
  dispute_id int PRIMARY KEY,
  card_pan varchar(19) NOT NULL REFERENCES bank.cards (pan),
  reason bank.dispute_reason NOT NULL,
  amount bank.money NOT NULL,
  opened date NOT NULL,
  closed date,
  won boolean,
  statement text
);

CREATE TABLE audit.events (
  event_id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  object text NOT NULL,
  details jsonb NOT NULL,
  took interval NOT NULL
);

CREATE VIEW bank.v_contacts AS
  SELECT customer_id, full_name AS name, email AS mail, phone AS call_number, country FROM bank.customers WHERE active;
CREATE VIEW bank.v_account_overview AS
  SELECT a.account_id, c.customer_id, c.full_name, a.iban AS account_number, a.kind, a.currency, a.balance,
         b.name AS branch
  FROM bank.accounts a
  JOIN bank.customers c USING (customer_id)
  JOIN ref.branches b ON b.branch_id = c.branch_id;
CREATE VIEW bank.v_monthly_turnover AS
  SELECT date_trunc('month', value_day)::date AS month, currency, category, sum(amount) AS turnover, count(*) AS bookings
  FROM bank.transactions
  GROUP BY 1, 2, 3;
CREATE VIEW bank.v_ages AS
  SELECT customer_id, segment, (2026 - birth_year) / 10 * 10 AS age_band FROM bank.customers;
CREATE VIEW hr.v_directory AS
  SELECT employee_id, name, title, branch_id, work_email FROM hr.employees;
CREATE MATERIALIZED VIEW bank.m_branch_balances AS
  SELECT c.branch_id, a.currency, count(*) AS accounts, sum(a.balance) AS balance
  FROM bank.accounts a JOIN bank.customers c USING (customer_id)
  GROUP BY 1, 2 WITH NO DATA;

CREATE FUNCTION ref.convert(amount numeric, from_currency text, on_day date) RETURNS numeric LANGUAGE sql STABLE
  RETURN amount * coalesce((SELECT f.rate FROM ref.fx f WHERE f.base = from_currency AND f.quote = 'CHF' AND f.day <= on_day
                            ORDER BY f.day DESC LIMIT 1), 1);
CREATE FUNCTION ref.quarter_label(day date) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN extract(year FROM day)::text || 'Q' || extract(quarter FROM day)::text;

GRANT USAGE ON SCHEMA bank, hr, ref, audit TO analyst;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA bank, hr, ref, audit TO analyst;

-- What postgres.yaml is run against: by a superuser, in an empty database named corp.
-- Role app owns nothing and may create objects in hr, pub, evil and the database. Rows are the same each time.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    CREATE ROLE app LOGIN;
  END IF;
END
$$;
ALTER ROLE app IN DATABASE corp SET search_path = hr, public;
GRANT CREATE, TEMPORARY ON DATABASE corp TO app;

CREATE SCHEMA hr;
CREATE SCHEMA pub;
CREATE SCHEMA evil;
GRANT USAGE, CREATE ON SCHEMA hr, pub, evil TO app;

CREATE TABLE hr.customers (
  id int PRIMARY KEY,
  name text NOT NULL,
  ssn text NOT NULL,
  salary int NOT NULL CHECK (salary > 0),
  email text NOT NULL UNIQUE,
  doc jsonb NOT NULL
);
INSERT INTO hr.customers
SELECT n, format('NAME-%s', lpad(n::text, 4, '0')), format('SECRET-%s', lpad(n::text, 4, '0')), 90000 + n,
       format('VICTIM%s@ex.com', n), jsonb_build_object('ssn', format('SECRET-%s', lpad(n::text, 4, '0')))
FROM generate_series(1, 200) AS n;

-- One row with a negative id, so that a DELETE of those below zero shows.
CREATE TABLE hr.orders (id int PRIMARY KEY, customer_id int NOT NULL, amount numeric(10, 2) NOT NULL);
INSERT INTO hr.orders SELECT n, 1 + n % 200, n FROM generate_series(1, 50) AS n;
INSERT INTO hr.orders VALUES (-1, 1, 1);
CREATE TABLE hr.orders_empty (LIKE hr.orders);
CREATE MATERIALIZED VIEW hr.m_orders AS SELECT count(*) AS n FROM hr.orders;

CREATE TABLE hr.part (id int, ssn text) PARTITION BY RANGE (id);
CREATE TABLE hr.part_p1 PARTITION OF hr.part FOR VALUES FROM (0) TO (1000);
INSERT INTO hr.part SELECT id, ssn FROM hr.customers;

CREATE VIEW hr.v_old AS SELECT id, ssn AS note FROM hr.customers;

CREATE FUNCTION hr.sd_leak(int) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
  AS 'SELECT ssn FROM hr.customers WHERE id = $1';
CREATE PROCEDURE hr.drain() LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM hr.orders WHERE id < 0';

-- The same shape, and nothing to protect.
CREATE TABLE pub.customers (LIKE hr.customers INCLUDING ALL);
INSERT INTO pub.customers VALUES (1, 'PUBLIC', 'PUBLIC', 1, 'public@ex.com', '{}');

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES ON ALL TABLES IN SCHEMA hr, pub TO app;

-- Where the server has them.
DO $$
DECLARE
  wanted text;
BEGIN
  FOR wanted IN SELECT name FROM pg_available_extensions WHERE name IN ('hstore', 'tablefunc') LOOP
    EXECUTE format('CREATE EXTENSION %I SCHEMA public', wanted);
  END LOOP;
END
$$;

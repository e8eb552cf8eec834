-- Sensitive and harmless tables, and every way in which an object can run code when it is used.
CREATE SCHEMA hr;
CREATE SCHEMA pub;
CREATE SCHEMA evil;
CREATE SCHEMA "Odd ""name"", {x}";
CREATE EXTENSION citext SCHEMA public;
CREATE EXTENSION pg_trgm SCHEMA public;
CREATE EXTENSION tablefunc SCHEMA public;

CREATE TABLE hr.customers (
  id int PRIMARY KEY, name text, ssn text, gone int, salary int, email text, doc jsonb);
ALTER TABLE hr.customers DROP COLUMN gone;
CREATE TABLE hr.orders (
  id serial PRIMARY KEY,
  customer_id int REFERENCES hr.customers ON DELETE CASCADE,
  amount numeric CHECK (amount >= 0));
CREATE TABLE hr.lines (order_id int REFERENCES hr.orders ON DELETE SET NULL, what text);
CREATE TABLE hr.notes (customer_id int REFERENCES hr.customers, what text);
CREATE TABLE hr.part (id int, ssn text) PARTITION BY RANGE (id);
CREATE TABLE hr.part_p1 PARTITION OF hr.part FOR VALUES FROM (0) TO (10) PARTITION BY LIST (id);
CREATE TABLE hr.part_p1_a PARTITION OF hr.part_p1 DEFAULT;
CREATE TABLE hr.base (a int);
CREATE TABLE hr.heir (b int) INHERITS (hr.base);
CREATE TABLE pub.customers (id int, name text, ssn text);
CREATE TABLE "Odd ""name"", {x}"."t""\,{}" ("NULL" int, "a""b,\{" text);
ALTER TABLE "Odd ""name"", {x}"."t""\,{}" RENAME COLUMN "NULL" TO "null";

CREATE FUNCTION evil.f(x int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT x';
CREATE FUNCTION evil.f(x text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN x; END';
CREATE FUNCTION hr.sd_leak(i int) RETURNS text STABLE SECURITY DEFINER LANGUAGE sql
  AS 'SELECT ssn FROM hr.customers WHERE id = i';
CREATE PROCEDURE evil.p() LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE AGGREGATE evil.total(int) (SFUNC = pg_catalog.int4pl, STYPE = int);
CREATE OPERATOR evil.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = pg_catalog.int4eq);
CREATE FUNCTION evil.eq(a int, b int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT a = b';
CREATE OPERATOR evil.==== (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.eq);

CREATE VIEW hr.v_old AS SELECT id, ssn AS note FROM hr.customers;
CREATE VIEW hr.v_over AS SELECT note || '' AS note FROM hr.v_old WHERE id > 0;
CREATE VIEW hr.v_whole AS SELECT c AS everything FROM hr.customers c;
CREATE VIEW hr.v_count AS SELECT count(*) FROM hr.customers;
CREATE VIEW hr.v_where AS SELECT o.id FROM hr.orders o JOIN hr.customers c ON c.salary > o.amount;
CREATE VIEW hr.v_code AS SELECT evil.f(id) AS id FROM hr.orders;
CREATE VIEW hr.v_over_code AS SELECT id FROM hr.v_code;
CREATE VIEW hr.v_operator AS SELECT id FROM hr.orders WHERE id OPERATOR(evil.====) 1;
CREATE VIEW hr.v_dynamic AS SELECT query_to_xml('select 1', true, true, '') AS x;
CREATE VIEW hr.v_crosstab AS SELECT * FROM public.crosstab('select 1') AS t(a text, b text);
CREATE VIEW hr.v_trigram AS SELECT public.similarity(name, 'x') AS s FROM pub.customers;
CREATE VIEW hr.v_setting AS SELECT id FROM hr.orders WHERE current_setting('my.x', true) = 'y';
CREATE VIEW hr.v_passwords AS SELECT rolpassword FROM pg_catalog.pg_authid;
CREATE VIEW hr.v_statistics AS SELECT most_common_vals::text AS v FROM pg_catalog.pg_stats;
CREATE MATERIALIZED VIEW hr.m_code AS SELECT evil.f(id) AS id, ssn FROM hr.customers;

CREATE TABLE hr.triggered (a int);
CREATE FUNCTION evil.trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE INSERT ON hr.triggered FOR EACH ROW EXECUTE FUNCTION evil.trg();
CREATE TABLE hr.touched (a int);
CREATE TRIGGER t BEFORE UPDATE ON hr.touched FOR EACH ROW
  EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger();
CREATE TABLE hr.parent_of_triggered (id int PRIMARY KEY);
CREATE TABLE hr.child_triggered (p int REFERENCES hr.parent_of_triggered ON DELETE CASCADE);
CREATE TRIGGER t BEFORE DELETE ON hr.child_triggered FOR EACH ROW EXECUTE FUNCTION evil.trg();
CREATE VIEW hr.v_triggered AS SELECT a FROM hr.triggered;
CREATE TABLE hr.split (a int) PARTITION BY LIST (a);
CREATE TABLE hr.split_1 PARTITION OF hr.split DEFAULT;
CREATE TRIGGER t BEFORE INSERT ON hr.split_1 FOR EACH ROW EXECUTE FUNCTION evil.trg();
CREATE TABLE hr.by_code (a int) PARTITION BY LIST (evil.f(a));
CREATE TABLE hr.by_code_1 PARTITION OF hr.by_code DEFAULT;

CREATE TABLE hr.ruled (a int);
CREATE RULE r AS ON INSERT TO hr.ruled DO INSTEAD DELETE FROM hr.notes;
CREATE TABLE hr.secured (id int, owner text);
ALTER TABLE hr.secured ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON hr.secured USING (evil.f(id) = 1);
CREATE VIEW hr.v_secured AS SELECT id FROM hr.secured;
CREATE TABLE hr.secured_plain (id int, owner text);
ALTER TABLE hr.secured_plain ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON hr.secured_plain USING (owner = current_user);
CREATE TABLE hr.secured_through (id int);
ALTER TABLE hr.secured_through ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON hr.secured_through USING (id IN (SELECT id FROM hr.v_code));

CREATE TABLE hr.defaulted (a int DEFAULT evil.f(1));
CREATE TABLE hr.generated (a int, b int GENERATED ALWAYS AS (evil.f(a)) STORED);
CREATE TABLE hr.generated_plain (a int, b int GENERATED ALWAYS AS (a + 1) STORED);
CREATE TABLE hr.checked (a int CHECK (evil.f(a) > 0));
CREATE TABLE hr.default_dynamic (a xml DEFAULT query_to_xml('select 1', true, true, ''));
CREATE TABLE hr.expression_index (a int);
CREATE INDEX ON hr.expression_index (evil.f(a));
CREATE TABLE hr.partial_index (a int);
CREATE INDEX ON hr.partial_index (a) WHERE evil.f(a) > 0;
CREATE TABLE hr.expression_statistics (a int);
CREATE STATISTICS hr.statistics ON (evil.f(a)), a FROM hr.expression_statistics;
CREATE FUNCTION evil.stop(x int) RETURNS int IMMUTABLE LANGUAGE plpgsql
  AS $$BEGIN
    IF current_user = 'gate' THEN RAISE EXCEPTION 'code ran'; END IF;
    RETURN x;
  END$$;
CREATE TABLE hr.planned (a int);
CREATE INDEX ON hr.planned ((a + evil.stop(1)));
GRANT USAGE ON SCHEMA hr, evil TO gate;
GRANT SELECT ON hr.planned TO gate;
CREATE TABLE hr.trigram_index (a text);
CREATE INDEX ON hr.trigram_index USING gin (a public.gin_trgm_ops);
CREATE TABLE hr.conditional (a int);
CREATE TRIGGER t AFTER UPDATE ON hr.conditional FOR EACH ROW WHEN (evil.f(NEW.a) > 0)
  EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger();

CREATE TYPE hr.mood AS ENUM ('calm', 'cross');
CREATE DOMAIN hr.positive AS int CHECK (VALUE > 0);
CREATE DOMAIN evil.checked AS int CHECK (evil.f(VALUE) > 0);
CREATE DOMAIN evil.over AS evil.checked;
CREATE DOMAIN evil.defaulted AS int DEFAULT evil.f(1);
CREATE TYPE hr.pair AS (a int, b evil.checked);
CREATE TYPE hr.plain_pair AS (a int, b text);
CREATE FUNCTION evil.distance(a int, b int) RETURNS float8 IMMUTABLE LANGUAGE sql AS 'SELECT 1.0';
CREATE TYPE evil.span AS RANGE (SUBTYPE = int, SUBTYPE_DIFF = evil.distance);
CREATE TYPE hr.plain_span AS RANGE (SUBTYPE = float8);
CREATE TABLE hr.with_domain (a evil.checked);
CREATE TABLE hr.with_composite (a hr.pair);
CREATE TABLE hr.with_array (a evil.checked[]);
CREATE TABLE hr.with_plain_types (a hr.mood, b hr.positive, c public.citext, d hr.mood[]);
CREATE SEQUENCE hr.numbers;
CREATE EXTENSION postgres_fdw;
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;
CREATE FOREIGN TABLE hr.far (a int) SERVER far;
CREATE FOREIGN DATA WRAPPER homemade;
CREATE SERVER near FOREIGN DATA WRAPPER homemade;
CREATE FOREIGN TABLE hr.near (a int) SERVER near;

-- What asyncpg 0.32.0 said to real servers. Made by appliance/src/test/sh/sql/collect.

--# asyncpg 0.32.0 | introspection | collected, PostgreSQL 15

                    SELECT
                        current_setting('jit') AS cur,
                        set_config('jit', 'off', false) AS new
                    

--# asyncpg 0.32.0 | introspection | collected, PostgreSQL 15
WITH RECURSIVE typeinfo_tree(
    oid, ns, name, kind, basetype, elemtype, elemdelim,
    range_subtype, attrtypoids, attrnames, depth)
AS (
    SELECT
        ti.oid, ti.ns, ti.name, ti.kind, ti.basetype,
        ti.elemtype, ti.elemdelim, ti.range_subtype,
        ti.attrtypoids, ti.attrnames, 0
    FROM
            (
        SELECT
            t.oid                           AS oid,
            ns.nspname                      AS ns,
            t.typname                       AS name,
            t.typtype                       AS kind,
            (CASE WHEN t.typtype = 'd' THEN
                (WITH RECURSIVE typebases(oid, depth) AS (
                    SELECT
                        t2.typbasetype      AS oid,
                        0                   AS depth
                    FROM
                        pg_type t2
                    WHERE
                        t2.oid = t.oid

                    UNION ALL

                    SELECT
                        t2.typbasetype      AS oid,
                        tb.depth + 1        AS depth
                    FROM
                        pg_type t2,
                        typebases tb
                    WHERE
                       tb.oid = t2.oid
                       AND t2.typbasetype != 0
               ) SELECT oid FROM typebases ORDER BY depth DESC LIMIT 1)

               ELSE NULL
            END)                            AS basetype,
            t.typelem                       AS elemtype,
            elem_t.typdelim                 AS elemdelim,
            COALESCE(
                range_t.rngsubtype,
                multirange_t.rngsubtype)    AS range_subtype,
            (CASE WHEN t.typtype = 'c' THEN
                (SELECT
                    array_agg(ia.atttypid ORDER BY ia.attnum)
                FROM
                    pg_attribute ia
                    INNER JOIN pg_class c
                        ON (ia.attrelid = c.oid)
                WHERE
                    ia.attnum > 0 AND NOT ia.attisdropped
                    AND c.reltype = t.oid)

                ELSE NULL
            END)                            AS attrtypoids,
            (CASE WHEN t.typtype = 'c' THEN
                (SELECT
                    array_agg(ia.attname::text ORDER BY ia.attnum)
                FROM
                    pg_attribute ia
                    INNER JOIN pg_class c
                        ON (ia.attrelid = c.oid)
                WHERE
                    ia.attnum > 0 AND NOT ia.attisdropped
                    AND c.reltype = t.oid)

                ELSE NULL
            END)                            AS attrnames
        FROM
            pg_catalog.pg_type AS t
            INNER JOIN pg_catalog.pg_namespace ns ON (
                ns.oid = t.typnamespace)
            LEFT JOIN pg_type elem_t ON (
                t.typlen = -1 AND
                t.typelem != 0 AND
                t.typelem = elem_t.oid
            )
            LEFT JOIN pg_range range_t ON (
                t.oid = range_t.rngtypid
            )
            LEFT JOIN pg_range multirange_t ON (
                t.oid = multirange_t.rngmultitypid
            )
    )
 AS ti
    WHERE
        ti.oid = any($1::oid[])

    UNION ALL

    SELECT
        ti.oid, ti.ns, ti.name, ti.kind, ti.basetype,
        ti.elemtype, ti.elemdelim, ti.range_subtype,
        ti.attrtypoids, ti.attrnames, tt.depth + 1
    FROM
            (
        SELECT
            t.oid                           AS oid,
            ns.nspname                      AS ns,
            t.typname                       AS name,
            t.typtype                       AS kind,
            (CASE WHEN t.typtype = 'd' THEN
                (WITH RECURSIVE typebases(oid, depth) AS (
                    SELECT
                        t2.typbasetype      AS oid,
                        0                   AS depth
                    FROM
                        pg_type t2
                    WHERE
                        t2.oid = t.oid

                    UNION ALL

                    SELECT
                        t2.typbasetype      AS oid,
                        tb.depth + 1        AS depth
                    FROM
                        pg_type t2,
                        typebases tb
                    WHERE
                       tb.oid = t2.oid
                       AND t2.typbasetype != 0
               ) SELECT oid FROM typebases ORDER BY depth DESC LIMIT 1)

               ELSE NULL
            END)                            AS basetype,
            t.typelem                       AS elemtype,
            elem_t.typdelim                 AS elemdelim,
            COALESCE(
                range_t.rngsubtype,
                multirange_t.rngsubtype)    AS range_subtype,
            (CASE WHEN t.typtype = 'c' THEN
                (SELECT
                    array_agg(ia.atttypid ORDER BY ia.attnum)
                FROM
                    pg_attribute ia
                    INNER JOIN pg_class c
                        ON (ia.attrelid = c.oid)
                WHERE
                    ia.attnum > 0 AND NOT ia.attisdropped
                    AND c.reltype = t.oid)

                ELSE NULL
            END)                            AS attrtypoids,
            (CASE WHEN t.typtype = 'c' THEN
                (SELECT
                    array_agg(ia.attname::text ORDER BY ia.attnum)
                FROM
                    pg_attribute ia
                    INNER JOIN pg_class c
                        ON (ia.attrelid = c.oid)
                WHERE
                    ia.attnum > 0 AND NOT ia.attisdropped
                    AND c.reltype = t.oid)

                ELSE NULL
            END)                            AS attrnames
        FROM
            pg_catalog.pg_type AS t
            INNER JOIN pg_catalog.pg_namespace ns ON (
                ns.oid = t.typnamespace)
            LEFT JOIN pg_type elem_t ON (
                t.typlen = -1 AND
                t.typelem != 0 AND
                t.typelem = elem_t.oid
            )
            LEFT JOIN pg_range range_t ON (
                t.oid = range_t.rngtypid
            )
            LEFT JOIN pg_range multirange_t ON (
                t.oid = multirange_t.rngmultitypid
            )
    )
 ti,
        typeinfo_tree tt
    WHERE
        (tt.elemtype IS NOT NULL AND ti.oid = tt.elemtype)
        OR (tt.attrtypoids IS NOT NULL AND ti.oid = any(tt.attrtypoids))
        OR (tt.range_subtype IS NOT NULL AND ti.oid = tt.range_subtype)
        OR (tt.basetype IS NOT NULL AND ti.oid = tt.basetype)
)

SELECT DISTINCT
    *,
    basetype::regtype::text AS basetype_name,
    elemtype::regtype::text AS elemtype_name,
    range_subtype::regtype::text AS range_subtype_name
FROM
    typeinfo_tree
ORDER BY
    depth DESC

--# asyncpg 0.32.0 | introspection | collected, PostgreSQL 15

                SELECT
                    set_config('jit', $1, false)
                

--# asyncpg 0.32.0 | introspection | collected, PostgreSQL 15
select 'ok'::mood

--# asyncpg 0.32.0 | introspection | collected, PostgreSQL 15
select row('a', 'b')::address

--# asyncpg 0.32.0 | introspection | collected, PostgreSQL 15
select '[1,2]'::span

--# asyncpg 0.32.0 | introspection | collected, PostgreSQL 15
select 1::positive

--# asyncpg 0.32.0 | introspection | collected, PostgreSQL 15
select array['sad'::mood]

--# asyncpg 0.32.0 | introspection | collected, PostgreSQL 15
select null::back_office.note

--# asyncpg 0.32.0 | introspection | collected, PostgreSQL 15
select array[row('a','b')::address]

--# asyncpg 0.32.0 | codecs | collected, PostgreSQL 15
SELECT
    t.oid,
    t.typelem     AS elemtype,
    t.typtype     AS kind
FROM
    pg_catalog.pg_type AS t
    INNER JOIN pg_catalog.pg_namespace ns ON (ns.oid = t.typnamespace)
WHERE
    t.typname = $1 AND ns.nspname = $2

--# asyncpg 0.32.0 | codecs | collected, PostgreSQL 15
select $1::jsonb

--# asyncpg 0.32.0 | cursors and transactions | collected, PostgreSQL 15
BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE;

--# asyncpg 0.32.0 | cursors and transactions | collected, PostgreSQL 15
select id from customer where id < $1

--# asyncpg 0.32.0 | cursors and transactions | collected, PostgreSQL 15
SAVEPOINT __asyncpg_stmt_1__;

--# asyncpg 0.32.0 | cursors and transactions | collected, PostgreSQL 15
MOVE FORWARD 5 __asyncpg_stmt_1__

--# asyncpg 0.32.0 | cursors and transactions | collected, PostgreSQL 15
select id from customer

--# asyncpg 0.32.0 | cursors and transactions | collected, PostgreSQL 15
RELEASE SAVEPOINT __asyncpg_stmt_1__;

--# asyncpg 0.32.0 | cursors and transactions | collected, PostgreSQL 15
COMMIT;

--# asyncpg 0.32.0 | cursors and transactions | collected, PostgreSQL 15
BEGIN ISOLATION LEVEL REPEATABLE READ;

--# asyncpg 0.32.0 | cursors and transactions | collected, PostgreSQL 15
update account set balance = $1 where id = $2

--# asyncpg 0.32.0 | cursors and transactions | collected, PostgreSQL 15
select 1; select 2

--# asyncpg 0.32.0 | cursors and transactions | collected, PostgreSQL 15
SELECT pg_advisory_unlock_all();
CLOSE ALL;
UNLISTEN *;
RESET ALL;

--# asyncpg 0.32.0 | COPY | collected, PostgreSQL 15
SELECT quote_literal($1::"pg_catalog"."int8"::text)

--# asyncpg 0.32.0 | COPY | collected, PostgreSQL 15
COPY (select id, name from customer where id < '10') TO STDOUT 

--# asyncpg 0.32.0 | COPY | collected, PostgreSQL 15
COPY "customer"("id", "name") TO STDOUT (FORMAT 'csv', HEADER True)

--# asyncpg 0.32.0 | COPY | collected, PostgreSQL 15
create temp table copied (a int, b text)

--# asyncpg 0.32.0 | COPY | collected, PostgreSQL 15
COPY "copied"("a", "b") FROM STDIN (FORMAT binary) 

--# asyncpg 0.32.0 | COPY | collected, PostgreSQL 15
COPY "copied" FROM STDIN (FORMAT 'csv') 

--# asyncpg 0.32.0 | listening | collected, PostgreSQL 15
LISTEN "news"

--# asyncpg 0.32.0 | pool | collected, PostgreSQL 15
select 1

-- In the manner of DBeaver's reading of a database: written after what it is known to ask, not collected.

--# dbeaver-style | start | written
SET application_name = 'DBeaver 25.1.0 - Main'

--# dbeaver-style | start | written
SET extra_float_digits = 3

--# dbeaver-style | start: where am I | written
SELECT current_schema(),session_user

--# dbeaver-style | start: path | written
SHOW search_path

--# dbeaver-style | start: version and settings | written
SELECT version()

--# dbeaver-style | databases | written
SELECT db.oid,db.* FROM pg_catalog.pg_database db WHERE datallowconn ORDER BY db.datname

--# dbeaver-style | a database | written
SELECT db.oid,db.*,pg_catalog.pg_encoding_to_char(db.encoding) AS enc FROM pg_catalog.pg_database db WHERE datname=$1

--# dbeaver-style | settings | written
select * from pg_catalog.pg_settings where name=$1

--# dbeaver-style | case of names | written
SELECT * FROM pg_catalog.pg_enum WHERE 1<>1 LIMIT 1

--# dbeaver-style | may I see it | written
SELECT reltype FROM pg_catalog.pg_class WHERE 1<>1 LIMIT 1

--# dbeaver-style | schemas | written
SELECT n.oid,n.*,d.description FROM pg_catalog.pg_namespace n
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid=n.oid AND d.objsubid=0 AND d.classoid='pg_namespace'::regclass
 ORDER BY nspname

--# dbeaver-style | types of a schema | written
SELECT t.oid,t.*,c.relkind,format_type(nullif(t.typbasetype, 0), t.typtypmod) as base_type_name, d.description
FROM pg_catalog.pg_type t
LEFT OUTER JOIN pg_catalog.pg_type et ON et.oid=t.typelem
LEFT OUTER JOIN pg_catalog.pg_class c ON c.oid=t.typrelid
LEFT OUTER JOIN pg_catalog.pg_description d ON t.oid=d.objoid
WHERE t.typname IS NOT NULL
AND (c.relkind IS NULL OR c.relkind = 'c') AND (et.typcategory IS NULL OR et.typcategory <> 'C')

--# dbeaver-style | labels of an enum | written
SELECT e.enumlabel FROM pg_catalog.pg_enum e WHERE e.enumtypid=$1 ORDER BY e.enumsortorder

--# dbeaver-style | tables of a schema | written
SELECT c.oid,c.*,d.description,pg_catalog.pg_get_expr(c.relpartbound, c.oid) as partition_expr,  pg_catalog.pg_get_partkeydef(c.oid) as partition_key
FROM pg_catalog.pg_class c
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid=c.oid AND d.objsubid=0 AND d.classoid='pg_class'::regclass
WHERE c.relnamespace=$1 AND c.relkind not in ('i','I','c')

--# dbeaver-style | columns of a table | written
SELECT c.relname,a.*,pg_catalog.pg_get_expr(ad.adbin, ad.adrelid, true) as def_value,dsc.description,dep.objid
FROM pg_catalog.pg_attribute a
INNER JOIN pg_catalog.pg_class c ON (a.attrelid=c.oid)
LEFT OUTER JOIN pg_catalog.pg_attrdef ad ON (a.attrelid=ad.adrelid AND a.attnum = ad.adnum)
LEFT OUTER JOIN pg_catalog.pg_description dsc ON (c.oid=dsc.objoid AND a.attnum = dsc.objsubid)
LEFT OUTER JOIN pg_depend dep on dep.refobjid = a.attrelid AND dep.deptype = 'i' and dep.refobjsubid = a.attnum and dep.classid = dep.refclassid
WHERE NOT a.attisdropped AND c.relkind not in ('i','I','c') AND c.oid=$1
ORDER BY a.attnum

--# dbeaver-style | constraints | written
SELECT c.oid,c.*,t.relname as tabrelname,rt.relnamespace as refnamespace,d.description, case when c.contype='c' then "substring"(pg_get_constraintdef(c.oid), 7) else null end consrc_copy
FROM pg_catalog.pg_constraint c
INNER JOIN pg_catalog.pg_class t ON t.oid=c.conrelid
LEFT OUTER JOIN pg_catalog.pg_class rt ON rt.oid=c.confrelid
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid=c.oid AND d.objsubid=0 AND d.classoid='pg_constraint'::regclass
WHERE c.conrelid=$1
ORDER BY c.oid

--# dbeaver-style | indexes | written
SELECT i.*,i.indkey as keys,c.relname,c.relnamespace,c.relam,c.reltablespace,tc.relname as tabrelname,dsc.description,pg_catalog.pg_get_expr(i.indpred, i.indrelid) as pred_expr,pg_catalog.pg_get_expr(i.indexprs, i.indrelid, true) as expr,pg_catalog.pg_relation_size(i.indexrelid) as index_rel_size,pg_catalog.pg_stat_get_numscans(i.indexrelid) as index_num_scans
FROM pg_catalog.pg_index i
INNER JOIN pg_catalog.pg_class c ON c.oid=i.indexrelid
INNER JOIN pg_catalog.pg_class tc ON tc.oid=i.indrelid
LEFT OUTER JOIN pg_catalog.pg_description dsc ON i.indexrelid=dsc.objoid
WHERE i.indrelid=$1 ORDER BY c.relname

--# dbeaver-style | operator classes | written
SELECT oc.oid,oc.* FROM pg_catalog.pg_opclass oc ORDER BY oc.oid

--# dbeaver-style | sizes of tables | written
select c.oid,pg_catalog.pg_total_relation_size(c.oid) as total_rel_size,pg_catalog.pg_relation_size(c.oid) as rel_size
FROM pg_class c
WHERE c.relnamespace=$1

--# dbeaver-style | definition of a view | written
SELECT pg_catalog.pg_get_viewdef($1, true)

--# dbeaver-style | rules | written
SELECT r.oid,r.*,pg_catalog.pg_get_ruledef(r.oid) AS definition FROM pg_catalog.pg_rewrite r WHERE r.ev_class=$1 AND r.rulename <> '_RETURN'::name

--# dbeaver-style | triggers | written
SELECT x.oid,x.*,p.pronamespace as func_schema_id,d.description
FROM pg_catalog.pg_trigger x
LEFT OUTER JOIN pg_catalog.pg_proc p ON p.oid=x.tgfoid
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid=x.oid AND d.objsubid=0
WHERE x.tgrelid=$1 AND NOT x.tgisinternal

--# dbeaver-style | functions of a schema | written
SELECT p.oid as poid,p.*,CASE WHEN l.lanname = 'internal' THEN null ELSE pg_catalog.pg_get_expr(p.proargdefaults, 0) END as arg_defaults,d.description
FROM pg_catalog.pg_proc p
LEFT OUTER JOIN pg_catalog.pg_language l ON l.oid=p.prolang
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid=p.oid AND d.objsubid = 0
WHERE p.pronamespace=$1
ORDER BY p.proname

--# dbeaver-style | a function's text | written
SELECT pg_get_functiondef($1)

--# dbeaver-style | sequences | written
SELECT last_value, increment_by, min_value, max_value, cache_size, cycle from pg_catalog.pg_sequences WHERE schemaname=$1 AND sequencename=$2

--# dbeaver-style | roles | written
SELECT a.oid,a.*,pd.description FROM pg_catalog.pg_roles a
LEFT JOIN pg_catalog.pg_shdescription pd ON a.oid = pd.objoid
ORDER BY a.rolname

--# dbeaver-style | members of roles | written
SELECT * FROM pg_catalog.pg_auth_members am WHERE am.member=$1

--# dbeaver-style | rights on a table | written
SELECT relacl FROM pg_catalog.pg_class WHERE oid=$1

--# dbeaver-style | rights on columns | written
SELECT a.attname, a.attacl FROM pg_catalog.pg_attribute a WHERE a.attrelid=$1 AND NOT a.attisdropped AND a.attacl IS NOT NULL

--# dbeaver-style | partitions | written
SELECT c.oid,c.*,i.inhparent FROM pg_catalog.pg_inherits i,pg_catalog.pg_class c WHERE i.inhparent=$1 AND c.oid=i.inhrelid AND c.relispartition

--# dbeaver-style | dependencies | written
SELECT DISTINCT dep.deptype, dep.classid, dep.objid, cl.relkind, attr.attname, pg_catalog.pg_get_expr(ad.adbin, ad.adrelid) adefval,
  CASE WHEN cl.relkind IS NOT NULL THEN cl.relkind || COALESCE(dep.objsubid::text, '')
       WHEN tg.oid IS NOT NULL THEN 'T'::text
       WHEN co.oid IS NOT NULL THEN CASE WHEN co.contype='p' THEN 'Cp' ELSE 'C' || contype END
       ELSE ''
  END AS type, COALESCE(coc.relname, clrw.relname) AS ownertable
FROM pg_depend dep
LEFT JOIN pg_class cl ON dep.objid=cl.oid
LEFT JOIN pg_attribute attr ON dep.objid=attr.attrelid AND dep.objsubid=attr.attnum
LEFT JOIN pg_trigger tg ON tg.oid=dep.objid
LEFT JOIN pg_constraint co ON dep.objid=co.oid
LEFT JOIN pg_class coc ON co.conrelid=coc.oid
LEFT JOIN pg_rewrite rw ON dep.objid=rw.oid
LEFT JOIN pg_class clrw ON clrw.oid=rw.ev_class
LEFT JOIN pg_attrdef ad ON ad.oid=dep.objid
WHERE dep.refobjid=$1
ORDER BY type

--# dbeaver-style | sessions | written
SELECT sa.* FROM pg_catalog.pg_stat_activity sa WHERE sa.state <> 'idle' ORDER BY sa.query_start DESC

--# dbeaver-style | locks | written
with locks as (select distinct locktype, database, relation::regclass as rel, mode, tid.virtualtransaction, tid.virtualxid, tid.transactionid, pid, granted from pg_catalog.pg_locks as tid)
select l.pid, l.mode, l.granted, a.usename, a.query from locks l join pg_catalog.pg_stat_activity a on a.pid = l.pid where not l.granted

--# dbeaver-style | rows of a table, first page | written
SELECT x.* FROM public.customer x

--# dbeaver-style | rows of a table, ordered by the grid | written
SELECT x.* FROM public.customer x
ORDER BY x."name" DESC

--# dbeaver-style | rows of a table, filtered by the grid | written
SELECT x.* FROM public.customer x
WHERE name LIKE 'A%'

--# dbeaver-style | count of rows | written
SELECT count(*) FROM public.customer x

--# dbeaver-style | a cell changed in the grid | written
UPDATE public.customer SET "name"=$1 WHERE id=$2

--# dbeaver-style | a row removed in the grid | written
DELETE FROM public.customer WHERE id=$1

--# dbeaver-style | a key that the grid checks | written
SELECT id,name FROM public.customer WHERE id IN ($1,$2) ORDER BY id

--# dbeaver-style | plan | written
EXPLAIN (FORMAT XML, ANALYZE) SELECT 1

--# dbeaver-style | search for a table | written
SELECT pc.oid,pc.relname,pc.relnamespace,pc.relkind FROM pg_catalog.pg_class pc WHERE pc.relkind in('r','v','m','S','p','f') AND LOWER(pc.relname) LIKE $1 AND pc.relnamespace IN ($2,$3) ORDER BY pc.relname LIMIT 100

--# dbeaver-style | extensions | written
SELECT e.oid,cfg.tbls,n.nspname as schema_name,e.* FROM pg_catalog.pg_extension e
JOIN pg_namespace n ON n.oid =e.extnamespace
LEFT JOIN (
  SELECT ARRAY_AGG(ns.nspname || '.' || cls.relname) tbls, oid_ext FROM (SELECT UNNEST(e1.extconfig) oid, e1.oid oid_ext FROM pg_catalog.pg_extension e1) c
  JOIN pg_class cls ON cls.oid = c.oid JOIN pg_namespace ns ON ns.oid = cls.relnamespace
  GROUP BY oid_ext
) cfg ON cfg.oid_ext = e.oid
ORDER BY e.oid

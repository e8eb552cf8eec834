-- What pg_dump 15.18 said to real servers. Made by appliance/src/test/sh/sql/collect.

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT pg_catalog.set_config('search_path', '', false);

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT pg_catalog.pg_is_in_recovery()

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SET DATESTYLE = ISO

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SET INTERVALSTYLE = POSTGRES

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SET extra_float_digits TO 3

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SET synchronize_seqscans TO off

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SET statement_timeout = 0

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SET lock_timeout = 0

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SET idle_in_transaction_session_timeout = 0

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SET row_security = off

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT set_config(name, 'view, foreign-table', false) FROM pg_settings WHERE name = 'restrict_nonsystem_relation_kind'

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
BEGIN

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT oid, rolname FROM pg_catalog.pg_roles ORDER BY 1

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT x.tableoid, x.oid, x.extname, n.nspname, x.extrelocatable, x.extversion, x.extconfig, x.extcondition FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT classid, objid, refobjid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' ORDER BY 3

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT n.tableoid, n.oid, n.nspname, n.nspowner, n.nspacl, acldefault('n', n.nspowner) AS acldefault FROM pg_namespace n

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT c.tableoid, c.oid, c.relname, c.relnamespace, c.relkind, c.reltype, c.relowner, c.relchecks, c.relhasindex, c.relhasrules, c.relpages, c.relhastriggers, c.relpersistence, c.reloftype, c.relacl, acldefault(CASE WHEN c.relkind = 'S' THEN 's'::"char" ELSE 'r'::"char" END, c.relowner) AS acldefault, CASE WHEN c.relkind = 'f' THEN (SELECT ftserver FROM pg_catalog.pg_foreign_table WHERE ftrelid = c.oid) ELSE 0 END AS foreignserver, c.relfrozenxid, tc.relfrozenxid AS tfrozenxid, tc.oid AS toid, tc.relpages AS toastpages, tc.reloptions AS toast_reloptions, d.refobjid AS owning_tab, d.refobjsubid AS owning_col, tsp.spcname AS reltablespace, false AS relhasoids, c.relispopulated, c.relreplident, c.relrowsecurity, c.relforcerowsecurity, c.relminmxid, tc.relminmxid AS tminmxid, array_remove(array_remove(c.reloptions,'check_option=local'),'check_option=cascaded') AS reloptions, CASE WHEN 'check_option=local' = ANY (c.reloptions) THEN 'LOCAL'::text WHEN 'check_option=cascaded' = ANY (c.reloptions) THEN 'CASCADED'::text ELSE NULL END AS checkoption, am.amname, (d.deptype = 'i') IS TRUE AS is_identity_sequence, c.relispartition AS ispartition 
FROM pg_class c
LEFT JOIN pg_depend d ON (c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0 AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))
LEFT JOIN pg_tablespace tsp ON (tsp.oid = c.reltablespace)
LEFT JOIN pg_am am ON (c.relam = am.oid)
LEFT JOIN pg_class tc ON (c.reltoastrelid = tc.oid AND tc.relkind = 't' AND c.relkind <> 'p')
WHERE c.relkind IN ('r', 'S', 'v', 'c', 'm', 'f', 'p')
ORDER BY c.oid

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
LOCK TABLE public.customer IN ACCESS SHARE MODE

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
LOCK TABLE public.account IN ACCESS SHARE MODE

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
LOCK TABLE public.card IN ACCESS SHARE MODE

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
LOCK TABLE public.transaction IN ACCESS SHARE MODE

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
LOCK TABLE back_office.note IN ACCESS SHARE MODE

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
LOCK TABLE public.part IN ACCESS SHARE MODE

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
LOCK TABLE public.part_2025 IN ACCESS SHARE MODE

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT p.tableoid, p.oid, p.proname, p.prolang, p.pronargs, p.proargtypes, p.prorettype, p.proacl, acldefault('f', p.proowner) AS acldefault, p.pronamespace, p.proowner FROM pg_proc p LEFT JOIN pg_init_privs pip ON (p.oid = pip.objoid AND pip.classoid = 'pg_proc'::regclass AND pip.objsubid = 0) WHERE p.prokind <> 'a'
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'i')
  AND (
  pronamespace != (SELECT oid FROM pg_namespace WHERE nspname = 'pg_catalog')
  OR EXISTS (SELECT 1 FROM pg_cast
  WHERE pg_cast.oid > 16383 
  AND p.oid = pg_cast.castfunc)
  OR EXISTS (SELECT 1 FROM pg_transform
  WHERE pg_transform.oid > 16383 AND 
  (p.oid = pg_transform.trffromsql
  OR p.oid = pg_transform.trftosql))
  OR p.proacl IS DISTINCT FROM pip.initprivs)

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, typname, typnamespace, typacl, acldefault('T', typowner) AS acldefault, typowner, typelem, typrelid, CASE WHEN typrelid = 0 THEN ' '::"char" ELSE (SELECT relkind FROM pg_class WHERE oid = typrelid) END AS typrelkind, typtype, typisdefined, typname[0] = '_' AND typelem != 0 AND (SELECT typarray FROM pg_type te WHERE oid = pg_type.typelem) = oid AS isarray FROM pg_type

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
PREPARE getDomainConstraints(pg_catalog.oid) AS
SELECT tableoid, oid, conname, pg_catalog.pg_get_constraintdef(oid) AS consrc, convalidated FROM pg_catalog.pg_constraint WHERE contypid = $1 ORDER BY conname

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
EXECUTE getDomainConstraints('16446')

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, lanname, lanpltrusted, lanplcallfoid, laninline, lanvalidator, lanacl, acldefault('l', lanowner) AS acldefault, lanowner FROM pg_language WHERE lanispl ORDER BY oid

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT p.tableoid, p.oid, p.proname AS aggname, p.pronamespace AS aggnamespace, p.pronargs, p.proargtypes, p.proowner, p.proacl AS aggacl, acldefault('f', p.proowner) AS acldefault FROM pg_proc p LEFT JOIN pg_init_privs pip ON (p.oid = pip.objoid AND pip.classoid = 'pg_proc'::regclass AND pip.objsubid = 0) WHERE p.prokind = 'a' AND (p.pronamespace != (SELECT oid FROM pg_namespace WHERE nspname = 'pg_catalog') OR p.proacl IS DISTINCT FROM pip.initprivs)

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, oprname, oprnamespace, oprowner, oprkind, oprleft, oprright, oprcode::oid AS oprcode FROM pg_operator

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, amname, amtype, amhandler::pg_catalog.regproc AS amhandler FROM pg_am

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, opcmethod, opcname, opcnamespace, opcowner FROM pg_opclass

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, opfmethod, opfname, opfnamespace, opfowner FROM pg_opfamily

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, prsname, prsnamespace, prsstart::oid, prstoken::oid, prsend::oid, prsheadline::oid, prslextype::oid FROM pg_ts_parser

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, tmplname, tmplnamespace, tmplinit::oid, tmpllexize::oid FROM pg_ts_template

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, dictname, dictnamespace, dictowner, dicttemplate, dictinitoption FROM pg_ts_dict

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, cfgname, cfgnamespace, cfgowner, cfgparser FROM pg_ts_config

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, fdwname, fdwowner, fdwhandler::pg_catalog.regproc, fdwvalidator::pg_catalog.regproc, fdwacl, acldefault('F', fdwowner) AS acldefault, array_to_string(ARRAY(SELECT quote_ident(option_name) || ' ' || quote_literal(option_value) FROM pg_options_to_table(fdwoptions) ORDER BY option_name), E',
    ') AS fdwoptions FROM pg_foreign_data_wrapper

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, srvname, srvowner, srvfdw, srvtype, srvversion, srvacl, acldefault('S', srvowner) AS acldefault, array_to_string(ARRAY(SELECT quote_ident(option_name) || ' ' || quote_literal(option_value) FROM pg_options_to_table(srvoptions) ORDER BY option_name), E',
    ') AS srvoptions FROM pg_foreign_server

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT oid, tableoid, defaclrole, defaclnamespace, defaclobjtype, defaclacl, CASE WHEN defaclnamespace = 0 THEN acldefault(CASE WHEN defaclobjtype = 'S' THEN 's'::"char" ELSE defaclobjtype END, defaclrole) ELSE '{}' END AS acldefault FROM pg_default_acl

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, collname, collnamespace, collowner, collencoding FROM pg_collation

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, conname, connamespace, conowner FROM pg_conversion

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, castsource, casttarget, castfunc, castcontext, castmethod FROM pg_cast c WHERE NOT EXISTS ( SELECT 1 FROM pg_range r WHERE c.castsource = r.rngtypid AND c.casttarget = r.rngmultitypid ) ORDER BY 3,4

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, trftype, trflang, trffromsql::oid, trftosql::oid FROM pg_transform ORDER BY 3,4

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT inhrelid, inhparent FROM pg_inherits

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT e.tableoid, e.oid, evtname, evtenabled, evtevent, evtowner, array_to_string(array(select quote_literal(x)  from unnest(evttags) as t(x)), ', ') as evttags, e.evtfoid::regproc as evtfname FROM pg_event_trigger e ORDER BY e.oid

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT conrelid, confrelid FROM pg_constraint JOIN pg_depend ON (objid = confrelid) WHERE contype = 'f' AND refclassid = 'pg_extension'::regclass AND classid = 'pg_class'::regclass;

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT
a.attrelid,
a.attnum,
a.attname,
a.atttypmod,
a.attstattarget,
a.attstorage,
t.typstorage,
a.attnotnull,
a.atthasdef,
a.attisdropped,
a.attlen,
a.attalign,
a.attislocal,
pg_catalog.format_type(t.oid, a.atttypmod) AS atttypname,
array_to_string(a.attoptions, ', ') AS attoptions,
CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation ELSE 0 END AS attcollation,
pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.quote_ident(option_name) || ' ' || pg_catalog.quote_literal(option_value) FROM pg_catalog.pg_options_to_table(attfdwoptions) ORDER BY option_name), E',
    ') AS attfdwoptions,
a.attcompression AS attcompression,
a.attidentity,
CASE WHEN a.atthasmissing AND NOT a.attisdropped THEN a.attmissingval ELSE null END AS attmissingval,
a.attgenerated
FROM unnest('{16384,16393,16407,16421,16463,16485,16488,16491,16495,16516}'::pg_catalog.oid[]) AS src(tbloid)
JOIN pg_catalog.pg_attribute a ON (src.tbloid = a.attrelid) LEFT JOIN pg_catalog.pg_type t ON (a.atttypid = t.oid)
WHERE a.attnum > 0::pg_catalog.int2
ORDER BY a.attrelid, a.attnum

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT a.tableoid, a.oid, adrelid, adnum, pg_catalog.pg_get_expr(adbin, adrelid) AS adsrc
FROM unnest('{16407,16463}'::pg_catalog.oid[]) AS src(tbloid)
JOIN pg_catalog.pg_attrdef a ON (src.tbloid = a.adrelid)
ORDER BY a.adrelid, a.adnum

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT c.tableoid, c.oid, conrelid, conname, pg_catalog.pg_get_constraintdef(c.oid) AS consrc, conislocal, convalidated FROM unnest('{16463}'::pg_catalog.oid[]) AS src(tbloid)
JOIN pg_catalog.pg_constraint c ON (src.tbloid = c.conrelid)
WHERE contype = 'c' ORDER BY c.conrelid, c.conname

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT t.tableoid, t.oid, i.indrelid, t.relname AS indexname, pg_catalog.pg_get_indexdef(i.indexrelid) AS indexdef, i.indkey, i.indisclustered, c.contype, c.conname, c.condeferrable, c.condeferred, c.tableoid AS contableoid, c.oid AS conoid, pg_catalog.pg_get_constraintdef(c.oid, false) AS condef, (SELECT spcname FROM pg_catalog.pg_tablespace s WHERE s.oid = t.reltablespace) AS tablespace, t.reloptions AS indreloptions, i.indisreplident, inh.inhparent AS parentidx, i.indnkeyatts AS indnkeyatts, i.indnatts AS indnatts, (SELECT pg_catalog.array_agg(attnum ORDER BY attnum)   FROM pg_catalog.pg_attribute   WHERE attrelid = i.indexrelid AND     attstattarget >= 0) AS indstatcols, (SELECT pg_catalog.array_agg(attstattarget ORDER BY attnum)   FROM pg_catalog.pg_attribute   WHERE attrelid = i.indexrelid AND     attstattarget >= 0) AS indstatvals, i.indnullsnotdistinct FROM unnest('{16384,16393,16407,16421,16463}'::pg_catalog.oid[]) AS src(tbloid)
JOIN pg_catalog.pg_index i ON (src.tbloid = i.indrelid) JOIN pg_catalog.pg_class t ON (t.oid = i.indexrelid) JOIN pg_catalog.pg_class t2 ON (t2.oid = i.indrelid) LEFT JOIN pg_catalog.pg_constraint c ON (i.indrelid = c.conrelid AND i.indexrelid = c.conindid AND c.contype IN ('p','u','x')) LEFT JOIN pg_catalog.pg_inherits inh ON (inh.inhrelid = indexrelid) WHERE (i.indisvalid OR t2.relkind = 'p') AND i.indisready ORDER BY i.indrelid, indexname

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, stxname, stxnamespace, stxowner, stxrelid, stxstattarget FROM pg_catalog.pg_statistic_ext

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT c.tableoid, c.oid, conrelid, conname, confrelid, conindid, pg_catalog.pg_get_constraintdef(c.oid) AS condef
FROM unnest('{16384,16393,16407,16421,16463,16485}'::pg_catalog.oid[]) AS src(tbloid)
JOIN pg_catalog.pg_constraint c ON (src.tbloid = c.conrelid)
WHERE contype = 'f' AND conparentid = 0 ORDER BY conrelid, conname

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT t.tgrelid, t.tgname, t.tgfoid::pg_catalog.regproc AS tgfname, pg_catalog.pg_get_triggerdef(t.oid, false) AS tgdef, t.tgenabled, t.tableoid, t.oid, t.tgparentid <> 0 AS tgispartition
FROM unnest('{16384,16393,16407,16421,16463}'::pg_catalog.oid[]) AS src(tbloid)
JOIN pg_catalog.pg_trigger t ON (src.tbloid = t.tgrelid) LEFT JOIN pg_catalog.pg_trigger u ON (u.oid = t.tgparentid) WHERE ((NOT t.tgisinternal AND t.tgparentid = 0) OR t.tgenabled != u.tgenabled) ORDER BY t.tgrelid, t.tgname

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, rulename, ev_class AS ruletable, ev_type, is_instead, ev_enabled FROM pg_rewrite ORDER BY oid

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT pol.oid, pol.tableoid, pol.polrelid, pol.polname, pol.polcmd, pol.polpermissive, CASE WHEN pol.polroles = '{0}' THEN NULL ELSE    pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.quote_ident(rolname) from pg_catalog.pg_roles WHERE oid = ANY(pol.polroles)), ', ') END AS polroles, pg_catalog.pg_get_expr(pol.polqual, pol.polrelid) AS polqual, pg_catalog.pg_get_expr(pol.polwithcheck, pol.polrelid) AS polwithcheck FROM unnest('{16384,16393,16407,16421,16463,16485,16488}'::pg_catalog.oid[]) AS src(tbloid)
JOIN pg_catalog.pg_policy pol ON (src.tbloid = pol.polrelid)

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT p.tableoid, p.oid, p.pubname, p.pubowner, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot FROM pg_publication p

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, prpubid, prrelid, pg_catalog.pg_get_expr(prqual, prrelid) AS prrelqual, (CASE
  WHEN pr.prattrs IS NOT NULL THEN
    (SELECT array_agg(attname)
       FROM
         pg_catalog.generate_series(0, pg_catalog.array_upper(pr.prattrs::pg_catalog.int2[], 1)) s,
         pg_catalog.pg_attribute
      WHERE attrelid = pr.prrelid AND attnum = prattrs[s])
  ELSE NULL END) prattrs FROM pg_catalog.pg_publication_rel pr

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT tableoid, oid, pnpubid, pnnspid FROM pg_catalog.pg_publication_namespace

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT s.tableoid, s.oid, s.subname,
 s.subowner,
 s.subconninfo, s.subslotname, s.subsynccommit,
 s.subpublications,
 s.subbinary,
 s.substream,
 s.subtwophasestate,
 s.subdisableonerr
FROM pg_subscription s
WHERE s.subdbid = (SELECT oid FROM pg_database
                   WHERE datname = current_database())

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT classid, objid, refclassid, refobjid, deptype FROM pg_depend WHERE deptype != 'p' AND deptype != 'e'
UNION ALL
SELECT 'pg_opfamily'::regclass AS classid, amopfamily AS objid, refclassid, refobjid, deptype FROM pg_depend d, pg_amop o WHERE deptype NOT IN ('p', 'e', 'i') AND classid = 'pg_amop'::regclass AND objid = o.oid AND NOT (refclassid = 'pg_opfamily'::regclass AND amopfamily = refobjid)
UNION ALL
SELECT 'pg_opfamily'::regclass AS classid, amprocfamily AS objid, refclassid, refobjid, deptype FROM pg_depend d, pg_amproc p WHERE deptype NOT IN ('p', 'e', 'i') AND classid = 'pg_amproc'::regclass AND objid = p.oid AND NOT (refclassid = 'pg_opfamily'::regclass AND amprocfamily = refobjid)
ORDER BY 1,2

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT DISTINCT attrelid FROM pg_attribute WHERE attacl IS NOT NULL

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT objoid, classoid, objsubid, privtype, initprivs FROM pg_init_privs

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT description, classoid, objoid, objsubid FROM pg_catalog.pg_description ORDER BY classoid, objoid, objsubid

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT label, provider, classoid, objoid, objsubid FROM pg_catalog.pg_seclabels ORDER BY classoid, objoid, objsubid

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT pg_catalog.current_schemas(false)

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
PREPARE dumpCompositeType(pg_catalog.oid) AS
SELECT a.attname, a.attnum, pg_catalog.format_type(a.atttypid, a.atttypmod) AS atttypdefn, a.attlen, a.attalign, a.attisdropped, CASE WHEN a.attcollation <> at.typcollation THEN a.attcollation ELSE 0 END AS attcollation FROM pg_catalog.pg_type ct JOIN pg_catalog.pg_attribute a ON a.attrelid = ct.typrelid LEFT JOIN pg_catalog.pg_type at ON at.oid = a.atttypid WHERE ct.oid = $1 ORDER BY a.attnum

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
EXECUTE dumpCompositeType('16450')

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
PREPARE dumpEnumType(pg_catalog.oid) AS
SELECT oid, enumlabel FROM pg_catalog.pg_enum WHERE enumtypid = $1 ORDER BY enumsortorder

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
EXECUTE dumpEnumType('16438')

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
PREPARE dumpDomain(pg_catalog.oid) AS
SELECT t.typnotnull, pg_catalog.format_type(t.typbasetype, t.typtypmod) AS typdefn, pg_catalog.pg_get_expr(t.typdefaultbin, 'pg_catalog.pg_type'::pg_catalog.regclass) AS typdefaultbin, t.typdefault, CASE WHEN t.typcollation <> u.typcollation THEN t.typcollation ELSE 0 END AS typcollation FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_type u ON (t.typbasetype = u.oid) WHERE t.oid = $1

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
EXECUTE dumpDomain('16446')

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
PREPARE dumpRangeType(pg_catalog.oid) AS
SELECT pg_catalog.format_type(rngmultitypid, NULL) AS rngmultitype, pg_catalog.format_type(rngsubtype, NULL) AS rngsubtype, opc.opcname AS opcname, (SELECT nspname FROM pg_catalog.pg_namespace nsp   WHERE nsp.oid = opc.opcnamespace) AS opcnsp, opc.opcdefault, CASE WHEN rngcollation = st.typcollation THEN 0      ELSE rngcollation END AS collation, rngcanonical, rngsubdiff FROM pg_catalog.pg_range r, pg_catalog.pg_type st,      pg_catalog.pg_opclass opc WHERE st.oid = rngsubtype AND opc.oid = rngsubopc AND rngtypid = $1

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
EXECUTE dumpRangeType('16454')

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT pg_catalog.format_type('16438'::pg_catalog.oid, NULL)

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
PREPARE dumpFunc(pg_catalog.oid) AS
SELECT
proretset,
prosrc,
probin,
provolatile,
proisstrict,
prosecdef,
lanname,
proconfig,
procost,
prorows,
pg_catalog.pg_get_function_arguments(p.oid) AS funcargs,
pg_catalog.pg_get_function_identity_arguments(p.oid) AS funciargs,
pg_catalog.pg_get_function_result(p.oid) AS funcresult,
proleakproof,
array_to_string(protrftypes, ' ') AS protrftypes,
proparallel,
prokind,
prosupport,
pg_get_function_sqlbody(p.oid) AS prosqlbody
FROM pg_catalog.pg_proc p, pg_catalog.pg_language l
WHERE p.oid = $1 AND l.oid = p.prolang

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
EXECUTE dumpFunc('16499')

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
PREPARE dumpAgg(pg_catalog.oid) AS
SELECT aggtransfn,
aggfinalfn,
aggtranstype::pg_catalog.regtype,
agginitval,
aggsortop,
pg_catalog.pg_get_function_arguments(p.oid) AS funcargs,
pg_catalog.pg_get_function_identity_arguments(p.oid) AS funciargs,
aggkind,
aggmtransfn,
aggminvtransfn,
aggmfinalfn,
aggmtranstype::pg_catalog.regtype,
aggfinalextra,
aggmfinalextra,
aggtransspace,
aggmtransspace,
aggminitval,
aggcombinefn,
aggserialfn,
aggdeserialfn,
proparallel,
aggfinalmodify,
aggmfinalmodify
FROM pg_catalog.pg_aggregate a, pg_catalog.pg_proc p WHERE a.aggfnoid = p.oid AND p.oid = $1

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
EXECUTE dumpAgg('16502')

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
PREPARE dumpOpr(pg_catalog.oid) AS
SELECT oprkind, oprcode::pg_catalog.regprocedure, oprleft::pg_catalog.regtype, oprright::pg_catalog.regtype, oprcom, oprnegate, oprrest::pg_catalog.regprocedure, oprjoin::pg_catalog.regprocedure, oprcanmerge, oprcanhash FROM pg_catalog.pg_operator WHERE oid = $1

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
EXECUTE dumpOpr('16506')

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT fdwname FROM pg_foreign_data_wrapper w WHERE w.oid = '16513'

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT usename, array_to_string(ARRAY(SELECT quote_ident(option_name) || ' ' || quote_literal(option_value) FROM pg_options_to_table(umoptions) ORDER BY option_name), E',
    ') AS umoptions FROM pg_user_mappings WHERE srvid = '16514' ORDER BY usename

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT format_type(seqtypid, NULL), seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle FROM pg_catalog.pg_sequence WHERE seqrelid = '16462'::oid

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
PREPARE getColumnACLs(pg_catalog.oid) AS
SELECT at.attname, at.attacl, '{}' AS acldefault, pip.privtype, pip.initprivs FROM pg_catalog.pg_attribute at LEFT JOIN pg_catalog.pg_init_privs pip ON (at.attrelid = pip.objoid AND pip.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND at.attnum = pip.objsubid) WHERE at.attrelid = $1 AND NOT at.attisdropped AND (at.attacl IS NOT NULL OR pip.initprivs IS NOT NULL) ORDER BY at.attnum

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
EXECUTE getColumnACLs('6100')

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT fs.srvname, pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.quote_ident(option_name) || ' ' || pg_catalog.quote_literal(option_value) FROM pg_catalog.pg_options_to_table(ftoptions) ORDER BY option_name), E',
    ') AS ftoptions FROM pg_catalog.pg_foreign_table ft JOIN pg_catalog.pg_foreign_server fs ON (fs.oid = ft.ftserver) WHERE ft.ftrelid = '16516'

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT pg_get_partkeydef('16485')

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT pg_catalog.pg_get_viewdef('16491'::pg_catalog.oid) AS viewdef

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
PREPARE dumpTableAttach(pg_catalog.oid) AS
SELECT pg_get_expr(c.relpartbound, c.oid) FROM pg_class c WHERE c.oid = $1

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
EXECUTE dumpTableAttach('16488')

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT pg_catalog.pg_get_statisticsobjdef('16484'::pg_catalog.oid)

--# pg_dump 15.18 | --schema-only | collected, PostgreSQL 15
SELECT pg_catalog.pg_get_ruledef('16504'::pg_catalog.oid)

--# pg_dump 15.18 | data | collected, PostgreSQL 15
SELECT partrelid FROM pg_partitioned_table WHERE
(SELECT c.oid FROM pg_opclass c JOIN pg_am a ON c.opcmethod = a.oid
WHERE opcname = 'enum_ops' AND opcnamespace = 'pg_catalog'::regnamespace AND amname = 'hash') = ANY(partclass)

--# pg_dump 15.18 | data | collected, PostgreSQL 15
WITH RECURSIVE w AS ( SELECT d1.objid, d2.refobjid, c2.relkind AS refrelkind FROM pg_depend d1 JOIN pg_class c1 ON c1.oid = d1.objid AND c1.relkind = 'm' JOIN pg_rewrite r1 ON r1.ev_class = d1.objid JOIN pg_depend d2 ON d2.classid = 'pg_rewrite'::regclass AND d2.objid = r1.oid AND d2.refobjid <> d1.objid JOIN pg_class c2 ON c2.oid = d2.refobjid AND c2.relkind IN ('m','v') WHERE d1.classid = 'pg_class'::regclass UNION SELECT w.objid, d3.refobjid, c3.relkind FROM w JOIN pg_rewrite r3 ON r3.ev_class = w.refobjid JOIN pg_depend d3 ON d3.classid = 'pg_rewrite'::regclass AND d3.objid = r3.oid AND d3.refobjid <> w.refobjid JOIN pg_class c3 ON c3.oid = d3.refobjid AND c3.relkind IN ('m','v') ) SELECT 'pg_class'::regclass::oid AS classid, objid, refobjid FROM w WHERE refrelkind = 'm'

--# pg_dump 15.18 | data | collected, PostgreSQL 15
SELECT oid, lomowner, lomacl, acldefault('L', lomowner) AS acldefault FROM pg_largeobject_metadata

--# pg_dump 15.18 | data | collected, PostgreSQL 15
SELECT last_value, is_called FROM back_office.note_id_seq

--# pg_dump 15.18 | data | collected, PostgreSQL 15
SELECT last_value, is_called FROM back_office.ticket

--# pg_dump 15.18 | data | collected, PostgreSQL 15
SELECT last_value, is_called FROM public.transaction_id_seq

--# pg_dump 15.18 | data | collected, PostgreSQL 15
COPY back_office.note (id, customer_id, feeling, fee, place, tags, doc, made) TO stdout;

--# pg_dump 15.18 | data | collected, PostgreSQL 15
COPY public.account (id, customer_id, iban, balance, opened) TO stdout;

--# pg_dump 15.18 | data | collected, PostgreSQL 15
COPY public.card (id, account_id, number, expires, blocked) TO stdout;

--# pg_dump 15.18 | data | collected, PostgreSQL 15
COPY public.customer (id, name, ssn, email, born) TO stdout;

--# pg_dump 15.18 | data | collected, PostgreSQL 15
COPY public.part_2025 (id, made) TO stdout;

--# pg_dump 15.18 | data | collected, PostgreSQL 15
COPY public.transaction (id, account_id, amount, booked, purpose) TO stdout;

--# pg_dump 15.18 | --inserts | collected, PostgreSQL 15
RESET search_path

--# pg_dump 15.18 | --inserts | collected, PostgreSQL 15
SELECT c.oid
FROM pg_catalog.pg_class c
     LEFT JOIN pg_catalog.pg_namespace n
     ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
WHERE c.relkind OPERATOR(pg_catalog.=) ANY
    (array['r', 'S', 'v', 'm', 'f', 'p'])
  AND c.relname OPERATOR(pg_catalog.~) '^(customer)$' COLLATE pg_catalog.default
  AND pg_catalog.pg_table_is_visible(c.oid)

--# pg_dump 15.18 | --inserts | collected, PostgreSQL 15
DECLARE _pg_dump_cursor CURSOR FOR SELECT id, name, ssn, email, born FROM ONLY public.customer

--# pg_dump 15.18 | --inserts | collected, PostgreSQL 15
FETCH 100 FROM _pg_dump_cursor

--# pg_dump 15.18 | --inserts | collected, PostgreSQL 15
CLOSE _pg_dump_cursor

--# pg_dump 15.18 | --clean | collected, PostgreSQL 15
SELECT tableoid, oid, datname, datdba, pg_encoding_to_char(encoding) AS encoding, datcollate, datctype, datfrozenxid, datacl, acldefault('d', datdba) AS acldefault, datistemplate, datconnlimit, datminmxid, datlocprovider, daticulocale, datcollversion, (SELECT spcname FROM pg_tablespace t WHERE t.oid = dattablespace) AS tablespace, shobj_description(oid, 'pg_database') AS description FROM pg_database WHERE datname = current_database()

--# pg_dump 15.18 | --clean | collected, PostgreSQL 15
SELECT provider, label FROM pg_catalog.pg_shseclabel WHERE classoid = 'pg_catalog.pg_database'::pg_catalog.regclass AND objoid = '13573'

--# pg_dump 15.18 | --clean | collected, PostgreSQL 15
SELECT unnest(setconfig) FROM pg_db_role_setting WHERE setrole = 0 AND setdatabase = '13573'::oid

--# pg_dump 15.18 | --clean | collected, PostgreSQL 15
SELECT rolname, unnest(setconfig) FROM pg_db_role_setting s, pg_roles r WHERE setrole = r.oid AND setdatabase = '13573'::oid

--# pg_dump 15.18 | --serializable-deferrable | collected, PostgreSQL 15
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE

--# pg_dump 15.18 | --jobs | collected, PostgreSQL 15
SELECT pg_catalog.pg_export_snapshot()

--# pg_dump 15.18 | --jobs | collected, PostgreSQL 15
set client_encoding to 'UTF8'

--# pg_dump 15.18 | --jobs | collected, PostgreSQL 15
SET TRANSACTION SNAPSHOT '00000003-000002B0-1'

--# pg_dump 15.18 | --jobs | collected, PostgreSQL 15
LOCK TABLE public.transaction IN ACCESS SHARE MODE NOWAIT

--# pg_dump 15.18 | --jobs | collected, PostgreSQL 15
LOCK TABLE public.account IN ACCESS SHARE MODE NOWAIT

--# pg_dump 15.18 | --jobs | collected, PostgreSQL 15
LOCK TABLE public.customer IN ACCESS SHARE MODE NOWAIT

--# pg_dump 15.18 | --jobs | collected, PostgreSQL 15
LOCK TABLE back_office.note IN ACCESS SHARE MODE NOWAIT

--# pg_dump 15.18 | --jobs | collected, PostgreSQL 15
LOCK TABLE public.part_2025 IN ACCESS SHARE MODE NOWAIT

--# pg_dump 15.18 | --jobs | collected, PostgreSQL 15
LOCK TABLE public.card IN ACCESS SHARE MODE NOWAIT

--# pg_dump 15.18 | pg_dumpall --globals-only | collected, PostgreSQL 15
SELECT oid, rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolconnlimit, rolpassword, rolvaliduntil, rolreplication, rolbypassrls, pg_catalog.shobj_description(oid, 'pg_authid') as rolcomment, rolname = current_user AS is_current_user FROM pg_authid WHERE rolname !~ '^pg_' ORDER BY 2

--# pg_dump 15.18 | pg_dumpall --globals-only | collected, PostgreSQL 15
SELECT unnest(setconfig) FROM pg_db_role_setting WHERE setdatabase = 0 AND setrole = (SELECT oid FROM pg_authid WHERE rolname = 'driver')

--# pg_dump 15.18 | pg_dumpall --globals-only | collected, PostgreSQL 15
SELECT ur.rolname AS role, um.rolname AS member, a.admin_option, ug.rolname AS grantor, a.roleid AS roleid, a.member AS memberid FROM pg_auth_members a LEFT JOIN pg_authid ur on ur.oid = a.roleid LEFT JOIN pg_authid um on um.oid = a.member LEFT JOIN pg_authid ug on ug.oid = a.grantor WHERE NOT (ur.rolname ~ '^pg_' AND um.rolname ~ '^pg_')ORDER BY 1,2,3

--# pg_dump 15.18 | pg_dumpall --globals-only | collected, PostgreSQL 15
SELECT parname, pg_catalog.pg_get_userbyid(10) AS parowner, paracl, pg_catalog.acldefault('p', 10) AS acldefault FROM pg_catalog.pg_parameter_acl ORDER BY 1

--# pg_dump 15.18 | pg_dumpall --globals-only | collected, PostgreSQL 15
SELECT oid, spcname, pg_catalog.pg_get_userbyid(spcowner) AS spcowner, pg_catalog.pg_tablespace_location(oid), spcacl, acldefault('t', spcowner) AS acldefault, array_to_string(spcoptions, ', '),pg_catalog.shobj_description(oid, 'pg_tablespace') FROM pg_catalog.pg_tablespace WHERE spcname !~ '^pg_' ORDER BY 1

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
SET statement_timeout = 0;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
SET lock_timeout = 0;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
SET idle_in_transaction_session_timeout = 0;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
SET client_encoding = 'UTF8';

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
SET standard_conforming_strings = on;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
SET check_function_bodies = false;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
SET xmloption = content;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
SET client_min_messages = warning;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
SET row_security = off;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE SCHEMA back_office;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER SCHEMA back_office OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE TYPE public.address AS (
	street text,
	city text
);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TYPE public.address OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE TYPE public.mood AS ENUM (
    'sad',
    'ok',
    'happy'
);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TYPE public.mood OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE DOMAIN public.positive AS numeric
	CONSTRAINT positive_check CHECK ((VALUE > (0)::numeric));

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER DOMAIN public.positive OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE TYPE public.span AS RANGE (
    subtype = double precision,
    multirange_type_name = public.span_multirange
);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TYPE public.span OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE CAST (public.mood AS integer) WITH INOUT;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE FUNCTION public.add_up(a integer, b integer DEFAULT 1) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$select a + b$$;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER FUNCTION public.add_up(a integer, b integer) OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE PROCEDURE public.tidy()
    LANGUAGE sql
    AS $$delete from card where blocked$$;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER PROCEDURE public.tidy() OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE FUNCTION public.touched() RETURNS trigger
    LANGUAGE plpgsql
    AS $$begin new.made := now(); return new; end$$;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER FUNCTION public.touched() OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE AGGREGATE public.longest(text) (
    SFUNC = textcat,
    STYPE = text,
    INITCOND = ''
);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER AGGREGATE public.longest(text) OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE OPERATOR public.=== (
    FUNCTION = int4eq,
    LEFTARG = integer,
    RIGHTARG = integer
);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER OPERATOR public.=== (integer, integer) OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE FOREIGN DATA WRAPPER nothing;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER FOREIGN DATA WRAPPER nothing OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER SERVER elsewhere OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE USER MAPPING FOR driver SERVER elsewhere;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
SET default_tablespace = '';

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
SET default_table_access_method = heap;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE TABLE back_office.note (
    id integer NOT NULL,
    customer_id bigint,
    feeling public.mood DEFAULT 'ok'::public.mood,
    fee public.positive,
    place public.address,
    tags text[],
    doc jsonb,
    made timestamp with time zone DEFAULT now() NOT NULL,
    shout text GENERATED ALWAYS AS (COALESCE(tags[1], 'none'::text)) STORED,
    CONSTRAINT note_fee_check CHECK (((fee)::numeric < (1000)::numeric))
);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE back_office.note OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
COMMENT ON TABLE back_office.note IS 'what was said';

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
COMMENT ON COLUMN back_office.note.fee IS 'in francs';

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE SEQUENCE back_office.note_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE back_office.note_id_seq OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER SEQUENCE back_office.note_id_seq OWNED BY back_office.note.id;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE SEQUENCE back_office.ticket
    START WITH 100
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE back_office.ticket OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE TABLE public.account (
    id bigint NOT NULL,
    customer_id bigint NOT NULL,
    iban text NOT NULL,
    balance numeric(14,2) NOT NULL,
    opened timestamp with time zone NOT NULL
);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE public.account OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE TABLE public.card (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    number character(16) NOT NULL,
    expires date NOT NULL,
    blocked boolean DEFAULT false NOT NULL
);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE public.card OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE TABLE public.customer (
    id bigint NOT NULL,
    name text NOT NULL,
    ssn character(11) NOT NULL,
    email text NOT NULL,
    born date NOT NULL
);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE public.customer OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE FOREIGN TABLE public.far (
    id integer
)
SERVER elsewhere;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER FOREIGN TABLE public.far OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE TABLE public.part (
    id integer,
    made date NOT NULL
)
PARTITION BY RANGE (made);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE public.part OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE TABLE public.part_2025 (
    id integer,
    made date NOT NULL
);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE public.part_2025 OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE VIEW public.rich AS
 SELECT c.name,
    sum(a.balance) AS total
   FROM (public.customer c
     JOIN public.account a ON ((a.customer_id = c.id)))
  GROUP BY c.name;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE public.rich OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE TABLE public.transaction (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    amount numeric(14,2) NOT NULL,
    booked timestamp with time zone NOT NULL,
    purpose text NOT NULL
);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE public.transaction OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE MATERIALIZED VIEW public.totals AS
 SELECT count(*) AS n
   FROM public.transaction
  WITH NO DATA;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE public.totals OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE public.transaction ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.transaction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY public.part ATTACH PARTITION public.part_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY back_office.note ALTER COLUMN id SET DEFAULT nextval('back_office.note_id_seq'::regclass);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
COPY back_office.note (id, customer_id, feeling, fee, place, tags, doc, made) FROM stdin;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
COPY public.account (id, customer_id, iban, balance, opened) FROM stdin;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
COPY public.card (id, account_id, number, expires, blocked) FROM stdin;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
COPY public.customer (id, name, ssn, email, born) FROM stdin;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
COPY public.part_2025 (id, made) FROM stdin;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
COPY public.transaction (id, account_id, amount, booked, purpose) FROM stdin;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
SELECT pg_catalog.setval('back_office.note_id_seq', 1, false);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
SELECT pg_catalog.setval('public.transaction_id_seq', 5000, true);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY back_office.note
    ADD CONSTRAINT note_customer_id_made_key UNIQUE (customer_id, made);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY back_office.note
    ADD CONSTRAINT note_pkey PRIMARY KEY (id);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_iban_key UNIQUE (iban);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY public.card
    ADD CONSTRAINT card_number_key UNIQUE (number);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY public.card
    ADD CONSTRAINT card_pkey PRIMARY KEY (id);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (id);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_ssn_key UNIQUE (ssn);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY public.transaction
    ADD CONSTRAINT transaction_pkey PRIMARY KEY (id);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE INDEX note_doc ON back_office.note USING gin (doc);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE INDEX note_feeling ON back_office.note USING btree (feeling, lower(shout)) WHERE (fee IS NOT NULL);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE INDEX account_customer_id_idx ON public.account USING btree (customer_id);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE INDEX card_account_id_idx ON public.card USING btree (account_id);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE INDEX transaction_account_id_booked_idx ON public.transaction USING btree (account_id, booked);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE STATISTICS public.note_stats ON feeling, fee FROM back_office.note;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER STATISTICS public.note_stats OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE RULE quiet AS
    ON INSERT TO public.rich DO INSTEAD NOTHING;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE TRIGGER note_touched BEFORE UPDATE ON back_office.note FOR EACH ROW EXECUTE FUNCTION public.touched();

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY back_office.note
    ADD CONSTRAINT note_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customer(id) ON DELETE CASCADE;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customer(id);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY public.card
    ADD CONSTRAINT card_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE ONLY public.transaction
    ADD CONSTRAINT transaction_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER TABLE back_office.note ENABLE ROW LEVEL SECURITY;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE POLICY own ON back_office.note USING ((customer_id = 1));

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
CREATE PUBLICATION news WITH (publish = 'insert, update, delete, truncate');

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER PUBLICATION news OWNER TO driver;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER PUBLICATION news ADD TABLE ONLY public.account;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER PUBLICATION news ADD TABLE ONLY public.customer;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
GRANT SELECT ON TABLE public.customer TO teller;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
ALTER DEFAULT PRIVILEGES FOR ROLE driver IN SCHEMA back_office GRANT SELECT ON TABLES  TO teller;

--# pg_dump 15.18 | restore of a dump | collected, PostgreSQL 15
REFRESH MATERIALIZED VIEW public.totals;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
--
-- PostgreSQL database dump
--

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP PUBLICATION IF EXISTS news;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP POLICY IF EXISTS own ON back_office.note;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS ONLY public.transaction DROP CONSTRAINT IF EXISTS transaction_account_id_fkey;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS ONLY public.card DROP CONSTRAINT IF EXISTS card_account_id_fkey;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS ONLY public.account DROP CONSTRAINT IF EXISTS account_customer_id_fkey;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS ONLY back_office.note DROP CONSTRAINT IF EXISTS note_customer_id_fkey;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP TRIGGER IF EXISTS note_touched ON back_office.note;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP RULE IF EXISTS quiet ON public.rich;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP STATISTICS IF EXISTS public.note_stats;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP INDEX IF EXISTS public.transaction_account_id_booked_idx;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP INDEX IF EXISTS public.card_account_id_idx;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP INDEX IF EXISTS public.account_customer_id_idx;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP INDEX IF EXISTS back_office.note_feeling;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP INDEX IF EXISTS back_office.note_doc;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS ONLY public.transaction DROP CONSTRAINT IF EXISTS transaction_pkey;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS ONLY public.customer DROP CONSTRAINT IF EXISTS customer_ssn_key;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS ONLY public.customer DROP CONSTRAINT IF EXISTS customer_pkey;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS ONLY public.card DROP CONSTRAINT IF EXISTS card_pkey;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS ONLY public.card DROP CONSTRAINT IF EXISTS card_number_key;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS ONLY public.account DROP CONSTRAINT IF EXISTS account_pkey;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS ONLY public.account DROP CONSTRAINT IF EXISTS account_iban_key;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS ONLY back_office.note DROP CONSTRAINT IF EXISTS note_pkey;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS ONLY back_office.note DROP CONSTRAINT IF EXISTS note_customer_id_made_key;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
ALTER TABLE IF EXISTS back_office.note ALTER COLUMN id DROP DEFAULT;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP MATERIALIZED VIEW IF EXISTS public.totals;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP TABLE IF EXISTS public.transaction;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP VIEW IF EXISTS public.rich;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP TABLE IF EXISTS public.part_2025;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP TABLE IF EXISTS public.part;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP FOREIGN TABLE IF EXISTS public.far;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP TABLE IF EXISTS public.customer;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP TABLE IF EXISTS public.card;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP TABLE IF EXISTS public.account;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP SEQUENCE IF EXISTS back_office.ticket;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP SEQUENCE IF EXISTS back_office.note_id_seq;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP TABLE IF EXISTS back_office.note;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP USER MAPPING IF EXISTS FOR driver SERVER elsewhere;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP SERVER IF EXISTS elsewhere;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP FOREIGN DATA WRAPPER IF EXISTS nothing;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP OPERATOR IF EXISTS public.=== (integer, integer);

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP AGGREGATE IF EXISTS public.longest(text);

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP FUNCTION IF EXISTS public.touched();

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP PROCEDURE IF EXISTS public.tidy();

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP FUNCTION IF EXISTS public.add_up(a integer, b integer);

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP CAST IF EXISTS (public.mood AS integer);

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP TYPE IF EXISTS public.span;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP DOMAIN IF EXISTS public.positive;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP TYPE IF EXISTS public.mood;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP TYPE IF EXISTS public.address;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
DROP SCHEMA IF EXISTS back_office;

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
SET default_tablespace = ''

--# pg_dump 15.18 | pg_restore --clean | collected, PostgreSQL 15
--
-- PostgreSQL database dump complete
--

--# pg_dump 15.18 | vacuumdb | collected, PostgreSQL 15
RESET search_path;

--# pg_dump 15.18 | vacuumdb | collected, PostgreSQL 15
WITH listed_tables (table_oid, column_list) AS (
  VALUES ('customer'::pg_catalog.regclass, NULL::pg_catalog.text)
)
SELECT c.relname, ns.nspname, listed_tables.column_list FROM pg_catalog.pg_class c
 JOIN pg_catalog.pg_namespace ns ON c.relnamespace OPERATOR(pg_catalog.=) ns.oid
 LEFT JOIN pg_catalog.pg_class t ON c.reltoastrelid OPERATOR(pg_catalog.=) t.oid
 JOIN listed_tables ON listed_tables.table_oid OPERATOR(pg_catalog.=) c.oid
 WHERE c.relpersistence OPERATOR(pg_catalog.!=) 't'
 ORDER BY c.relpages DESC;

--# pg_dump 15.18 | vacuumdb | collected, PostgreSQL 15
VACUUM (ANALYZE) public.customer;

--# pg_dump 15.18 | vacuumdb --analyze-in-stages | collected, PostgreSQL 15
SET default_statistics_target=1; SET vacuum_cost_delay=0;

--# pg_dump 15.18 | vacuumdb --analyze-in-stages | collected, PostgreSQL 15
ANALYZE public.card;

--# pg_dump 15.18 | vacuumdb --analyze-in-stages | collected, PostgreSQL 15
SET default_statistics_target=10; RESET vacuum_cost_delay;

--# pg_dump 15.18 | vacuumdb --analyze-in-stages | collected, PostgreSQL 15
RESET default_statistics_target;

--# pg_dump 15.18 | reindexdb | collected, PostgreSQL 15
SELECT c.relname, ns.nspname
 FROM pg_catalog.pg_class c, pg_catalog.pg_namespace ns
 WHERE c.relnamespace OPERATOR(pg_catalog.=) ns.oid
  AND c.oid OPERATOR(pg_catalog.=) 'customer'::pg_catalog.regclass;

--# pg_dump 15.18 | reindexdb | collected, PostgreSQL 15
REINDEX TABLE public.customer;

--# pg_dump 15.18 | clusterdb | collected, PostgreSQL 15
CLUSTER;

--# pg_dump 15.18 | createuser | collected, PostgreSQL 15
CREATE ROLE temporary_one NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT NOLOGIN;

--# pg_dump 15.18 | dropuser | collected, PostgreSQL 15
DROP ROLE temporary_one;

--# pg_dump 15.18 | createdb | collected, PostgreSQL 15
CREATE DATABASE temporary_one;

--# pg_dump 15.18 | dropdb | collected, PostgreSQL 15
DROP DATABASE temporary_one;

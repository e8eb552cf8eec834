-- What clients of MySQL and MariaDB are known to send, at connect and in normal work: written after
-- their sources and the strings in their jars, not collected. After the client: both, mysql or mariadb.

--# mysql | both
select @@version_comment limit 1

--# mysql | both
SELECT DATABASE()

--# mysql | both
select USER()

--# mysql | both
show databases

--# mysql | both
show tables

--# mysql | both
SHOW CREATE TABLE shop.items

--# mysql | both
desc items

--# mysql | both
help 'contents'

--# mysql | both
SELECT DATABASE(), USER() LIMIT 1

--# mysql | both
show warnings

--# mysqldump | mysql
/*!40100 SET @@SQL_MODE='' */

--# mysqldump | mysql
/*!40103 SET TIME_ZONE='+00:00' */

--# mysqldump | mysql
/*!80000 SET SESSION information_schema_stats_expiry=0 */

--# mysqldump | mysql
SET SESSION NET_READ_TIMEOUT= 86400, SESSION NET_WRITE_TIMEOUT= 86400

--# mysqldump | mysql
SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ

--# mysqldump | both
START TRANSACTION /*!40100 WITH CONSISTENT SNAPSHOT */

--# mysqldump | mysql
SHOW VARIABLES LIKE 'gtid\_mode'

--# mysqldump | mysql
SELECT LOGFILE_GROUP_NAME, FILE_NAME, TOTAL_EXTENTS, INITIAL_SIZE, ENGINE, EXTRA FROM INFORMATION_SCHEMA.FILES WHERE FILE_TYPE = 'UNDO LOG' AND FILE_NAME IS NOT NULL AND LOGFILE_GROUP_NAME IS NOT NULL GROUP BY LOGFILE_GROUP_NAME, FILE_NAME, ENGINE, TOTAL_EXTENTS, INITIAL_SIZE ORDER BY LOGFILE_GROUP_NAME

--# mysqldump | both
SHOW VARIABLES LIKE 'ndbinfo\_version'

--# mysqldump | both
SHOW DATABASES

--# mysqldump | both
SHOW CREATE DATABASE IF NOT EXISTS `shop`

--# mysqldump | both
SAVEPOINT sp

--# mysqldump | both
show tables

--# mysqldump | both
show table status like 'items'

--# mysqldump | both
SET SQL_QUOTE_SHOW_CREATE=1

--# mysqldump | both
SET SESSION character_set_results = 'binary'

--# mysqldump | both
show create table `items`

--# mysqldump | both
SET SESSION character_set_results = 'utf8mb4'

--# mysqldump | both
show fields from `items`

--# mysqldump | both
SELECT /*!40001 SQL_NO_CACHE */ * FROM `items`

--# mysqldump | both
use `shop`

--# mysqldump | both
select @@collation_database

--# mysqldump | both
SHOW TRIGGERS LIKE 'items'

--# mysqldump | both
ROLLBACK TO SAVEPOINT sp

--# mysqldump | both
RELEASE SAVEPOINT sp

--# mysqldump | both
LOCK TABLES `items` READ /*!32311 LOCAL */,`people` READ /*!32311 LOCAL */

--# mysqldump | both
UNLOCK TABLES

--# mysqldump | both
FLUSH /*!40101 LOCAL */ TABLES

--# mysqldump | both
FLUSH TABLES WITH READ LOCK

--# mysqldump | mysql
SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'shop' AND TABLE_NAME = 'items' ORDER BY ORDINAL_POSITION

--# mysqldump | mariadb
SET STATEMENT max_statement_time=0 FOR SELECT 1

--# mysqldump | both
SHOW FUNCTION STATUS WHERE Db = 'shop'

--# mysqldump | both
SHOW PROCEDURE STATUS WHERE Db = 'shop'

--# mysqldump | both
SHOW CREATE PROCEDURE `p`

--# mysqldump | both
show events

--# Connector/J | mysql
/* mysql-connector-j-9.4.0 (Revision: abcdef) */SELECT  @@session.auto_increment_increment AS auto_increment_increment, @@character_set_client AS character_set_client, @@character_set_connection AS character_set_connection, @@character_set_results AS character_set_results, @@character_set_server AS character_set_server, @@collation_server AS collation_server, @@collation_connection AS collation_connection, @@init_connect AS init_connect, @@interactive_timeout AS interactive_timeout, @@license AS license, @@lower_case_table_names AS lower_case_table_names, @@max_allowed_packet AS max_allowed_packet, @@net_write_timeout AS net_write_timeout, @@performance_schema AS performance_schema, @@sql_mode AS sql_mode, @@system_time_zone AS system_time_zone, @@time_zone AS time_zone, @@transaction_isolation AS transaction_isolation, @@wait_timeout AS wait_timeout

--# Connector/J | both
SET NAMES utf8mb4

--# Connector/J | both
SET character_set_results = NULL

--# Connector/J | both
SET autocommit=1

--# Connector/J | mysql
SET sql_mode='ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'

--# Connector/J | both
SET sql_mode=CONCAT(@@sql_mode,',STRICT_TRANS_TABLES')

--# Connector/J | both
SHOW WARNINGS

--# Connector/J | both
SET SQL_SELECT_LIMIT=10

--# Connector/J | both
SET SQL_SELECT_LIMIT=DEFAULT

--# Connector/J | both
SET SESSION TRANSACTION READ ONLY

--# Connector/J | mysql
select @@session.transaction_read_only

--# Connector/J | mysql
SELECT @@session.transaction_isolation

--# Connector/J | both
SHOW FULL TABLES FROM `shop` LIKE '%'

--# Connector/J | both
SHOW FULL COLUMNS FROM `items` FROM `shop` LIKE '%'

--# Connector/J | both
SHOW INDEX FROM `items` FROM `shop`

--# Connector/J | both
SHOW KEYS FROM `items` FROM `shop`

--# Connector/J | both
SELECT SCHEMA_NAME AS TABLE_CAT FROM INFORMATION_SCHEMA.SCHEMATA ORDER BY TABLE_CAT

--# Connector/J | mysql
SELECT TABLE_SCHEMA AS TABLE_CAT, NULL AS TABLE_SCHEM, TABLE_NAME, CASE WHEN TABLE_TYPE='BASE TABLE' THEN CASE WHEN TABLE_SCHEMA = 'mysql' OR TABLE_SCHEMA = 'performance_schema' THEN 'SYSTEM TABLE' ELSE 'TABLE' END WHEN TABLE_TYPE='TEMPORARY' THEN 'LOCAL_TEMPORARY' ELSE TABLE_TYPE END AS TABLE_TYPE, TABLE_COMMENT AS REMARKS, NULL AS TYPE_CAT, NULL AS TYPE_SCHEM, NULL AS TYPE_NAME, NULL AS SELF_REFERENCING_COL_NAME, NULL AS REF_GENERATION FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = ? HAVING TABLE_TYPE IN (?,?,?,null,null) ORDER BY TABLE_TYPE, TABLE_SCHEMA, TABLE_NAME

--# Connector/J | mysql
SELECT WORD FROM INFORMATION_SCHEMA.KEYWORDS WHERE RESERVED = 1 ORDER BY WORD

--# Connector/J | mysql
SELECT c.COLLATION_NAME, c.CHARACTER_SET_NAME, c.ID, cs.MAXLEN, c.IS_DEFAULT='Yes' from INFORMATION_SCHEMA.COLLATIONS AS c LEFT JOIN INFORMATION_SCHEMA.CHARACTER_SETS AS cs ON cs.CHARACTER_SET_NAME=c.CHARACTER_SET_NAME

--# Connector/J | both
/* ping */ SELECT 1

--# Connector/J | both
SELECT LAST_INSERT_ID()

--# Connector/J | both
KILL QUERY 17

--# MariaDB Connector/J | both
set autocommit=1, session_track_schema=1, sql_mode = concat(@@sql_mode,',STRICT_TRANS_TABLES')

--# MariaDB Connector/J | mariadb
SELECT @@max_allowed_packet,@@system_time_zone,@@time_zone,@@auto_increment_increment

--# MariaDB Connector/J | mariadb
set names utf8mb4, session_track_system_variables = CONCAT(@@session_track_system_variables, ',transaction_isolation')

--# MariaDB Connector/J | both
SHOW VARIABLES WHERE Variable_name in ('system_time_zone','time_zone')

--# MariaDB Connector/J | both
SELECT @@time_zone, @@system_time_zone

--# MariaDB Connector/J | both
select @@lower_case_table_names

--# MariaDB Connector/J | both
show status like 'wsrep_local_state'

--# MariaDB Connector/J | mariadb
SET STATEMENT SQL_SELECT_LIMIT=5 FOR SELECT id FROM items

--# MariaDB Connector/J | both
SELECT TABLE_SCHEMA TABLE_CAT, NULL TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION KEY_SEQ FROM INFORMATION_SCHEMA.COLUMNS A WHERE A.COLUMN_KEY in ('PRI','pri') AND TABLE_SCHEMA = database() AND TABLE_NAME = 'items' ORDER BY column_name

--# MariaDB Connector/J | both
SELECT KCU.REFERENCED_TABLE_SCHEMA PKTABLE_CAT, KCU.REFERENCED_TABLE_NAME PKTABLE_NAME, CASE UPDATE_RULE WHEN 'RESTRICT' THEN 1 WHEN 'CASCADE' THEN 0 END UPDATE_RULE FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE KCU INNER JOIN INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS RC ON KCU.CONSTRAINT_SCHEMA = RC.CONSTRAINT_SCHEMA AND KCU.CONSTRAINT_NAME = RC.CONSTRAINT_NAME WHERE KCU.TABLE_NAME='items' ORDER BY PKTABLE_CAT, PKTABLE_NAME

--# mysql2 | both
SELECT id, name FROM items WHERE id = ?

--# mysql2 | both
SET time_zone = '+00:00'

--# mysql2 | both
START TRANSACTION

--# mysql2 | both
COMMIT

--# mysql2 | both
ROLLBACK

--# PyMySQL | both
SET AUTOCOMMIT = 0

--# PyMySQL | both
SET NAMES utf8mb4 COLLATE utf8mb4_general_ci

--# PyMySQL | both
SET sql_mode=''

--# go-sql-driver | both
SELECT @@max_allowed_packet

--# go-sql-driver | both
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci

--# go-sql-driver | both
SET tx_isolation = 'READ-COMMITTED'

--# go-sql-driver | both
START TRANSACTION READ ONLY

--# SQLAlchemy | both
SELECT @@transaction_isolation

--# SQLAlchemy | both
SELECT @@sql_mode

--# SQLAlchemy | both
SELECT @@lower_case_table_names

--# SQLAlchemy | both
SELECT DATABASE()

--# SQLAlchemy | both
SELECT CAST('test plain returns' AS CHAR(60)) AS anon_1

--# SQLAlchemy | both
SELECT 'x' AS `some_label`

--# SQLAlchemy | both
DESCRIBE `shop`.`items`

--# SQLAlchemy | both
SHOW FULL TABLES FROM `shop`

--# SQLAlchemy | both
select table_schema, table_name, column_name from information_schema.columns where (table_schema, table_name, lower(column_name)) in (('shop', 'items', 'id'))

--# SQLAlchemy | both
INSERT INTO items (name, price) VALUES ('a', 1), ('b', 2) ON DUPLICATE KEY UPDATE price = VALUES(price)

--# SQLAlchemy | mysql
INSERT INTO items (name, price) VALUES ('a', 1) AS new ON DUPLICATE KEY UPDATE price = new.price

--# SQLAlchemy | mariadb
INSERT INTO items (name) VALUES ('a') RETURNING items.id

--# Django | both
SELECT VERSION(), @@sql_mode, @@default_storage_engine, @@sql_auto_is_null, @@lower_case_table_names, CONVERT_TZ('2001-01-01 01:00:00', 'UTC', 'UTC') IS NOT NULL

--# Django | both
SET SQL_AUTO_IS_NULL = 0

--# Django | both
SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED

--# Django | both
SELECT table_name, table_type, table_comment FROM information_schema.tables WHERE table_schema = DATABASE()

--# Django | both
SELECT kc.`constraint_name`, kc.`column_name`, kc.`referenced_table_name`, kc.`referenced_column_name`, c.`constraint_type` FROM information_schema.key_column_usage AS kc, information_schema.table_constraints AS c WHERE kc.table_schema = DATABASE() AND (c.table_name = kc.table_name) AND c.constraint_name = kc.constraint_name AND kc.`table_name` = 'items' ORDER BY kc.`ordinal_position`

--# Django | both
SET foreign_key_checks=0

--# Django | both
SELECT (1) AS `a` FROM `items` WHERE `items`.`id` = 5 LIMIT 1

--# Django | both
UPDATE `items` SET `name` = 'x', `price` = (`items`.`price` + 1) WHERE `items`.`id` = 5

--# ActiveRecord | both
SET NAMES utf8mb4,  @@SESSION.sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO'),  @@SESSION.sql_auto_is_null = 0, @@SESSION.wait_timeout = 2147483

--# ActiveRecord | both
SHOW FULL FIELDS FROM `items`

--# ActiveRecord | both
SELECT column_name FROM information_schema.statistics WHERE index_name = 'PRIMARY' AND table_schema = database() AND table_name = 'items' ORDER BY seq_in_index

--# ActiveRecord | both
SHOW VARIABLES LIKE 'sql_mode'

--# ActiveRecord | both
SELECT GET_LOCK('1234', 0)

--# ActiveRecord | both
SELECT RELEASE_LOCK('1234')

--# Hibernate | both
select i1_0.id,i1_0.name,i1_0.price from items i1_0 where i1_0.id=?

--# Hibernate | both
select i1_0.id,p1_0.name from items i1_0 left join people p1_0 on p1_0.id=i1_0.owner_id where i1_0.price>? order by i1_0.name limit ?,?

--# Hibernate | both
insert into items (name,owner_id,price) values (?,?,?)

--# Hibernate | both
update items set name=?,owner_id=?,price=? where id=?

--# Hibernate | both
delete from items where id=?

--# Hibernate | both
select next_val as id_val from item_seq for update

--# Hibernate | both
update item_seq set next_val= ? where next_val=?

--# Hibernate | both
create table if not exists extra (id bigint not null auto_increment, name varchar(255), primary key (id)) engine=InnoDB

--# Hibernate | both
alter table items add constraint fk1 foreign key (owner_id) references people (id)

--# Hibernate | both
select count(*) from information_schema.tables where table_name = 'items'

--# DBeaver | both
SET SESSION sql_mode='STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'

--# DBeaver | both
SELECT DATABASE()

--# DBeaver | both
SHOW ENGINES

--# DBeaver | both
SHOW CHARSET

--# DBeaver | both
SHOW COLLATION

--# DBeaver | both
SHOW PLUGINS

--# DBeaver | both
SHOW VARIABLES

--# DBeaver | both
SHOW GLOBAL STATUS

--# DBeaver | both
SHOW FULL PROCESSLIST

--# DBeaver | both
SELECT @@GLOBAL.character_set_server,@@GLOBAL.collation_server

--# DBeaver | both
select * from information_schema.SCHEMATA

--# DBeaver | both
SELECT t.TABLE_NAME, t.TABLE_TYPE, t.TABLE_COMMENT FROM information_schema.TABLES t WHERE t.TABLE_SCHEMA='shop' ORDER BY t.TABLE_NAME

--# DBeaver | both
SELECT * FROM information_schema.COLUMNS WHERE TABLE_SCHEMA='shop' AND TABLE_NAME='items' ORDER BY ORDINAL_POSITION

--# DBeaver | both
SELECT * FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA='shop' AND ROUTINE_TYPE IN ('PROCEDURE','FUNCTION') ORDER BY ROUTINE_NAME

--# DBeaver | both
SHOW CREATE VIEW `shop`.`cheap`

--# DBeaver | both
EXPLAIN SELECT * FROM items WHERE id = 1

--# DBeaver | mysql
EXPLAIN FORMAT=JSON SELECT * FROM items WHERE id = 1

--# DBeaver | both
SELECT x.* FROM shop.items x LIMIT 0, 200

--# DBeaver | both
ALTER TABLE shop.items ADD note varchar(100) NULL

--# phpMyAdmin | both
SELECT `SCHEMA_NAME` FROM `INFORMATION_SCHEMA`.`SCHEMATA`

--# phpMyAdmin | both
SELECT @@version, @@version_comment

--# phpMyAdmin | both
SELECT CURRENT_USER()

--# phpMyAdmin | both
SHOW TABLE STATUS FROM `shop`

--# phpMyAdmin | both
SHOW GRANTS

--# pymysql and pandas | both
SELECT p.name, SUM(i.price) AS total, COUNT(DISTINCT i.id) FROM items i JOIN people p ON p.id = i.owner_id GROUP BY p.name HAVING total > 10 ORDER BY total DESC

--# analysts | both
SELECT DATE_FORMAT(NOW() - INTERVAL 1 DAY, '%Y-%m') AS month, IFNULL(AVG(price), 0) FROM items GROUP BY month WITH ROLLUP

--# analysts | both
WITH ranked AS (SELECT id, price, ROW_NUMBER() OVER (PARTITION BY owner_id ORDER BY price DESC) AS n FROM items) SELECT id, price FROM ranked WHERE n <= 3

--# analysts | both
SELECT id, (SELECT COUNT(*) FROM items i2 WHERE i2.owner_id = people.id) AS n FROM people WHERE EXISTS (SELECT * FROM items WHERE items.owner_id = people.id) ORDER BY n

--# analysts | both
CREATE TEMPORARY TABLE top10 AS SELECT id, price FROM items ORDER BY price DESC LIMIT 10

--# analysts | both
SELECT name FROM people WHERE name LIKE 'A%' UNION ALL SELECT name FROM items LIMIT 100

--# analysts | both
SELECT GROUP_CONCAT(DISTINCT name ORDER BY name SEPARATOR ', ') FROM people

--# analysts | both
SET @n := 0

--# analysts | both
SELECT @n := @n + 1 AS n, name FROM people

--# analysts | both
DELETE i FROM items i LEFT JOIN people p ON p.id = i.owner_id WHERE p.id IS NULL

--# analysts | both
UPDATE items i JOIN people p ON p.id = i.owner_id SET i.price = i.price * 2 WHERE p.name = 'x'

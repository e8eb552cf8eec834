/**
 * Where values go on MySQL and MariaDB, as {@code sql.lineage} finds it for PostgreSQL. The
 * server's own word on where columns come from stops at derived tables and merged views there, so
 * all rests on the tree and the catalog: what is not certainly followed is unproved. Runs on the
 * analysis threads only; results are immutable.
 */
@NullMarked
package io.gatehouse.appliance.sql.lineage.mysql;

import org.jspecify.annotations.NullMarked;

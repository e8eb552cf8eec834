/**
 * The first reading of SQL as MySQL and MariaDB read it: exactly as the server would, or not at
 * all. What a character means depends on flavour, version and sql_mode, so a text is read for one
 * session's settings only.
 */
@NullMarked
package io.gatehouse.appliance.sql.mysql;

import org.jspecify.annotations.NullMarked;

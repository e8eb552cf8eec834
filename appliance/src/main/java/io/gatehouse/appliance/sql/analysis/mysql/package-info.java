/**
 * What statements of MySQL and MariaDB mean, as {@code sql.analysis} does for PostgreSQL. Runs on
 * the analysis threads only; everything here is immutable or owned by one analysis.
 */
@NullMarked
package io.gatehouse.appliance.sql.analysis.mysql;

import org.jspecify.annotations.NullMarked;

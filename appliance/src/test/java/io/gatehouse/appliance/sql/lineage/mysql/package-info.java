/** Lineage of MySQL and MariaDB: by a catalog made by hand, and against real servers. */
@NullMarked
package io.gatehouse.appliance.sql.lineage.mysql;

import org.jspecify.annotations.NullMarked;

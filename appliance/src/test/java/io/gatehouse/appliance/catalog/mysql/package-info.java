/** Catalogs of MySQL and MariaDB, made by hand and read from real servers. */
@NullMarked
package io.gatehouse.appliance.catalog.mysql;

import org.jspecify.annotations.NullMarked;

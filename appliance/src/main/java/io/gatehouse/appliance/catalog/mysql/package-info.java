/**
 * The catalogs of MySQL and MariaDB, read from information_schema as the held user sees it. See
 * docs/catalog.md.
 */
@NullMarked
package io.gatehouse.appliance.catalog.mysql;

import org.jspecify.annotations.NullMarked;

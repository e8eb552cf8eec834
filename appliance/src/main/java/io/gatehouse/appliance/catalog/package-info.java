/**
 * What the gate knows of the objects of a PostgreSQL target: immutable pictures of a database's
 * catalog, how they are read and how they are kept fresh. It states facts; what follows from them
 * is decided elsewhere. See {@code docs/catalog.md}.
 */
@NullMarked
package io.gatehouse.appliance.catalog;

import org.jspecify.annotations.NullMarked;

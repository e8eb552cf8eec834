/**
 * MySQL on the wire. Empty so far; it will have the rooms of the PostgreSQL module, with the same
 * names.
 */
@NullMarked
package io.gatehouse.mysql;

import org.jspecify.annotations.NullMarked;

/**
 * What the functions and relations that come with PostgreSQL, and the functions of well-known
 * extensions, can do. Reviewed lists in resources; a name that is not on them is unknown.
 */
@NullMarked
package io.gatehouse.appliance.catalog.builtin;

import org.jspecify.annotations.NullMarked;

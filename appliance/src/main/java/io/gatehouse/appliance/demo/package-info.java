/**
 * A real PostgreSQL with a small bank in it, tools over it, and a gate in front, for a first look.
 * Its libraries are optional: nothing outside this package knows them.
 */
@NullMarked
package io.gatehouse.appliance.demo;

import org.jspecify.annotations.NullMarked;

/** Catalogs read from a real server, and kept fresh under a clock that the test moves. */
@NullMarked
package io.gatehouse.appliance.catalog;

import org.jspecify.annotations.NullMarked;

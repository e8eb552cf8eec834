/** Held credentials that are replaced while the gate runs, at real servers. */
@NullMarked
package io.gatehouse.appliance.rotation;

import org.jspecify.annotations.NullMarked;

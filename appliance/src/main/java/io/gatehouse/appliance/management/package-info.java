/** What operators look at, on a listener of its own: metrics, liveness, readiness. */
@NullMarked
package io.gatehouse.appliance.management;

import org.jspecify.annotations.NullMarked;

/** A real server with the whole gate in front of it, in this process. */
@NullMarked
package io.gatehouse.appliance.gated;

import org.jspecify.annotations.NullMarked;

/** The composition root: {@link io.gatehouse.appliance.Appliance} is the table of contents. */
@NullMarked
package io.gatehouse.appliance;

import org.jspecify.annotations.NullMarked;

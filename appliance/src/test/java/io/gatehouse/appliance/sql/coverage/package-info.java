/** How much of what is said is understood, and that none of it is understood wrongly. */
@NullMarked
package io.gatehouse.appliance.sql.coverage;

import org.jspecify.annotations.NullMarked;

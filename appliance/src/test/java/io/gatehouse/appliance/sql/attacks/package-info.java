/**
 * The committed list of evasions, {@code sql/attacks/postgres.yaml}, and what is needed to run it:
 * whoever reads SQL, decides on it or masks its results is tried with the same list.
 */
@NullMarked
package io.gatehouse.appliance.sql.attacks;

import org.jspecify.annotations.NullMarked;

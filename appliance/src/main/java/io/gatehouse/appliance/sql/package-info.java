/**
 * What a statement means: which commands a text holds, what each does to what, and what it leaves
 * behind. Runs on the analysis threads only; everything here is immutable or owned by one analysis.
 */
@NullMarked
package io.gatehouse.appliance.sql;

import org.jspecify.annotations.NullMarked;

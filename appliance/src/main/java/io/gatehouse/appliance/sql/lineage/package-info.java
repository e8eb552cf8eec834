/**
 * What each value of a statement's result may depend on, and where else values go: the ground that
 * masks stand on. Every construct of the tree is followed by itself; one that cannot be is named,
 * and a statement over protected columns that has one is refused. Runs on the analysis threads
 * only; results are immutable.
 */
@NullMarked
package io.gatehouse.appliance.sql.lineage;

import org.jspecify.annotations.NullMarked;

/**
 * From a statement's tree to the command it is: what it touches and what it leaves behind, by the
 * names as its session would resolve them and the catalog of its target. One analysis is owned by
 * one thread and thrown away. What has no entry here is not understood.
 */
@NullMarked
package io.gatehouse.appliance.sql.analysis;

import org.jspecify.annotations.NullMarked;

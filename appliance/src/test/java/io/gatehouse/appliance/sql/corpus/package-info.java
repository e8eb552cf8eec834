/**
 * What SQL is measured with: statements of real clients and workloads, the evasions, seeded
 * mutations of both, and what PostgreSQL's own grammar said of each.
 */
@NullMarked
package io.gatehouse.appliance.sql.corpus;

import org.jspecify.annotations.NullMarked;

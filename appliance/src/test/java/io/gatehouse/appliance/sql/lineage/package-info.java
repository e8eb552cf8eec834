/** Tests of what is said about where values go. */
@NullMarked
package io.gatehouse.appliance.sql.lineage;

import org.jspecify.annotations.NullMarked;

/**
 * Second readings of SQL. Whoever decides reads it first and exactly; a witness reads the same text
 * with a parser that others wrote, and can only object: that it saw a statement, a relation or a
 * change which the first reading has not. It never makes anything understood.
 */
@NullMarked
package io.gatehouse.appliance.sql.witness;

import org.jspecify.annotations.NullMarked;

/** The store on real databases: one contract for both, and what only one of them can do. */
@NullMarked
package io.gatehouse.appliance.control;

import org.jspecify.annotations.NullMarked;

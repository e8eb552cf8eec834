/**
 * What masking is tried with: a bank's database with marked values in its protected columns, what
 * its analysts ask, how its protection is evaded, a client that keeps every byte, and the search
 * for marked values in these bytes.
 */
@NullMarked
package io.gatehouse.appliance.masking;

import org.jspecify.annotations.NullMarked;

/** Who is let in: the ways in, and what each of them proves. */
@NullMarked
package io.gatehouse.appliance.identity;

import org.jspecify.annotations.NullMarked;

/** What tests put around the wire: a gate that follows a script, and a gateway in this process. */
@NullMarked
package io.gatehouse.postgres.testing;

import org.jspecify.annotations.NullMarked;

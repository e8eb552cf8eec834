/** KILL: it comes on a connection of its own and names a session by the number of its greeting. */
@NullMarked
package io.gatehouse.mysql.cancel;

import org.jspecify.annotations.NullMarked;

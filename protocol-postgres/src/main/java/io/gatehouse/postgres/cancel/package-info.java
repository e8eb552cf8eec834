/** Cancel requests: they come on connections of their own and name a session by number and key. */
@NullMarked
package io.gatehouse.postgres.cancel;

import org.jspecify.annotations.NullMarked;

/** What a client says in place of a password, well formed and not. */
@NullMarked
package io.gatehouse.postgres.oauth;

import org.jspecify.annotations.NullMarked;

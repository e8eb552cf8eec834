/** Secrets and what is derived from them. */
@NullMarked
package io.gatehouse.spi.login;

import org.jspecify.annotations.NullMarked;

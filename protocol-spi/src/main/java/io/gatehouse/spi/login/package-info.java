/** Secrets, credentials and verifiers: the values a login is made of. */
@NullMarked
package io.gatehouse.spi.login;

import org.jspecify.annotations.NullMarked;

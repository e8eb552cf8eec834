/** What the tests of every module that uses Netty share. */
@NullMarked
package io.gatehouse.spi.testing;

import org.jspecify.annotations.NullMarked;

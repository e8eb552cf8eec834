/** JSON read, changed and written, by example and at random. */
@NullMarked
package io.gatehouse.spi.json;

import org.jspecify.annotations.NullMarked;

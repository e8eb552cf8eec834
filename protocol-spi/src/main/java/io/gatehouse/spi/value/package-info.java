/**
 * Values on a wire: how a type is read and written, and how a mask takes the place of a field. Each
 * protocol has codecs of its own. Runs on a session's event loop.
 */
@NullMarked
package io.gatehouse.spi.value;

import org.jspecify.annotations.NullMarked;

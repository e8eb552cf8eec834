/** What the messages of all protocols have in common: how they are refused, and shown in traces. */
@NullMarked
package io.gatehouse.spi.message;

import org.jspecify.annotations.NullMarked;

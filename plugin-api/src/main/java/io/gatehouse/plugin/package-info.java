/**
 * What a vendor compiles against: immutable values only. A type here is a promise for years, so it
 * exists only when something behind the gate needs it and it smells of no protocol.
 */
@NullMarked
package io.gatehouse.plugin;

import org.jspecify.annotations.NullMarked;

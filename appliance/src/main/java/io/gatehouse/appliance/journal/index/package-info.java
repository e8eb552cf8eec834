/**
 * Finds records without reading all of them. A term is a keyed digest of what a record says, so an
 * index tells nothing to somebody without the key; it vouches for itself with the same key, can be
 * thrown away at any time, and is made again by whoever misses it. What it says is never shown: the
 * record is read. {@code docs/reading-the-journal.md} says what it tells all the same.
 */
@NullMarked
package io.gatehouse.appliance.journal.index;

import org.jspecify.annotations.NullMarked;

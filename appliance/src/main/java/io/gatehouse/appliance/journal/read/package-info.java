/**
 * Reads a journal while it is written, or a copy of it: sealed rows, then what is in the tail only.
 * Writes nothing, takes no lock, and holds one payload at a time. Proves nothing either: that is
 * the verifier's work.
 */
@NullMarked
package io.gatehouse.appliance.journal.read;

import org.jspecify.annotations.NullMarked;

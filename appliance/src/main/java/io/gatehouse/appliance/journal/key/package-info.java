/**
 * The keys of the journal's payloads: a data key for each session and retention class, wrapped by a
 * key-encryption key and kept outside the journal, so that destroying it makes what it covers
 * unreadable wherever a copy lies. {@code docs/journal-format.md} has the bytes.
 */
@NullMarked
package io.gatehouse.appliance.journal.key;

import org.jspecify.annotations.NullMarked;

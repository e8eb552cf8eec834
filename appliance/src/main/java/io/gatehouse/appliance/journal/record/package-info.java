/**
 * What a record of the journal says, and its bytes: deterministic CBOR (RFC 8949, section 4.2.1) by
 * a list of fields for each kind. Knows no file and no key. docs/journal-records.md is the same
 * list for people.
 */
@NullMarked
package io.gatehouse.appliance.journal.record;

import org.jspecify.annotations.NullMarked;

/**
 * What is written ahead: every record is an entry here, encrypted, before it is anything else. One
 * queue for each event loop, in files that are allocated in full before they are used; one sequence
 * over all of them. Only this package knows Chronicle Queue, and only as what writes a file: what
 * reads knows the documented bytes. {@code docs/journal-tail.md} says how it behaves, {@code
 * docs/journal-format.md} what is on disk.
 */
@NullMarked
package io.gatehouse.appliance.journal.tail;

import org.jspecify.annotations.NullMarked;

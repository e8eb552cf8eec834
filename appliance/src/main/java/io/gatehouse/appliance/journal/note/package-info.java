/**
 * Who read the journal, on record in the journal: the reader leaves a note before anything is
 * shown, and the running gate makes a record of it.
 */
@NullMarked
package io.gatehouse.appliance.journal.note;

import org.jspecify.annotations.NullMarked;

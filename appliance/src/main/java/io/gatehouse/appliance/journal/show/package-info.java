/**
 * Shows records to people and exports them. Whoever wrote a statement wrote it for a server;
 * nothing of it reaches a terminal or a spreadsheet that would do something there. Values are shown
 * to those who ask for them only.
 */
@NullMarked
package io.gatehouse.appliance.journal.show;

import org.jspecify.annotations.NullMarked;

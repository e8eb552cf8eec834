/**
 * What must survive a restart and is not the journal: credentials that the gate issued, what was
 * revoked, and which definitions of tools count. Behind one interface that speaks of these and not
 * of SQL; beneath it one set of statements for SQLite in a file of its own and for a PostgreSQL
 * that several gates share. Nothing here runs on an event loop, and nothing that lets somebody log
 * in is kept.
 */
@NullMarked
package io.gatehouse.appliance.control;

import org.jspecify.annotations.NullMarked;

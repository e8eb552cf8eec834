package io.gatehouse.appliance.journal.seal;

/**
 * An object store that refuses to delete or replace until a date: an object for each checkpoint,
 * its key the number in 20 digits, put with a retention in compliance mode and only if there is
 * none. No such store ships with the gate yet; this is the place for one.
 */
public non-sealed interface ObjectLock extends Anchor {}

package io.gatehouse.appliance.journal.keep;

/**
 * How long something is kept.
 *
 * @param number what the journal's files call it, for ever
 * @param name what policies and orders call it
 * @param keepDays how old a record must be before it may be pruned
 */
public record RetentionClass(int number, String name, int keepDays) {}

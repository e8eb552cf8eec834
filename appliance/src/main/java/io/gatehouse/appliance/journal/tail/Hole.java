package io.gatehouse.appliance.journal.tail;

/** Sequences that were given out and are in no file: the first and the last of them. */
public record Hole(long first, long last) {}

package io.gatehouse.appliance.sql;

/**
 * A part of a text that must not be kept.
 *
 * @param start its first character
 * @param end behind its last
 */
public record SecretSpan(int start, int end) {}

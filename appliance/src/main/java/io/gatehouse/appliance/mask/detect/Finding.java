package io.gatehouse.appliance.mask.detect;

/**
 * Where something was found, and never what.
 *
 * @param kind a {@link Kind}'s label, or the name of a pattern
 * @param start the first byte
 * @param end behind the last byte
 */
public record Finding(String kind, int start, int end) {}

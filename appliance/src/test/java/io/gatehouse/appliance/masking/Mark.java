package io.gatehouse.appliance.masking;

/**
 * A protected value in one of the forms in which it may be in a message.
 *
 * @param column where it is from
 * @param form in words, such as {@code base64}
 */
public record Mark(String column, String value, String form) {}

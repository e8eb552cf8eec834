package io.gatehouse.appliance.control;

/**
 * What a server says of one thing.
 *
 * @param digest of the text, SHA-256 in hex
 * @param text JSON in the one spelling of it, in which control characters are escaped
 */
public record Definition(DefinitionKey key, String digest, String text) {}

package io.gatehouse.appliance.control;

/**
 * A credential with what verifies it.
 *
 * @param credential what may be shown
 * @param verifiers what may not
 */
public record StoredCredential(IssuedCredential credential, Verifiers verifiers) {}

/**
 * What the gate logs in with at targets, and what takes its place while the gate runs. {@link
 * io.gatehouse.appliance.credential.HeldCredentials} has all of it; a {@link
 * io.gatehouse.appliance.credential.KeptCredential} is one of them, wherever it comes from.
 */
@NullMarked
package io.gatehouse.appliance.credential;

import org.jspecify.annotations.NullMarked;

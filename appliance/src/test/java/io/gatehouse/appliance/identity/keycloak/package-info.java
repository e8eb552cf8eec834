/**
 * A Keycloak as its makers ship it, in a process of its own, with a realm for tests: what the gate
 * is told by a provider that was not written for it.
 */
@NullMarked
package io.gatehouse.appliance.identity.keycloak;

import org.jspecify.annotations.NullMarked;

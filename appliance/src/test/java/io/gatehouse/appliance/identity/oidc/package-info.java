/**
 * An OpenID provider of the tests' own. It knows nothing of the gate: what it says is what
 * providers document, and what attackers say in their place.
 */
@NullMarked
package io.gatehouse.appliance.identity.oidc;

import org.jspecify.annotations.NullMarked;

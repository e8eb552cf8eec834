/** Responses of a SAML provider: sound ones, and what attackers make of them. */
@NullMarked
package io.gatehouse.appliance.identity.saml;

import org.jspecify.annotations.NullMarked;

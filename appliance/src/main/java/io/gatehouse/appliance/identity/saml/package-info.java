/**
 * Reads the responses of a SAML 2.0 identity provider: from the form that a browser posts to who it
 * is, or why it is refused. {@link io.gatehouse.appliance.identity.saml.ResponseCheck} is the way
 * in. A document is read strictly ({@code StrictXml}), the form of its signatures is checked before
 * they are ({@code SignatureForm}, {@code Signatures}), and what is believed is parsed from the
 * very octets that were digested ({@code Signed}). Nothing here says anything that a response says:
 * see docs/saml.md.
 */
@NullMarked
package io.gatehouse.appliance.identity.saml;

import org.jspecify.annotations.NullMarked;

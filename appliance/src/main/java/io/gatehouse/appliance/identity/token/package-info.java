/**
 * Reads the tokens of identity providers: from the text that a client sends to who it is, or why it
 * is refused. {@link io.gatehouse.appliance.identity.token.TokenCheck} is the way in; what is
 * configured of a provider is a {@link io.gatehouse.appliance.identity.token.TokenIssuer}. The text
 * is split and read strictly ({@code CompactToken}, {@code JsonReader}), its issuer's keys are
 * found ({@code IssuerKeys}) and its signature checked, and only then its claims are believed
 * ({@code ClaimsCheck}). Nothing here knows a protocol, and nothing here says anything that a token
 * says: see docs/identity.md.
 */
@NullMarked
package io.gatehouse.appliance.identity.token;

import org.jspecify.annotations.NullMarked;

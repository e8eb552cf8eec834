/**
 * Whom a client certificate stands for. That its chain leads to an authority of the listener is the
 * TLS handshake's to find; here it is read for the one name that the configuration knows.
 */
@NullMarked
package io.gatehouse.appliance.identity.certificate;

import org.jspecify.annotations.NullMarked;

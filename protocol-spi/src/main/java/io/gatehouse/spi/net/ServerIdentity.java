package io.gatehouse.spi.net;

import io.netty.handler.ssl.SslContext;
import java.security.cert.X509Certificate;

/**
 * Who the gate is towards clients. Replaced as a whole when certificates are reloaded.
 *
 * @param context ready for server-side handlers
 * @param certificate the leaf that the context presents, for channel binding
 */
public record ServerIdentity(SslContext context, X509Certificate certificate) {}

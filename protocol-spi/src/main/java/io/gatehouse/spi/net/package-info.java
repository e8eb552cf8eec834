/** The Netty plumbing that every protocol needs: transport, listeners, TLS, limits, meters. */
@NullMarked
package io.gatehouse.spi.net;

import org.jspecify.annotations.NullMarked;

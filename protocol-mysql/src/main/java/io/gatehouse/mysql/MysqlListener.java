package io.gatehouse.mysql;

import io.gatehouse.spi.net.ServerIdentity;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * One listener for MySQL and MariaDB clients. There is none without TLS: every proof that the gate
 * takes is the password itself, or a certificate.
 *
 * @param name its name in the configuration
 * @param bind where it listens; port 0 takes a free one
 * @param identity the current certificate, asked for at each handshake
 * @param face how it introduces itself
 */
public record MysqlListener(
    String name, InetSocketAddress bind, Supplier<ServerIdentity> identity, Face face) {}

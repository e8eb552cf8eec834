package io.gatehouse.mysql.testing;

import io.gatehouse.mysql.Face;
import io.gatehouse.mysql.MysqlListener;
import io.gatehouse.mysql.MysqlProtocol;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.Transport;
import io.gatehouse.spi.testing.Certificates;
import io.gatehouse.spi.testing.ScriptedGate;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A gate in this process, in front of a real server. */
public final class Gateway implements AutoCloseable {
  /** For machines that have other things to do. */
  public static final Limits PATIENT =
      Limits.DEFAULTS.with(Limit.UPSTREAM_CONNECT_SECONDS, 120).with(Limit.LOGIN_SECONDS, 300);

  private final Transport transport = new Transport(1);
  private final ScriptedGate gate;
  private final MysqlProtocol protocol;
  private final Listener listener;

  private Gateway(ScriptedGate gate, Face face, Limits limits) {
    this.gate = gate;
    gate.watch("schema");
    ServerIdentity identity = Certificates.gate(Certificates.localhost());
    protocol = new MysqlProtocol(transport, gate, limits, Meters.NONE);
    listener =
        protocol
            .listen(
                new MysqlListener(
                    "test",
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    () -> identity,
                    face))
            .toCompletableFuture()
            .join();
  }

  public static Gateway to(Flavour flavour) {
    return to(flavour, PATIENT);
  }

  public static Gateway to(Flavour flavour, Limits limits) {
    Face face =
        switch (flavour) {
          case MYSQL -> Face.mysql("8.0.15");
          case MARIADB -> Face.mariadb("11.4.5-MariaDB");
        };
    Upstream upstream = upstream(flavour, Held.NATIVE, tls(flavour));
    return new Gateway(new ScriptedGate(upstream), face, limits);
  }

  /** How the gate proves who the server is. */
  public static SslContext tls(Flavour flavour) {
    return switch (flavour) {
      case MYSQL -> OldTls.verifyFull();
      case MARIADB -> Certificates.verifyFull();
    };
  }

  public static Upstream upstream(Flavour flavour, Held held, @Nullable SslContext tls) {
    return new Upstream(
        "real",
        new Upstream.Tcp("localhost", RealServer.of(flavour).port(), tls),
        held.credential(),
        RealServer.DATABASE,
        null,
        Map.of());
  }

  public ScriptedGate gate() {
    return gate;
  }

  /** For statements of the gate's own. */
  public MysqlProtocol protocol() {
    return protocol;
  }

  public Listener listener() {
    return listener;
  }

  public int port() {
    return listener.address().getPort();
  }

  /** A client that everybody's password lets in. */
  public RawClient.Entered enter() {
    return enter("ann");
  }

  /** Another one. */
  public RawClient.Entered enter(String user) {
    return RawClient.enter(
        port(),
        user,
        ScriptedGate.PASSWORD,
        AuthPlugin.CACHING_SHA2_PASSWORD,
        RawClient.USUAL,
        Certificates.clientContext());
  }

  @Override
  public void close() {
    transport.close();
  }
}

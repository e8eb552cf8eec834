package io.gatehouse.postgres.testing;

import io.gatehouse.postgres.PostgresListener;
import io.gatehouse.postgres.PostgresProtocol;
import io.gatehouse.postgres.message.AuthenticationOk;
import io.gatehouse.postgres.message.AuthenticationSASL;
import io.gatehouse.postgres.message.AuthenticationSASLContinue;
import io.gatehouse.postgres.message.AuthenticationSASLFinal;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.RealServer;
import io.gatehouse.postgres.message.SASLInitialResponse;
import io.gatehouse.postgres.message.SASLResponse;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.postgres.scram.ScramClient;
import io.gatehouse.postgres.scram.ScramFailure;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.Transport;
import io.gatehouse.spi.testing.ScriptedGate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** A gateway in this process, in front of the real server, without TLS to clients. */
public final class Gateway implements AutoCloseable {
  public final ScriptedGate gate;
  public final PostgresProtocol protocol;
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Transport transport = new Transport(2);
  private final Listener listener;

  public Gateway(Limits limits, Meters meters) {
    this(
        new ScriptedGate(toRealServer(RealServer.port())),
        limits,
        meters,
        Set.of("*", "client_encoding"));
  }

  public Gateway(ScriptedGate gate, Limits limits, Meters meters, Set<String> parameters) {
    this(gate, limits, meters, new PostgresListener("test", ANY_PORT, null, true, parameters));
  }

  private Gateway(ScriptedGate gate, Limits limits, Meters meters, PostgresListener settings) {
    this.gate = gate;
    gate.watch("search_path");
    this.protocol = new PostgresProtocol(transport, gate, limits, meters);
    try {
      listener = protocol.listen(settings).toCompletableFuture().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Gateway passing() {
    return passing(RealServer.port());
  }

  /** With TLS for clients who want it, and nothing else if plain text is not accepted. */
  public static Gateway secured(ScriptedGate gate, ServerIdentity identity, boolean plaintext) {
    return new Gateway(
        gate,
        Limits.DEFAULTS,
        Meters.NONE,
        new PostgresListener("test", ANY_PORT, () -> identity, plaintext, Set.of("*")));
  }

  /** In front of a server of the caller's choice on loopback. */
  public static Gateway passing(int port) {
    ScriptedGate gate = new ScriptedGate(toRealServer(port));
    return new Gateway(gate, Limits.DEFAULTS, Meters.NONE, Set.of("*", "client_encoding"));
  }

  public static Upstream toRealServer(int port) {
    return new Upstream(
        "real",
        new Upstream.Tcp("127.0.0.1", port, null),
        new Credential("postgres", null),
        "postgres",
        null,
        Map.of());
  }

  public int port() {
    return listener.address().getPort();
  }

  public Listener listener() {
    return listener;
  }

  /** Logged in and ready. */
  public RawConnection connect() {
    RawConnection connection = new RawConnection(port());
    logIn(connection, 0);
    connection.readUntil(ReadyForQuery.class::isInstance);
    return connection;
  }

  /** Up to AuthenticationOk. */
  public static void logIn(RawConnection connection, int minor) {
    prove(connection, "alice", minor);
    connection.readUntil(AuthenticationOk.class::isInstance);
  }

  /** Up to the proof; what the gate makes of it is still to be read. */
  public static void prove(RawConnection connection, String user, int minor) {
    connection.send(
        new StartupMessage(
            3, minor, Map.of("user", user, "database", "postgres", "client_encoding", "UTF8")));
    try {
      AuthenticationSASL offer = (AuthenticationSASL) connection.read();
      ScramClient scram = new ScramClient(offer.mechanisms(), Optional.empty(), new SecureRandom());
      connection.send(new SASLInitialResponse(scram.mechanism(), scram.first()));
      var challenge = scram.challenge(((AuthenticationSASLContinue) connection.read()).data());
      ScramKeys keys =
          ScramKeys.derive(
              Secret.of(ScriptedGate.PASSWORD.toCharArray()),
              challenge.salt(),
              challenge.iterations());
      connection.send(new SASLResponse(scram.last(keys)));
      scram.verify(((AuthenticationSASLFinal) connection.read()).data());
    } catch (ScramFailure e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}

package io.gatehouse.postgres.hostile;

import io.gatehouse.postgres.message.AuthenticationSASL;
import io.gatehouse.postgres.message.AuthenticationSASLContinue;
import io.gatehouse.postgres.message.AuthenticationSASLFinal;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.SASLInitialResponse;
import io.gatehouse.postgres.message.SASLResponse;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.postgres.scram.ScramClient;
import io.gatehouse.postgres.scram.ScramFailure;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The honest part of a hostile client. */
final class Login {
  static final Map<String, String> ALICE = Map.of("user", "alice", "database", "bank");

  private static final Map<List<Byte>, ScramKeys> KEYS = new ConcurrentHashMap<>();

  private Login() {}

  /** Up to the first ReadyForQuery; gives all that the gate said but the SASL exchange. */
  static List<BackendMessage> logIn(Peer peer, StartupMessage startup) throws IOException {
    return logIn(peer, startup, ReadyForQuery.class);
  }

  /** The same up to another end. */
  static List<BackendMessage> logIn(
      Peer peer, StartupMessage startup, Class<? extends BackendMessage> end) throws IOException {
    peer.send(startup);
    List<BackendMessage> greeting = new ArrayList<>();
    BackendMessage message = peer.read();
    while (!end.isInstance(message)) {
      switch (message) {
        case AuthenticationSASL(List<String> mechanisms) -> prove(peer, mechanisms);
        default -> greeting.add(message);
      }
      message = peer.read();
    }
    greeting.add(message);
    return greeting;
  }

  /** As {@link #logIn}, as an ordinary client. */
  static Peer ready(Peer peer) throws IOException {
    logIn(peer, new StartupMessage(3, 0, ALICE));
    return peer;
  }

  private static void prove(Peer peer, List<String> mechanisms) throws IOException {
    try {
      ScramClient scram =
          new ScramClient(
              mechanisms.stream().filter(name -> !name.endsWith("-PLUS")).toList(),
              Optional.empty(),
              new SecureRandom());
      peer.send(new SASLInitialResponse(scram.mechanism(), scram.first()));
      var challenge = scram.challenge(((AuthenticationSASLContinue) peer.read()).data());
      peer.send(new SASLResponse(scram.last(keys(challenge))));
      scram.verify(((AuthenticationSASLFinal) peer.read()).data());
    } catch (ScramFailure failure) {
      throw new IOException(failure);
    }
  }

  /** Derived once: this is not about how fast the tests' clients are. */
  private static ScramKeys keys(ScramClient.Challenge challenge) {
    List<Byte> salt = new ArrayList<>();
    for (byte one : challenge.salt()) {
      salt.add(one);
    }
    return KEYS.computeIfAbsent(
        salt,
        _ ->
            ScramKeys.derive(
                Secret.of(OpenGate.PASSWORD.toCharArray()),
                challenge.salt(),
                challenge.iterations()));
  }
}

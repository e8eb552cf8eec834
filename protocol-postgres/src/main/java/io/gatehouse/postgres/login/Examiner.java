package io.gatehouse.postgres.login;

import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.net.ServerIdentity;
import java.util.Optional;
import java.util.function.Consumer;

/** What a dialogue needs of the login that it is part of. On the client's event loop. */
interface Examiner {

  /** The name that the client gave. */
  String user();

  /** Who the gate was in the TLS handshake; empty without TLS. */
  Optional<ServerIdentity> identity();

  void send(BackendMessage message);

  /** The client's next message is for this dialogue; before that, it has nothing to say. */
  void expect(Dialogue dialogue);

  /** Shows a proof to the engine; a fault refuses the client without asking the dialogue. */
  void examine(Proof proof, Consumer<Identification> verdict);

  /** The client has proved who it is: on to the server. */
  void admit();

  /** The login is over. */
  void fail(ErrorResponse error, CloseReason reason);
}

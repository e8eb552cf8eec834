package io.gatehouse.mysql.login;

import io.gatehouse.mysql.message.BackendMessage;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.Proof;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What a dialogue needs of the login that it is part of. On the client's event loop. */
interface Examiner {

  void send(BackendMessage message);

  /** The client's next message is for the dialogue; before that, it has nothing to say. */
  void expect(PasswordDialogue dialogue);

  /** For work that would keep the loop. */
  Executor computing();

  /** The client's loop. */
  Executor loop();

  /** Shows a proof to the engine; a fault refuses the client without asking the dialogue. */
  void examine(Proof proof, Consumer<Identification> verdict);

  /** The client has proved who it is: on to the server. */
  void admit();

  /** Whatever was wrong with the proof, the words are the same. */
  void denied();
}

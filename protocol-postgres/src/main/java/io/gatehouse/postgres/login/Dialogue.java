package io.gatehouse.postgres.login;

import io.netty.buffer.ByteBuf;

/** One way in which a client proves itself by messages. On the client's event loop. */
sealed interface Dialogue permits PasswordDialogue, ScramDialogue, BearerDialogue {

  /** Asks for the first message. */
  void begin();

  /**
   * The client's next message, which was expected.
   *
   * @param body valid during the call
   */
  void received(ByteBuf body);
}

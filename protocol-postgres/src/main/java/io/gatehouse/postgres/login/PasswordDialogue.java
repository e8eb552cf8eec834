package io.gatehouse.postgres.login;

import io.gatehouse.postgres.message.AuthenticationCleartextPassword;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.PasswordMessage;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.login.Secret;
import io.netty.buffer.ByteBuf;

/** The password in clear. */
record PasswordDialogue(Examiner examiner) implements Dialogue {

  @Override
  public void begin() {
    examiner.expect(this);
    examiner.send(new AuthenticationCleartextPassword());
  }

  @Override
  public void received(ByteBuf body) {
    Secret password = Secret.of(PasswordMessage.decode(body).password());
    examiner.examine(
        new Proof.ClearPassword(password),
        identification -> {
          switch (identification) {
            case Identification.Identified _ -> examiner.admit();
            case Identification.Refused _ -> failed(examiner);
          }
        });
  }

  /**
   * The words are PostgreSQL's, the same for every reason, so that nothing can be told from them.
   */
  static void failed(Examiner examiner) {
    examiner.fail(
        ErrorResponse.of(
            "FATAL",
            "28P01",
            "password authentication failed for user \"" + examiner.user() + "\""),
        CloseReason.LOGIN_REFUSED);
  }
}

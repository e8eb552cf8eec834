package io.gatehouse.postgres.login;

import io.gatehouse.postgres.message.AuthenticationSASL;
import io.gatehouse.postgres.message.AuthenticationSASLContinue;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.SASLInitialResponse;
import io.gatehouse.postgres.message.SASLResponse;
import io.gatehouse.postgres.oauth.OAuthBearer;
import io.gatehouse.postgres.oauth.OAuthFailure;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * SASL OAUTHBEARER (RFC 7628). A token that is not accepted, and none at all, are answered by where
 * to get one; the client has to say that it has read this before it is told that it failed.
 */
final class BearerDialogue implements Dialogue {
  private enum Awaited {
    MECHANISM,
    TOKEN,
    ACKNOWLEDGEMENT
  }

  private final Examiner examiner;
  private final byte[] discovery;
  private Awaited awaited = Awaited.MECHANISM;

  BearerDialogue(Examiner examiner, String discovery) {
    this.examiner = examiner;
    this.discovery = discovery.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void begin() {
    examiner.expect(this);
    examiner.send(new AuthenticationSASL(List.of(OAuthBearer.MECHANISM)));
  }

  @Override
  public void received(ByteBuf body) {
    try {
      switch (awaited) {
        case MECHANISM -> choose(SASLInitialResponse.decode(body));
        case TOKEN -> show(SASLResponse.decode(body).data());
        case ACKNOWLEDGEMENT -> failed(SASLResponse.decode(body).data());
      }
    } catch (OAuthFailure failure) {
      ErrorResponse error =
          ErrorResponse.of("FATAL", failure.sqlState(), String.valueOf(failure.getMessage()));
      examiner.fail(
          failure.detail().isEmpty() ? error : error.with('D', failure.detail()),
          CloseReason.CLIENT_VIOLATED_PROTOCOL);
    }
  }

  private void choose(SASLInitialResponse initial) throws OAuthFailure {
    if (!initial.mechanism().equals(OAuthBearer.MECHANISM)) {
      throw new ProtocolException("client selected an invalid SASL authentication mechanism");
    }
    byte[] data = initial.data();
    if (data == null) {
      awaited = Awaited.TOKEN;
      examiner.expect(this);
      examiner.send(new AuthenticationSASLContinue(new byte[0]));
    } else {
      show(data);
    }
  }

  private void show(byte[] data) throws OAuthFailure {
    Secret token;
    try {
      token = OAuthBearer.token(data);
    } finally {
      Arrays.fill(data, (byte) 0);
    }
    examiner.examine(
        new Proof.BearerToken(token),
        identification -> {
          switch (identification) {
            case Identification.Identified _ -> examiner.admit();
            case Identification.Refused _ -> challenge();
          }
        });
  }

  private void challenge() {
    awaited = Awaited.ACKNOWLEDGEMENT;
    examiner.expect(this);
    examiner.send(new AuthenticationSASLContinue(discovery));
  }

  /** The words are PostgreSQL's, the same for every reason. */
  private void failed(byte[] acknowledgement) throws OAuthFailure {
    OAuthBearer.requireAcknowledgement(acknowledgement);
    examiner.fail(
        ErrorResponse.of(
            "FATAL",
            "28000",
            "OAuth bearer authentication failed for user \"" + examiner.user() + "\""),
        CloseReason.LOGIN_REFUSED);
  }
}

package io.gatehouse.mysql.login;

import io.gatehouse.mysql.message.AuthMoreData;
import io.gatehouse.mysql.message.AuthSwitchRequest;
import io.gatehouse.mysql.message.IdentityToken;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.password.CachingSha2;
import io.gatehouse.mysql.password.RsaPassword;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.message.ProtocolException;

/**
 * Has the client send its password, or a token in its place, inside TLS. caching_sha2_password does
 * so on its full path, which every driver takes by itself, where mysql_clear_password must be
 * switched on in most. The proof that a client sends first is not looked at: what the engine offers
 * to check a password against is made for another wire, or is a token's.
 */
final class PasswordDialogue {
  /** MySQL 9.1's; nothing but a token goes through it, so the gate need not be the other side. */
  private static final String TOKEN_PLUGIN = "authentication_openid_connect_client";

  private static final byte[] NOTHING = {};

  private final Examiner examiner;
  private final PasswordCheck check;
  private Step step = Step.BEGUN;

  private enum Step {
    BEGUN,
    /** The client is to prove itself by caching_sha2_password. */
    SWITCHED,
    /** The client is to send a token by the plugin for that. */
    TOKEN,
    /** The client is to send its password. */
    ASKED,
    ENDED
  }

  PasswordDialogue(Examiner examiner, PasswordCheck check) {
    this.examiner = examiner;
    this.check = check;
  }

  /**
   * @param plugin what the client answered the greeting with
   */
  void begin(String plugin, byte[] response) {
    if (plugin.equals(AuthPlugin.MYSQL_CLEAR_PASSWORD.wireName())) {
      sent(RsaPassword.cleared(response));
    } else if (plugin.equals(AuthPlugin.CACHING_SHA2_PASSWORD.wireName())) {
      proved(response);
    } else if (plugin.equals(TOKEN_PLUGIN)) {
      tokenBegun(response);
    } else {
      step = Step.SWITCHED;
      examiner.expect(this);
      examiner.send(
          new AuthSwitchRequest(AuthPlugin.CACHING_SHA2_PASSWORD.wireName(), Scramble.fresh()));
    }
  }

  /** Some clients say it at once, others wait until they are asked. */
  private void tokenBegun(byte[] response) {
    if (response.length > 0) {
      tokenSent(response);
      return;
    }
    step = Step.TOKEN;
    examiner.expect(this);
    examiner.send(new AuthSwitchRequest(TOKEN_PLUGIN, NOTHING));
  }

  /** Stands where a password does: the engine says what is asked of that name. */
  private void tokenSent(byte[] response) {
    sent(Secret.of(IdentityToken.of(response)));
  }

  void received(byte[] data) {
    switch (step) {
      case TOKEN -> tokenSent(data);
      case SWITCHED -> proved(data);
      case ASKED -> sent(RsaPassword.cleared(data));
      case BEGUN, ENDED -> throw new ProtocolException("a message that was not asked for");
    }
  }

  private void proved(byte[] response) {
    // A client without a password says nothing, or says a zero, and takes no question after that.
    if (response.length == 0 || (response.length == 1 && response[0] == 0)) {
      sent(Secret.of(new byte[0]));
      return;
    }
    step = Step.ASKED;
    examiner.expect(this);
    examiner.send(new AuthMoreData(new byte[] {CachingSha2.SEND_PASSWORD}));
  }

  private void sent(Secret password) {
    step = Step.ENDED;
    check
        .proof(password, examiner.computing())
        .whenCompleteAsync(
            (proof, failure) -> {
              if (failure != null) {
                examiner.denied();
              } else {
                examiner.examine(proof, this::judged);
              }
            },
            examiner.loop());
  }

  private void judged(Identification identification) {
    switch (identification) {
      case Identification.Identified _ -> examiner.admit();
      case Identification.Refused _ -> examiner.denied();
    }
  }
}

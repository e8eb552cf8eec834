package io.gatehouse.postgres.login;

import io.gatehouse.postgres.message.AuthenticationSASL;
import io.gatehouse.postgres.message.AuthenticationSASLContinue;
import io.gatehouse.postgres.message.AuthenticationSASLFinal;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.SASLInitialResponse;
import io.gatehouse.postgres.message.SASLResponse;
import io.gatehouse.postgres.scram.ChannelBinding;
import io.gatehouse.postgres.scram.ScramFailure;
import io.gatehouse.postgres.scram.ScramServer;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SCRAM-SHA-256, bound to the channel where there is one. */
final class ScramDialogue implements Dialogue {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Examiner examiner;
  private final ScramVerifier verifier;
  private final Optional<byte[]> binding;
  private @Nullable ScramServer chosen;

  ScramDialogue(Examiner examiner, ScramVerifier verifier) {
    this.examiner = examiner;
    this.verifier = verifier;
    binding = examiner.identity().flatMap(identity -> ChannelBinding.of(identity.certificate()));
  }

  @Override
  public void begin() {
    examiner.expect(this);
    examiner.send(new AuthenticationSASL(ScramServer.mechanisms(binding)));
  }

  @Override
  public void received(ByteBuf body) {
    try {
      ScramServer scram = chosen;
      if (scram == null) {
        choose(SASLInitialResponse.decode(body));
      } else {
        prove(scram, SASLResponse.decode(body));
      }
    } catch (ScramFailure failure) {
      examiner.fail(
          ErrorResponse.of("FATAL", failure.sqlState(), String.valueOf(failure.getMessage())),
          CloseReason.CLIENT_VIOLATED_PROTOCOL);
    }
  }

  private void choose(SASLInitialResponse initial) throws ScramFailure {
    byte[] data = initial.data();
    if (data == null) {
      throw new ProtocolException("a SASL response without data");
    }
    ScramServer scram = new ScramServer(verifier, binding, initial.mechanism(), RANDOM);
    examiner.expect(this);
    examiner.send(new AuthenticationSASLContinue(scram.first(data)));
    chosen = scram;
  }

  private void prove(ScramServer scram, SASLResponse response) throws ScramFailure {
    boolean proved = scram.proves(response.data());
    examiner.examine(
        new Proof.Scram(proved),
        identification -> {
          if (proved && identification instanceof Identification.Identified) {
            examiner.send(new AuthenticationSASLFinal(scram.last()));
            examiner.admit();
          } else {
            PasswordDialogue.failed(examiner);
          }
        });
  }
}

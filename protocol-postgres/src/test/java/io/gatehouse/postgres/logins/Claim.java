package io.gatehouse.postgres.logins;

import io.gatehouse.postgres.message.AuthenticationSASL;
import io.gatehouse.postgres.message.AuthenticationSASLContinue;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.SASLInitialResponse;
import io.gatehouse.postgres.message.SASLResponse;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.postgres.scram.ChannelBinding;
import io.gatehouse.postgres.scram.ScramClient;
import io.gatehouse.postgres.scram.ScramFailure;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.testing.Certificates;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A SCRAM login inside TLS in which one thing may be wrong.
 *
 * @param port of the server or the gate
 * @param certificate that it shows
 */
record Claim(int port, X509Certificate certificate, String user, String password) {

  /** What a client says in place of what it should. */
  record Lie(
      UnaryOperator<String> mechanism, UnaryOperator<String> first, UnaryOperator<String> last) {
    static final Lie NONE =
        new Lie(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());

    static Lie mechanism(String name) {
      return new Lie(_ -> name, UnaryOperator.identity(), UnaryOperator.identity());
    }

    static Lie first(UnaryOperator<String> change) {
      return new Lie(UnaryOperator.identity(), change, UnaryOperator.identity());
    }

    static Lie last(UnaryOperator<String> change) {
      return new Lie(UnaryOperator.identity(), UnaryOperator.identity(), change);
    }
  }

  /** Severity and SQLSTATE of the error, or the message that was read in place of one. */
  String end(boolean bound, Lie lie) {
    try (RawConnection connection = new RawConnection(port)) {
      connection.startTls(Certificates.clientContext());
      connection.send(new StartupMessage(3, 0, Map.of("user", user, "database", "postgres")));
      List<String> offered = ((AuthenticationSASL) connection.read()).mechanisms();
      List<String> wanted = bound ? offered : List.of("SCRAM-SHA-256");
      Optional<byte[]> binding = bound ? ChannelBinding.of(certificate) : Optional.empty();
      ScramClient scram = new ScramClient(wanted, binding, new SecureRandom());
      connection.send(
          new SASLInitialResponse(
              lie.mechanism().apply(scram.mechanism()), changed(scram.first(), lie.first())));
      BackendMessage answer = connection.read();
      if (!(answer instanceof AuthenticationSASLContinue(byte[] data))) {
        return end(answer);
      }
      var challenge = scram.challenge(data);
      ScramKeys keys =
          ScramKeys.derive(
              Secret.of(password.toCharArray()), challenge.salt(), challenge.iterations());
      connection.send(new SASLResponse(changed(scram.last(keys), lie.last())));
      return end(connection.read());
    } catch (ScramFailure e) {
      throw new IllegalStateException(e);
    }
  }

  private static String end(BackendMessage message) {
    return message instanceof ErrorResponse error
        ? error.severity() + " " + error.sqlState()
        : message.getClass().getSimpleName();
  }

  private static byte[] changed(byte[] message, UnaryOperator<String> change) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    return change.apply(text).getBytes(StandardCharsets.ISO_8859_1);
  }
}

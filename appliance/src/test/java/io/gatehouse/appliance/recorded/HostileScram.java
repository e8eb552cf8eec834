package io.gatehouse.appliance.recorded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.appliance.recorded.HostileLogin.Script;
import io.gatehouse.postgres.scram.ScramClient;
import io.gatehouse.postgres.scram.ScramFailure;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Attacks on an exchange by SCRAM, as the user of the users file and as others. */
record HostileScram(HostileLogins logins) {
  private static final String PLAIN = "SCRAM-SHA-256";
  private static final String USER = WaysGate.ANN;

  void add() {
    logins.wrongPassword("wrong password", USER, password("guessed"));
    logins.wrongPassword("empty password", USER, password(""));
    logins.wrongPassword("password in capitals", USER, password("ANN'S OWN"));
    logins.wrongPassword("password and more", USER, password(WaysGate.PASSWORD + " "));
    logins.wrongPassword(
        "proof of the right password, changed", USER, lastChanged(HostileScram::flipped));
    logins.wrongPassword("known password for another name", "anne", password(WaysGate.PASSWORD));
    last("no proof at all", last -> last.replaceAll(",p=.*", ""));
    last("proof cut short", last -> last.replaceAll(",p=.*", ",p=AAAA"));
    last("empty proof", last -> last.replaceAll(",p=.*", ",p="));
    last("proof that is no base64", last -> last.replaceAll(",p=.*", ",p=!!!!"));
    last("another nonce", last -> last.replace(",r=", ",r=x"));
    last("nonce of the client alone", last -> last.replaceAll(",r=[^,]*", ",r=abc"));
    last("garbage for a proof", _ -> "garbage");
    last("nothing for a proof", _ -> "");
    logins.refused(
        "binding to nothing",
        USER,
        "28000",
        "SCRAM channel binding check failed",
        lastChanged(last -> last.replace("c=biws", "c=cD10bHM=")));
    firsts();
    mechanisms();
  }

  private void firsts() {
    first("nothing", "");
    first("garbage", "garbage");
    first("no nonce", "n,,n=ann");
    first("empty nonce", "n,,n=ann,r=");
    first("nonce with a comma in it", "n,,n=ann,r=a\u0001b");
    first("no name", "n,,r=abc");
    first("another binding", "p=tls-unique,,n=ann,r=abc");
    first("binding without PLUS", "p=tls-server-end-point,,n=ann,r=abc");
    logins.refused(
        "extension that must be known",
        USER,
        "0A000",
        "client requires an unsupported SCRAM extension",
        begun(PLAIN, "n,,m=x,n=ann,r=abc"));
    logins.refused(
        "SCRAM for another identity",
        USER,
        "0A000",
        "client uses authorization identity, but it is not supported",
        begun(PLAIN, "n,a=admin,n=ann,r=abc"));
    logins.refused(
        "stripped offer",
        USER,
        "28000",
        "SCRAM channel binding negotiation error: the client thinks the server does not support"
            + " it, but it does",
        begun(PLAIN, "y,,n=ann,r=abc"));
  }

  private void mechanisms() {
    for (String mechanism : List.of("SCRAM-SHA-1", "SCRAM-SHA-512", "PLAIN", "OAUTHBEARER", "")) {
      logins.violation("mechanism \"" + mechanism + "\"", USER, begun(mechanism, "n,,n=ann,r=abc"));
    }
    logins.violation("PLUS without binding", USER, begun(PLAIN + "-PLUS", "n,,n=ann,r=abc"));
    logins.violation(
        "password in clear for SCRAM",
        USER,
        socket -> {
          socket.asked(10);
          socket.password(WaysGate.PASSWORD);
        });
  }

  private void first(String name, String text) {
    logins.violation("SCRAM begins with " + name, USER, begun(PLAIN, text));
  }

  private static Script begun(String mechanism, String text) {
    return socket -> {
      socket.asked(10);
      socket.sasl(mechanism, HostileLogins.bytes(text));
    };
  }

  private void last(String name, UnaryOperator<String> change) {
    logins.violation(name, USER, lastChanged(change));
  }

  private static String flipped(String last) {
    return last.substring(0, last.length() - 5) + "AAAA=";
  }

  private static Script lastChanged(UnaryOperator<String> change) {
    return exchange(WaysGate.PASSWORD, change);
  }

  /** The whole exchange, not bound to the channel. */
  static Script password(String password) {
    return exchange(password, UnaryOperator.identity());
  }

  private static Script exchange(String password, UnaryOperator<String> change) {
    return socket -> {
      try {
        socket.asked(10);
        ScramClient scram = new ScramClient(List.of(PLAIN), Optional.empty(), new SecureRandom());
        socket.sasl(PLAIN, scram.first());
        ScramClient.Challenge challenge = scram.challenge(socket.asked(11));
        ScramKeys keys =
            ScramKeys.derive(
                Secret.of(password.toCharArray()), challenge.salt(), challenge.iterations());
        String last = new String(scram.last(keys), UTF_8);
        socket.send('p', change.apply(last).getBytes(UTF_8));
      } catch (ScramFailure e) {
        throw new IOException(e);
      }
    };
  }
}

package io.gatehouse.postgres.logins;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.postgres.logins.Claim.Lie;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.postgres.testing.GuardedServer;
import io.gatehouse.postgres.testing.GuardedServer.Held;
import io.gatehouse.postgres.testing.GuardedServer.Major;
import io.gatehouse.spi.testing.Certificates;
import io.gatehouse.spi.testing.ScriptedGate;
import io.netty.pkitesting.X509Bundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the gate makes of SCRAM clients is what PostgreSQL makes of them. */
class ClientScramIT {
  private static final X509Bundle CERTIFICATE = Certificates.localhost();

  @SuppressWarnings("NullAway.Init") // set before all
  private static Gateway gateway;

  @BeforeAll
  static void open() {
    GuardedServer server = GuardedServer.of(Major.NEWEST);
    gateway =
        Gateway.secured(
            new ScriptedGate(server.upstream(Held.TRUSTED, null)),
            Certificates.gate(CERTIFICATE, "postgresql"),
            true);
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  private static Claim gated(String password) {
    return new Claim(gateway.port(), CERTIFICATE.getCertificate(), "alice", password);
  }

  private static Claim direct(String password) {
    GuardedServer server = GuardedServer.of(Major.NEWEST);
    return new Claim(
        server.port(), server.certificate().getCertificate(), Held.SCRAM.user(), password);
  }

  static Stream<Arguments> claims() {
    Lie flippedProof = Lie.last(text -> text.substring(0, text.length() - 3) + "AA=");
    return Stream.of(
        Arguments.of("bound", true, Lie.NONE),
        Arguments.of("not bound", false, Lie.NONE),
        Arguments.of("tampered proof", true, flippedProof),
        Arguments.of("tampered proof, not bound", false, flippedProof),
        Arguments.of("proof cut short", true, Lie.last(t -> t.replaceAll(",p=.*", ",p=AAAA"))),
        Arguments.of("no proof", true, Lie.last(t -> t.replaceAll(",p=.*", ""))),
        Arguments.of(
            "says that the server cannot bind", false, Lie.first(t -> "y" + t.substring(1))),
        Arguments.of("PLUS without binding", false, Lie.mechanism("SCRAM-SHA-256-PLUS")),
        Arguments.of("binding without PLUS", true, Lie.mechanism("SCRAM-SHA-256")),
        Arguments.of(
            "another binding type",
            true,
            Lie.first(t -> t.replace("tls-server-end-point", "tls-unique"))),
        Arguments.of(
            "binding to another channel",
            true,
            Lie.last(t -> t.substring(0, 44) + "AAAA" + t.substring(48))),
        Arguments.of("another nonce", true, Lie.last(t -> t.replace(",r=", ",r=x"))),
        Arguments.of("unknown mechanism", true, Lie.mechanism("SCRAM-SHA-1")),
        Arguments.of("another identity", true, Lie.first(t -> t.replace(",,", ",a=bob,"))),
        Arguments.of("extension", true, Lie.first(t -> t.replace(",,", ",,m=x,"))),
        Arguments.of("nothing", true, Lie.first(_ -> "")),
        Arguments.of("garbage", true, Lie.first(_ -> "garbage")),
        Arguments.of("garbage for a proof", true, Lie.last(_ -> "garbage")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("claims")
  void claim_isAnsweredAsByTheServer(String name, boolean bound, Lie lie) {
    String byServer = direct(Held.SCRAM.password()).end(bound, lie);

    String byGate = gated(ScriptedGate.PASSWORD).end(bound, lie);

    assertThat(byGate).as(name).isEqualTo(byServer);
  }

  @Test
  void wrongPassword_isRefusedAfterAWholeExchange() {
    String byServer = direct("not it").end(true, Lie.NONE);

    String byGate = gated("not it").end(true, Lie.NONE);

    assertThat(byServer).isEqualTo("FATAL 28P01");
    assertThat(byGate).isEqualTo(byServer);
  }
}

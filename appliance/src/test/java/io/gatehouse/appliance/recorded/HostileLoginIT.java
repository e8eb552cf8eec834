package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.identity.certificate.HostileCertificates;
import io.gatehouse.appliance.identity.token.HostileTokens;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.log.RecordedLog;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody gets in who should not, nobody learns why, and everybody is on record. */
class HostileLoginIT {
  private static final int LEAST = 600;

  @TempDir private Path folder;
  private HostileTokens tokens;
  private HostileCertificates certificates;
  private WaysGate gate;
  private TlsClients tls;

  @BeforeEach
  void serve() throws Exception {
    tokens = new HostileTokens(Instant.now());
    gate =
        new WaysGate(
            folder,
            """
            token-user: token
            oauth-user: oauth
            oauth-issuer: "%s"
            store: {file: %s}
            certificates:
              user: certificate
              name-from: uri
              callers:
                "%s": {subject: ci-deploy}
            """
                    .formatted(
                        tokens.issuer(), folder.resolve("store.db"), HostileCertificates.NAME)
                + tokens.issuers());
    certificates = new HostileCertificates(gate.clients);
    tls = new TlsClients(gate.file("ca.crt"));
  }

  @AfterEach
  void end() throws Exception {
    gate.close();
    tokens.close();
  }

  @Test
  void hostileLogin_isRefusedInTheWordsOfItsWay_andIsOnRecordWithoutItsToken() throws Exception {
    soundLogins_areLetIn();
    List<HostileLogin> logins = new HostileLogins(tokens, certificates, tls).all();
    assertThat(logins).hasSizeGreaterThanOrEqualTo(LEAST);
    assertThat(logins).extracting(HostileLogin::name).doesNotHaveDuplicates();
    List<String> results = new ArrayList<>();
    List<String> lines;
    try (RecordedLog log = RecordedLog.atTrace()) {
      for (HostileLogin login : logins) {
        results.add(login.name() + ": " + result(login));
      }
      lines = List.copyOf(log.lines());
    }

    assertThat(results)
        .containsExactlyElementsOf(
            logins.stream().map(login -> login.name() + ": " + login.expected()).toList());
    List<JournalFolder.Entry> refused = byNumber(gate.recorded(Kind.LOGIN_REFUSED));
    assertThat(refused.stream().map(entry -> entry.text("reason")))
        .containsExactlyElementsOf(
            logins.stream().map(HostileLogin::reason).filter(reason -> !reason.isEmpty()).toList());
    assertThat(gate.journal.audit().findings()).isEmpty();
    String all = String.join("\n", lines) + "\n" + everything();
    List<String> secrets = logins.stream().flatMap(login -> login.secrets().stream()).toList();
    assertThat(lines).hasSizeGreaterThan(LEAST);
    assertThat(secrets).hasSizeGreaterThan(LEAST);
    assertThat(secrets.stream().filter(all::contains)).isEmpty();
  }

  private String result(HostileLogin login) {
    try {
      return login.result(gate.port());
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Logins come one after the other, so that their numbers are in their order. */
  private static List<JournalFolder.Entry> byNumber(List<JournalFolder.Entry> entries) {
    return entries.stream()
        .sorted(Comparator.comparingLong(entry -> Long.parseLong(digits(entry.text("number")))))
        .toList();
  }

  private static String digits(String text) {
    return text.replaceAll("[^0-9]", "");
  }

  /** Each field of each record. */
  private String everything() throws Exception {
    return gate.journal.entries().stream()
        .flatMap(entry -> entry.fields().keySet().stream().map(entry::text))
        .collect(Collectors.joining("\n"));
  }

  /** Otherwise the attempts would be refused for what all of them have in common. */
  private void soundLogins_areLetIn() throws Exception {
    String sound = tokens.sound();
    assertThat(
            last(
                tls.plain(),
                "token",
                socket -> {
                  socket.asked(3);
                  socket.password(sound);
                }))
        .isEqualTo("let in or asked: R0");
    assertThat(
            last(
                tls.plain(),
                "oauth",
                socket -> {
                  socket.asked(10);
                  socket.bearer("Bearer " + sound);
                }))
        .isEqualTo("let in or asked: R0");
    assertThat(last(tls.plain(), WaysGate.ANN, HostileScram.password(WaysGate.PASSWORD)))
        .isEqualTo("let in or asked: R12");
    assertThat(last(named(), "certificate", _ -> {})).isEqualTo("let in or asked: R0");
  }

  private SSLContext named() {
    return tls.showing(
        gate.clients.signed(b -> b.addSanUriName(URI.create(HostileCertificates.NAME))));
  }

  private String last(SSLContext context, String user, HostileLogin.Script script)
      throws IOException {
    return new HostileLogin(
            user,
            java.util.Optional.of(context),
            socket -> {
              socket.startUp("user", user, "database", "bank");
              script.say(socket);
            },
            "",
            "",
            "",
            List.of())
        .result(gate.port());
  }

  @Test
  void certificateThatIsNotTrusted_endsTheHandshake() throws Exception {
    List<String> untrusted = new ArrayList<>();
    for (HostileCertificates.Attack attack : certificates.attacks()) {
      if (attack.reason().isEmpty()) {
        untrusted.add(attack.name());
        assertThat(handshake(tls.showing(attack.bundle()))).as(attack.name()).isEqualTo("ended");
      }
    }
    assertThat(untrusted).hasSizeGreaterThanOrEqualTo(8);
    assertThat(handshake(named())).isEqualTo("R0");
    assertThat(gate.recorded(Kind.LOGIN_REFUSED)).isEmpty();
  }

  private String handshake(SSLContext context) throws IOException {
    try (LoginSocket socket = new LoginSocket(gate.port())) {
      socket.startTls(context);
      socket.startUp("user", "certificate", "database", "bank");
      LoginSocket.Message message = socket.read();
      return message.type() + "" + message.request();
    } catch (SSLException | SocketException ended) {
      // In TLS 1.3 the client has finished already, and may meet the end before the alert.
      return "ended";
    }
  }
}

package io.gatehouse.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.journal.keep.FormerKeys;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.journal.seal.SealedRows;
import io.gatehouse.appliance.journal.seal.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Orders as operators write, sign and hand them in. */
class OrderCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void keys() throws Exception {
    for (String name : List.of("ann", "bob")) {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      pem(name + ".key", "PRIVATE KEY", pair.getPrivate().getEncoded());
      pem(name + ".pub", "PUBLIC KEY", pair.getPublic().getEncoded());
    }
  }

  private void pem(String file, String label, byte[] encoded) throws IOException {
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(label, Base64.getEncoder().encodeToString(encoded), label));
  }

  private int order(String... arguments) {
    List<String> all = new ArrayList<>(List.of("journal", "order"));
    all.addAll(List.of(arguments));
    CommandLine command =
        Gatehouse.commandLine(Passwords.input(new ByteArrayInputStream(new byte[0])));
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(all.toArray(String[]::new));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private int write(String name, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--origin", "gate.example/node7", "--node", "7", "--operator", "ann"));
    all.addAll(List.of("--key", file("ann.key"), "-o", file(name)));
    return order(all.toArray(String[]::new));
  }

  @Test
  void prune_isWritten_signedByAnother_andHandedIn() throws Exception {
    assertThat(write("p.order", "prune", "--class", "results", "--until", "2026-08-01"))
        .as(err.toString())
        .isZero();
    assertThat(Files.readString(folder.resolve("p.order")))
        .contains("journal gate.example/node7\nnode 7\n")
        .contains("prune results\nuntil 2026-08-01T00:00:00Z\nsign ")
        .doesNotContain("ann");
    assertThat(order("submit", file("p.order"), "--config", configuration())).isEqualTo(1);
    assertThat(err.toString()).contains("has 1 signatures and needs 2; nothing was handed in");
    assertThat(order("sign", file("p.order"), "--operator", "bob", "--key", file("bob.key")))
        .isZero();
    assertThat(out.toString()).contains("prune results").contains("signed by 2; needs 2");
    assertThat(order("submit", file("p.order"), "--config", configuration()))
        .as(err.toString())
        .isZero();
    try (var files = Files.list(folder.resolve("journal/orders"))) {
      assertThat(files)
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.getFileName().toString()).matches("[0-9a-f]{32}\\.order");
                assertThat(one).hasSameBinaryContentAs(folder.resolve("p.order"));
              });
    }
  }

  private String configuration() throws Exception {
    Certificates.make().write(folder);
    SigningKey signing = SigningKey.generate("gate.example/node7", SigningKey.Algorithm.ED25519);
    Files.write(folder.resolve("signing.pem"), signing.pem());
    Files.writeString(folder.resolve("signing.pub"), signing.verifier() + "\n");
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Files.writeString(
        folder.resolve("policy.yaml"),
        "rules: [{name: reads, verdict: allow, operations: [read]}]\n");
    Files.writeString(folder.resolve("wrapping"), "k".repeat(32));
    return Files.writeString(
            folder.resolve("gatehouse.yaml"),
            """
            listeners:
              - {name: main, port: 0, tls: {certificate: server.crt, key: server.key}, databases: {"*": core}}
            targets:
              - {name: core, protocol: postgresql, host: localhost, credential: {user: gate, trust: true}}
            users: users.yaml
            policy: policy.yaml
            journal:
              directory: journal
              keys: keys
              wrapping: {name: k1, secret: {file: wrapping}}
              signing-key: signing.pem
              verifier-key: signing.pub
              node: 7
              operators:
                - {name: ann, key-file: ann.pub}
                - {name: bob, key-file: bob.pub}
            management: {port: 0}
            """)
        .toString();
  }

  @Test
  void orderThatIsHandedIn_isCarriedOutByTheRunningGate() throws Exception {
    String config = configuration();
    assertThat(write("h.order", "hold", "case-7")).isZero();
    try (Appliance _ = Appliance.start(Path.of(config), new Environment(Map.of()))) {
      assertThat(order("submit", file("h.order"), "--config", config)).as(err.toString()).isZero();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(folder.resolve("journal/orders")).isEmptyDirectory());
    }
    List<Integer> kinds = new ArrayList<>();
    FormerKeys keys = FormerKeys.read(folder.resolve("signing.pub"));
    new SealedRows(folder.resolve("journal"), keys.keys(), () -> false)
        .read((row, _) -> kinds.add(row.kind()));
    assertThat(kinds).containsOnlyOnce(Kind.HOLD.code());
  }

  @Test
  void holdAndLift_areWritten() throws Exception {
    String session = "00000000-0000-0001-0000-000000000002";
    assertThat(
            write(
                "h.order",
                "hold",
                "case-7",
                "--from",
                "2026-08-01T12:00:00Z",
                "--session",
                session,
                "--valid-days",
                "31"))
        .as(err.toString())
        .isZero();
    assertThat(Files.readString(folder.resolve("h.order")))
        .contains("hold case-7\nfrom 2026-08-01T12:00:00Z\nsession " + session + "\nsign ");
    assertThat(write("l.order", "lift", "case-7")).isZero();
    assertThat(out.toString()).contains("lift case-7; needs 2 operator(s)");
  }

  @Test
  void whatMakesNoOrder_isRefused_andNothingIsOverwritten() throws Exception {
    assertThat(write("l.order", "lift", "case-7")).isZero();
    byte[] first = Files.readAllBytes(folder.resolve("l.order"));
    assertThat(write("l.order", "lift", "case-8")).isEqualTo(1);
    assertThat(folder.resolve("l.order")).hasBinaryContent(first);
    assertThat(write("x.order", "lift", "case 8")).isEqualTo(1);
    assertThat(write("x.order", "lift", "a", "--valid-days", "32")).isEqualTo(1);
    assertThat(write("x.order", "prune", "--class", "a", "--until", "soon")).isEqualTo(1);
    assertThat(folder.resolve("x.order")).doesNotExist();
    assertThat(order("sign", file("ann.key"), "--operator", "a", "--key", file("ann.key")))
        .isEqualTo(1);
    assertThat(order()).isEqualTo(2);
    assertThat(order("burn")).isEqualTo(2);
    assertThat(err.toString())
        .contains("is there already; nothing was changed")
        .contains("no such order can be written: it has a name that is none")
        .contains("an order is valid for 1 to 31 days")
        .contains("\"soon\" is no time")
        .contains("ann.key is not an order");
  }
}

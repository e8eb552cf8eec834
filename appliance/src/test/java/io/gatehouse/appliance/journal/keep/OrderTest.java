package io.gatehouse.appliance.journal.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {
  private static final Order.Journal JOURNAL = new Order.Journal("gate.example/node7", 7);
  private static final Instant UNTIL = Instant.parse("2026-11-29T00:00:00Z");
  private static final String HEAD =
      """
      gatehouse journal order 1
      id 6b0c9c1fb1a54d1d8d3f5b1d1f6e2a90
      journal gate.example/node7
      node 7
      valid-until 2026-11-29T00:00:00Z
      """;

  private static Order parse(String text) throws Order.MalformedException {
    return Order.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prune results\n",
        "prune results\nuntil 2026-08-01T00:00:00Z\n",
        "hold case-7\n",
        """
        hold case-7
        from 2026-08-01T00:00:00Z
        until 2026-09-01T00:00:00Z
        session 00000000-0000-0001-0000-000000000002
        session 00000000-0000-0001-0000-000000000003
        """,
        "lift case-7\nsign AAAA\n",
      })
  void order_hasOneForm(String lines) throws Exception {
    Order order = parse(HEAD + lines);
    assertThat(order.bytes()).asString(StandardCharsets.UTF_8).isEqualTo(HEAD + lines);
    assertThat(order.journal()).isEqualTo(JOURNAL);
    assertThat(order.validUntil()).isEqualTo(UNTIL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "prune results",
        "prune  results\n",
        "prune results\n\n",
        "prune results\nuntil 2026-08-01\n",
        "prune results\nuntil 2026-08-01T00:00:00.000Z\n",
        "prune results\nfrom 2026-08-01T00:00:00Z\n",
        "hold a b\n",
        "hold case-7\nuntil 2026-09-01T00:00:00Z\nfrom 2026-08-01T00:00:00Z\n",
        "hold case-7\nfrom 2026-09-01T00:00:00Z\nuntil 2026-08-01T00:00:00Z\n",
        "hold case-7\nsession 0-0-1-0-2\n",
        "hold case-7\nlift case-7\n",
        "lift case-7\nsign ?\n",
        "lift case-7\nsign AAAA\nlift case-8\n",
        "lift case-7\nsign AA\nsign AA\nsign AA\nsign AA\nsign AA\n",
        "drop everything\n",
      })
  void otherForms_areRefused(String lines) {
    assertThatThrownBy(() -> parse(HEAD + lines)).isInstanceOf(Order.MalformedException.class);
  }

  @Test
  void anyBytes_areAnOrderOrMalformed() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] whole =
        (HEAD + "hold case-7\nfrom 2026-08-01T00:00:00Z\nsign AAAA\n")
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = whole.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(Order.parse(bytes).bytes()).isEqualTo(bytes);
      } catch (Order.MalformedException expected) {
        assertThat(expected).hasMessageMatching("(?s)(has|is|does not) .*");
      } catch (RuntimeException fault) {
        throw new AssertionError("seed " + seed, fault);
      }
    }
  }

  @Test
  void signature_countsForTheNameAndTheKeyAndTheTextThatItIsOf() throws Exception {
    KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyPair another = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Order order =
        Order.of(JOURNAL, UNTIL, new Action.Lift("case-7"))
            .signed(new OperatorKey("ann", key.getPrivate()));
    Operator ann = new Operator("ann", key.getPublic());
    assertThat(order.signers(List.of(ann))).containsExactly(ann);
    for (Operator other :
        List.of(new Operator("bob", key.getPublic()), new Operator("ann", another.getPublic()))) {
      assertThatThrownBy(() -> order.signers(List.of(other)))
          .isInstanceOf(Order.MalformedException.class);
    }
    Order changed =
        new Order(order.id(), JOURNAL, UNTIL, new Action.Lift("case-8"), order.signatures());
    assertThatThrownBy(() -> changed.signers(List.of(ann)))
        .isInstanceOf(Order.MalformedException.class);
  }

  @Test
  void operators_haveNamesAndKeysOfTheirOwn() throws Exception {
    KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Operator ann = new Operator("ann", key.getPublic());
    assertThatThrownBy(
            () ->
                new KeepPlan(
                    Retention.DEFAULT,
                    List.of(ann, new Operator("bob", key.getPublic())),
                    FormerKeys.NONE))
        .hasMessageContaining("same key");
    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    assertThatThrownBy(
            () ->
                new KeepPlan(
                    Retention.DEFAULT,
                    List.of(ann, new Operator("ann", other.getPublic())),
                    FormerKeys.NONE))
        .hasMessageContaining("same name");
  }

  @Test
  void keys_areReadFromPem(@TempDir Path folder) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path secret = pem(folder.resolve("k"), "PRIVATE KEY", pair.getPrivate().getEncoded());
    Path known = pem(folder.resolve("p"), "PUBLIC KEY", pair.getPublic().getEncoded());
    Order order =
        Order.of(JOURNAL, UNTIL, new Action.Hold("h", new Covered(null, null, ids())))
            .signed(OperatorKey.read("ann", secret));
    assertThat(order.signers(List.of(Operator.read("ann", known)))).hasSize(1);
    assertThat(Operator.read("ann", known).fingerprint()).matches("ed25519:[0-9a-f]{16}");
    assertThatThrownBy(() -> Operator.read("ann", secret)).hasMessageContaining("PUBLIC KEY");
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    Path wrong = pem(folder.resolve("r"), "PUBLIC KEY", rsa.getPublic().getEncoded());
    assertThatThrownBy(() -> Operator.read("ann", wrong)).hasMessageContaining("no Ed25519");
  }

  private static List<UUID> ids() {
    return List.of(new UUID(1, 2));
  }

  private static Path pem(Path file, String label, byte[] encoded) throws Exception {
    return Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(encoded), label));
  }
}

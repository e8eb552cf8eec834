package io.gatehouse.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.mask.key.MaskKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaskKeyConfigTest {
  @TempDir private Path folder;
  private Configs configs;

  @BeforeEach
  void files() throws Exception {
    configs = Configs.in(folder);
    Files.writeString(folder.resolve("main.key"), "0123456789abcdef".repeat(2) + "\n");
    Files.writeString(folder.resolve("other.key"), "another key, of forty characters or more");
    Files.writeString(folder.resolve("short.key"), "just a word");
  }

  @Test
  void keys_areReadFromTheirReferences_withTheirIds() throws Exception {
    GatehouseConfig config =
        configs.load(
            Configs.SMALLEST
                + """
                mask-keys:
                  main: {id: k-2026, secret: {file: main.key}}
                  other: {secret: {file: other.key}}
                """);

    assertThat(config.maskKeys()).containsOnlyKeys("main", "other");
    assertThat(named(config, "main").id()).isEqualTo(Optional.of("k-2026"));
    try (MaskKey main = named(config, "main").key();
        MaskKey other = named(config, "other").key()) {
      assertThat(main.id()).isEqualTo("k-2026");
      assertThat(other.id()).hasSize(12);
    }
    assertThat(config.toString()).doesNotContain("0123456789").doesNotContain("another key");
  }

  private static MaskKeyConfig named(GatehouseConfig config, String name) {
    return Objects.requireNonNull(config.maskKeys().get(name), name);
  }

  @Test
  void withoutTheKey_thereAreNone() throws Exception {
    assertThat(configs.load(Configs.SMALLEST).maskKeys()).isEmpty();
  }

  @Test
  void keysThatCannotBeUsed_areProblemsAtTheirPlace_whichDoNotTellThem() {
    assertThat(
            configs.problems(
                Configs.SMALLEST
                    + """
                    mask-keys:
                      a: {secret: {file: short.key}}
                      b: {id: k b, secret: {file: main.key}}
                      c: {id: k-c}
                      "d e": {secret: {file: main.key}}
                      f: {secret: {file: main.key}, algorithm: rot13}
                      g: {secret: just a word that somebody wrote here}
                      h: {secret: {file: absent.key}}
                      i: {secret: {env: CORE_PASSWORD}}
                    """))
        .containsExactly(
            "gatehouse.yaml:14: mask-keys.a.secret: has 11 bytes and needs at least 32",
            "gatehouse.yaml:15: mask-keys.b.id: must be 1 to 64 letters, digits, dots, dashes,"
                + " underscores",
            "gatehouse.yaml:16: mask-keys.c.secret: is missing",
            "gatehouse.yaml:17: mask-keys.d e: must be 1 to 64 letters, digits, dots, dashes,"
                + " underscores",
            "gatehouse.yaml:18: mask-keys.f.algorithm: is not a known key; known here: id, secret",
            "gatehouse.yaml:19: mask-keys.g.secret: must say where the secret is (file: PATH, env:"
                + " NAME or credential: NAME); a secret itself is never written here",
            "gatehouse.yaml:20: mask-keys.h.secret.file: there is no file absent.key",
            "gatehouse.yaml:21: mask-keys.i.secret: has 20 bytes and needs at least 32");
  }
}

package io.gatehouse.appliance.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.journal.seal.SigningKey;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.spi.net.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the documents show is what the gate takes. */
final class DocumentsTest {
  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
  private static final Path ROOT = Path.of("..");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> everyConfigurationShown_hasNoProblems() throws IOException {
    Stream<DynamicTest> example =
        Stream.of(test("the example", Files.readString(Path.of("src/dist/conf/gatehouse.yaml"))));
    Stream<DynamicTest> shown =
        Stream.of("README.md", "docs/configuration.md", "docs/operations.md", "docs/masks.md")
            .flatMap(this::tests);
    return Stream.concat(example, shown);
  }

  private Stream<DynamicTest> tests(String document) {
    List<String> blocks = YAML.matcher(text(document)).results().map(DocumentsTest::body).toList();
    return blocks.stream().map(block -> test(document, block));
  }

  private static String body(MatchResult match) {
    return match.group(1);
  }

  private static String text(String document) {
    try {
      return Files.readString(ROOT.resolve(document));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private DynamicTest test(String document, String block) {
    return DynamicTest.dynamicTest(document, () -> checkOf(block).of(block));
  }

  /** What is done with a block. */
  private interface Check {
    void of(String block) throws Exception;
  }

  private Check checkOf(String block) {
    if (block.startsWith("masks:")) {
      return this::masks;
    }
    return block.startsWith("rules:") ? this::policy : this::check;
  }

  private void policy(String block) throws Exception {
    assertThat(Policy.load(List.of(Files.writeString(folder.resolve("policy.yaml"), block))))
        .extracting(Policy::ruleCount)
        .isEqualTo(1);
  }

  /** With the keys of the configuration that is shown. */
  private void masks(String block) throws Exception {
    Files.writeString(folder.resolve("policy.yaml"), block);
    Files.writeString(folder.resolve("pseudonyms.key"), "0123456789abcdef".repeat(4));
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Path file =
        Files.writeString(
            folder.resolve("gatehouse.yaml"),
            """
            listeners:
              - {name: a, port: 0, clients-without-tls: accept, databases: {"*": t}}
            targets:
              - name: t
                protocol: postgresql
                unix-socket: /run/postgresql/.s.PGSQL.5432
                credential: {user: gate, trust: true}
            users: users.yaml
            policy: policy.yaml
            journal: keep-no-record
            mask-keys: {pseudonyms: {secret: {file: pseudonyms.key}}}
            """);
    Appliance.check(file, new Environment(Map.of()));
  }

  private void check(String block) throws Exception {
    Certificates.make().write(folder);
    for (String name : List.of("database-ca.crt", "client-ca.crt", "providers.crt", "idp.crt")) {
      Files.copy(folder.resolve("ca.crt"), folder.resolve(name), REPLACE);
    }
    Files.writeString(folder.resolve("core-bank.password"), "pw\n");
    Files.writeString(folder.resolve("shop.password"), "pw\n");
    Files.writeString(folder.resolve("tools.token"), "pw\n");
    Files.writeString(folder.resolve("pseudonyms.key"), "0123456789abcdef".repeat(4) + "\n");
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    SigningKey signing = SigningKey.generate("gate.example", SigningKey.Algorithm.ED25519);
    Files.write(folder.resolve("journal-signing.pem"), signing.pem());
    Files.writeString(folder.resolve("journal-verifier.key"), signing.verifier() + "\n");
    Files.writeString(
        folder.resolve("journal-wrapping.secret"), "0123456789abcdef".repeat(4) + "\n");
    Files.writeString(folder.resolve("desk-refresh.secret"), "0123456789abcdef".repeat(2) + "\n");
    Path pack = Path.of("src/main/policies/read-only-analyst.yaml");
    Files.copy(pack, folder.resolve("policy.yaml"), REPLACE);
    Files.copy(pack, Files.createDirectories(folder.resolve("policy")).resolve("p.yaml"), REPLACE);
    Path file = folder.resolve("gatehouse.yaml");
    Files.writeString(file, block.replace("/etc/gatehouse/", folder + "/"));

    Appliance.check(
        file,
        new Environment(
            Map.of("CORE_BANK_PASSWORD", "pw", "CREDENTIALS_DIRECTORY", folder.toString())));
  }

  private static final java.nio.file.CopyOption REPLACE =
      java.nio.file.StandardCopyOption.REPLACE_EXISTING;

  @Test
  void everyLimit_isInTheReferenceWithItsDefault() {
    String reference = text("docs/configuration.md");

    for (Limit limit : Limit.values()) {
      assertThat(reference)
          .contains(
              "| `%s` | %d | %s |".formatted(limit.key(), limit.defaultValue(), limit.meaning()));
    }
  }

  @Test
  void readme_isShortAndHasAConfiguration() {
    assertThat(text("README.md").lines().count()).isLessThan(150);
    assertThat(YAML.matcher(text("README.md")).find()).isTrue();
  }
}

package io.gatehouse.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.journal.keep.FormerKeys;
import io.gatehouse.appliance.journal.keep.Operator;
import io.gatehouse.appliance.journal.keep.Retention;
import io.gatehouse.appliance.journal.keep.RetentionClass;
import io.gatehouse.appliance.journal.seal.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeepConfigTest {
  private static final String JOURNAL =
      Configs.LISTENER
          + Configs.TARGET
          + """
          users: users.yaml
          policy: policy.yaml
          journal:
            directory: journal
            keys: keys
            wrapping: {name: k2, secret: {file: password}}
            signing-key: signing.pem
            verifier-key: signing.pub
          """;

  @TempDir private Path folder;
  private Configs configs;
  private SigningKey former;

  @BeforeEach
  void files() throws Exception {
    configs = Configs.in(folder);
    SigningKey signing = SigningKey.generate("gate.example/n", SigningKey.Algorithm.ED25519);
    former = SigningKey.generate("gate.example/n", SigningKey.Algorithm.ECDSA_P256);
    Files.write(folder.resolve("signing.pem"), signing.pem());
    Files.writeString(folder.resolve("signing.pub"), signing.verifier() + "\n");
    Files.writeString(folder.resolve("former.pub"), former.verifier() + "\n\n");
    Files.writeString(folder.resolve("policy.yaml"), "rules: []\n");
    for (String name : List.of("ann", "bob")) {
      byte[] key =
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
      Files.writeString(
          folder.resolve(name + ".pub"),
          "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
              .formatted(Base64.getEncoder().encodeToString(key)));
    }
  }

  private KeepConfig keep(String more) throws Exception {
    return configs.load(JOURNAL + more).journal().orElseThrow().keep();
  }

  @Test
  void defaults() throws Exception {
    assertThat(keep(""))
        .isEqualTo(new KeepConfig(Retention.DEFAULT, List.of(), List.of(), FormerKeys.NONE));
  }

  @Test
  void fullMapping() throws Exception {
    KeepConfig keep =
        keep(
            """
              former-wrapping: [{name: k1, secret: {file: password}}]
              former-verifier-keys: former.pub
              retention:
                - {name: ordinary, number: 3, keep-days: 2555}
                - {name: results, number: 65535, keep-days: 1}
              operators:
                - {name: ann, key-file: ann.pub}
                - {name: bob, key-file: bob.pub}
            """);
    assertThat(keep.retention())
        .isEqualTo(
            new Retention(
                List.of(
                    new RetentionClass(3, "ordinary", 2555),
                    new RetentionClass(65_535, "results", 1))));
    assertThat(keep.classNames()).containsExactly("ordinary", "results");
    assertThat(keep.operators())
        .containsExactly(
            Operator.read("ann", folder.resolve("ann.pub")),
            Operator.read("bob", folder.resolve("bob.pub")));
    assertThat(keep.formerWrapping()).extracting(JournalConfig.Wrapping::name).containsOnly("k1");
    assertThat(keep.formerVerifiers().keys()).hasToString("[" + former.verifier() + "]");
  }

  @Test
  void whatCannotBeKept_isAProblemAtItsPlace() throws Exception {
    Files.copy(folder.resolve("ann.pub"), folder.resolve("eve.pub"));
    assertThat(
            configs.problems(
                JOURNAL
                    + """
                      former-verifier-keys: password
                      retention:
                        - {name: a, number: 1, keep-days: 0}
                        - {name: a b, number: 0, keep-days: 1}
                        - {name: c, number: 9, keep-days: 1}
                        - {name: c, number: 9, keep-days: 1}
                        - {name: d, keep-days: 1}
                      operators:
                        - {name: ann, key-file: ann.pub}
                        - {name: ann, key-file: bob.pub}
                        - {name: eve, key-file: eve.pub}
                        - {name: zoe, key-file: password}
                    """))
        .hasSize(10)
        .anyMatch(
            one ->
                one.contains("former-verifier-keys: password has a line that is no verifier key"))
        .anyMatch(one -> one.contains("retention[0].keep-days: must be a whole number between 1"))
        .anyMatch(one -> one.contains("retention[1].number: must not be 0"))
        .anyMatch(one -> one.contains("retention[1].name: must be 1 to 64 letters"))
        .anyMatch(one -> one.contains("retention[3]: has the number of another class: 9"))
        .anyMatch(one -> one.contains("retention[3]: has the name of another class: c"))
        .anyMatch(one -> one.contains("retention[4].number: is missing"))
        .anyMatch(one -> one.contains("operators[1]: has the name of another operator: ann"))
        .anyMatch(one -> one.contains("operators[2]: has the key of another operator: ann"))
        .anyMatch(one -> one.contains("operators[3].key-file: "));
  }

  @Test
  void formerWrappingWithTheNameInUse_isAProblem() {
    assertThat(
            configs.problems(
                JOURNAL + "  former-wrapping: [{name: k2, secret: {file: password}}]\n"))
        .containsExactly(
            "gatehouse.yaml:18: journal.former-wrapping: names the key in use, or one twice");
  }

  @Test
  void moreThanEightClasses_orNone_areAProblem() {
    StringBuilder nine = new StringBuilder("  retention:\n");
    for (int i = 1; i <= 9; i++) {
      nine.append("    - {name: c%d, number: %d, keep-days: 1}\n".formatted(i, i));
    }
    for (String list : List.of(nine.toString(), "  retention: []\n")) {
      assertThat(configs.problems(JOURNAL + list))
          .singleElement()
          .asString()
          .contains("journal.retention: must have 1 to 8 classes");
    }
  }
}

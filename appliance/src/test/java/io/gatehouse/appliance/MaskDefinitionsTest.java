package io.gatehouse.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.mask.key.MaskKey;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.appliance.policy.MaskCheck;
import io.gatehouse.appliance.policy.Masks;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.policy.PolicyStore;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.Problem;
import io.gatehouse.spi.login.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy whose masks cannot be made is not taken. */
final class MaskDefinitionsTest {
  private static final String WRONG =
      """
      masks:
        fine: {kind: keep-last, count: 4}
        strange: {kind: scramble}
        many: {kind: keep-last, count: 99}
        bare: {kind: constant}
        extra:
          kind: redact
          with: x
        pseudonym: {kind: hash, key: main}
        other: {kind: hash, key: nowhere}
        keyless: {kind: tokenize}
      rules:
        - {name: r, verdict: mask, mask: fine}
      """;

  @TempDir private Path folder;

  private static MaskKeys keys() {
    return MaskKeys.of(Map.of("main", MaskKey.of(Secret.of(new byte[32]))));
  }

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("p.yaml"), text);
  }

  private List<String> problems(MaskCheck masks) throws Exception {
    Path file = file(WRONG);
    try {
      Policy.load(List.of(file), masks);
      throw new AssertionError("it was taken");
    } catch (InvalidFileException e) {
      return e.problems().stream()
          .map(Problem::toString)
          .map(text -> text.replace(folder + "/", ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void everyMaskThatCannotBeMade_isAProblemAtItsPlace() throws Exception {
    assertThat(problems(MaskDefinitions.with(keys(), Optional.empty())))
        .satisfiesExactly(
            text ->
                assertThat(text)
                    .isEqualTo(
                        "p.yaml:10: masks.other: cannot be made: key must be the name of a"
                            + " configured mask key"),
            text ->
                assertThat(text)
                    .startsWith("p.yaml:11: masks.keyless: cannot be made: ")
                    .contains("needs the parameter key"),
            text ->
                assertThat(text)
                    .startsWith(
                        "p.yaml:3: masks.strange: cannot be made: there is no mask of that name;"
                            + " there are [bucket, constant, "),
            text ->
                assertThat(text)
                    .isEqualTo(
                        "p.yaml:4: masks.many: cannot be made: count must be a number from 1 to"
                            + " 64"),
            text ->
                assertThat(text)
                    .isEqualTo(
                        "p.yaml:5: masks.bare: cannot be made: the mask constant needs the"
                            + " parameter value"),
            text ->
                assertThat(text)
                    .isEqualTo(
                        "p.yaml:7: masks.extra: cannot be made: the mask redact has no parameter"
                            + " with"));
  }

  @Test
  void withoutAConfiguration_namesOfKeysAreTaken_andAllElseIsSaid() throws Exception {
    assertThat(problems(MaskDefinitions.withAnyKeys()))
        .hasSize(5)
        .noneMatch(text -> text.contains("masks.other") || text.contains("masks.pseudonym"));
  }

  @Test
  void maskThatCannotBeMade_isNotActivated_andTheOldPolicyStays() throws Exception {
    Path store = folder.resolve("store");
    MaskCheck masks = MaskDefinitions.with(keys(), Optional.empty());
    Path good = file("rules: [{name: reads, verdict: allow}]\n");
    String digest =
        new PolicyStore(store, masks).activate(List.of(good), "alice", Clock.systemUTC()).digest();
    Path bad = file(WRONG);

    assertThatThrownBy(
            () -> new PolicyStore(store, masks).activate(List.of(bad), "alice", Clock.systemUTC()))
        .isInstanceOf(InvalidFileException.class);
    assertThat(PolicyStore.open(store, masks).policy().digest()).isEqualTo(digest);
  }

  @Test
  void activatedPolicyWhoseKeyIsGone_isRefusedWhenItIsOpened() throws Exception {
    Path store = folder.resolve("store");
    Path policy =
        file("masks: {m: {kind: hash, key: main}}\nrules: [{name: r, verdict: mask, mask: m}]\n");
    new PolicyStore(store, MaskDefinitions.withAnyKeys())
        .activate(List.of(policy), "alice", Clock.systemUTC());

    assertThat(
            PolicyStore.open(store, MaskDefinitions.with(keys(), Optional.empty()))
                .policy()
                .ruleCount())
        .isOne();
    assertThatThrownBy(
            () -> PolicyStore.open(store, MaskDefinitions.with(MaskKeys.NONE, Optional.empty())))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("p.yaml:1: masks.m: cannot be made: key must be the name of");
  }

  /** The least that each kind needs: a definition that is right for one type is no problem. */
  @ParameterizedTest
  @CsvSource({
    "redact,,",
    "null,,",
    "constant,value,red",
    "constant,value,2026-01-01",
    "keep-last,count,4",
    "keep-first,count,4",
    "hash,key,main",
    "tokenize,key,main",
    "generalize,to,quarter",
    "round,to,0.5",
    "bucket,to,1000",
    "email,domain,hide",
    "phone,last,2",
    "pan,first,6",
    "iban,,",
  })
  void kindWithWhatItNeeds_isNoProblem(String kind, String parameter, String value) {
    Map<String, String> parameters = parameter == null ? Map.of() : Map.of(parameter, value);
    assertThat(
            MaskDefinitions.with(keys(), Optional.empty())
                .problem(new Masks.Definition(kind, parameters)))
        .isEmpty();
  }
}

package io.gatehouse.appliance.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.policy.Circumstances;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.plugin.BindValues;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Trait;
import io.gatehouse.plugin.Verdict;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules say of texts that nobody reads. */
final class UnreadDialectTest {
  private static final String ALLOW = "{name: all, bodies: unread, verdict: allow}";

  @TempDir private Path folder;

  private Verdict verdict(String... rules) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("policy.yaml"), "rules: [" + String.join(", ", rules) + "]\n");
    Circumstances now =
        new Circumstances(Instant.EPOCH, InetAddress.getLoopbackAddress(), BindValues.NONE);
    return Policy.load(List.of(file))
        .plan(
            Caller.of("ann", Set.of("staff"), ProofMethod.LOCAL_PASSWORD),
            new Target("shop", Target.Protocol.MYSQL),
            "shop",
            UnreadDialect.anything().command())
        .decide(now);
  }

  @Test
  void ruleThatNamesNothingAndSaysSo_allows() throws Exception {
    assertThat(verdict(ALLOW)).isInstanceOf(Verdict.Allow.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: a, verdict: allow}",
        "{name: a, bodies: unread, operations: [execute], verdict: allow}",
        "{name: a, bodies: unread, resources: {tables: [\"*.*\"]}, verdict: allow}",
        "{name: a, bodies: unread, traits: {none: [files]}, verdict: allow}",
        "{name: a, bodies: unread, targets: [other], verdict: allow}"
      })
  void everyNarrowerRule_allowsNothing(String rule) throws Exception {
    assertThat(verdict(rule))
        .isInstanceOfSatisfying(
            Verdict.Deny.class, deny -> assertThat(deny.rule()).isEqualTo("default-deny"));
  }

  @Test
  void denialOfAnyOperationTraitOrThing_holds() throws Exception {
    List<String> keys = new ArrayList<>();
    // Of a database nobody infers, and no rule is about what is unknown.
    for (Operation one : EnumSet.complementOf(EnumSet.of(Operation.INFER, Operation.UNKNOWN))) {
      keys.add("operations: [" + word(one) + "]");
    }
    for (Trait one : Trait.values()) {
      keys.add("traits: {any: [" + word(one) + "]}");
    }
    for (String thing :
        List.of(
            "tables: [hr.salaries]",
            "columns: [hr.people.ssn]",
            "functions: [sys.exec]",
            "schemas: [hr]",
            "roles: [root]")) {
      keys.add("resources: {" + thing + "}");
    }
    keys.add("operations: [read], resources: {columns: [hr.people.ssn]}");
    keys.add("operations: [write], resources: {tables: [hr.people]}");
    for (String key : keys) {
      assertThat(verdict(ALLOW, "{name: no, " + key + ", verdict: deny}"))
          .as(key)
          .isInstanceOfSatisfying(
              Verdict.Deny.class, deny -> assertThat(deny.rule()).isEqualTo("no"));
    }
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

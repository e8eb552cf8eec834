package io.gatehouse.appliance.masking.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.masking.BankServer;
import io.gatehouse.appliance.masking.GatedBank;
import io.gatehouse.appliance.masking.Markers;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.masking.twin.TwinRunner.Outcome;
import io.gatehouse.appliance.measured.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Databases that differ only in what is protected answer the same, whatever is asked: under strict,
 * byte for byte.
 */
class TwinIT {
  private static final long FIRST_SEED = Long.getLong("gatehouse.twin.seed", 1_000_000);
  private static final int COUNT =
      Integer.getInteger(
          "gatehouse.twin.count", Boolean.getBoolean("gatehouse.long") ? 20_000 : 200);

  private static final SqlGenerator GENERATOR = SqlGenerator.overBank();

  private static BankServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = BankServer.start();
    for (Variant variant : Variant.values()) {
      server.with(database(variant), 1, variant);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static String database(Variant variant) {
    return "twin_" + variant.name().toLowerCase(Locale.ROOT);
  }

  @Test
  void strict_withMasksThatTellNothing_answersTheSameBytes() throws Exception {
    Tally tally = run(GatedBank.policy("strict"), Variant.UNLIKE, COUNT);
    tally.print("strict");
    tally.keep("masks that tell nothing");
    assertThat(tally.different).as("seeds from %d", FIRST_SEED).isEmpty();
    assertThat(tally.shown).as("seeds from %d", FIRST_SEED).isEmpty();
    assertThat(tally.answered).isGreaterThanOrEqualTo(COUNT / 2);
    for (Construct construct : EnumSet.complementOf(EnumSet.of(Construct.MISTAKE))) {
      assertThat(tally.withRows.getOrDefault(construct, 0))
          .as(construct.name())
          .isGreaterThanOrEqualTo(Math.clamp(COUNT / 30, 1, 100));
    }
  }

  @Test
  void strict_withMasksOnWhichTheTwinsAgree_answersTheSameBytes() throws Exception {
    Tally tally = run(GatedBank.alike(), Variant.ALIKE, COUNT / 2);
    tally.print("alike");
    tally.keep("masks on which the twins agree");
    assertThat(tally.different).as("seeds from %d", FIRST_SEED).isEmpty();
    assertThat(tally.answered).isGreaterThanOrEqualTo(COUNT / 4);
  }

  /** Each a hole that this test must find: else it would prove nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a column that nobody protected",
        "conditions on what is protected",
        "a mask that shows the last four characters"
      })
  void hole_isFound(String hole) throws Exception {
    String strict = GatedBank.policy("strict");
    String policy =
        switch (hole) {
          case "a column that nobody protected" -> strict.replace("bank.customers.email, ", "");
          case "conditions on what is protected" -> GatedBank.policy("output");
          default -> GatedBank.alike();
        };
    assertThat(policy).isNotEqualTo(strict);
    assertThat(run(policy, Variant.UNLIKE, 100).different).isNotEmpty();
  }

  private Tally run(String policy, Variant other, int count) throws Exception {
    Tally tally = new Tally();
    try (GatedBank gate = gate(policy);
        Connection direct = server.direct(database(Variant.MARKED))) {
      TwinRunner twins =
          new TwinRunner(gate.login(database(Variant.MARKED)), gate.login(database(other)));
      Markers markers = Markers.of(direct);
      for (int i = 0; i < count; i++) {
        Generated generated = GENERATOR.next(FIRST_SEED + i);
        tally.add(generated, twins.run(generated), markers);
      }
    }
    return tally;
  }

  private GatedBank gate(String policy) throws Exception {
    return GatedBank.start(
        folder,
        server,
        List.of(database(Variant.MARKED), database(Variant.UNLIKE), database(Variant.ALIKE)),
        policy);
  }

  /** What came of all statements. */
  private static final class Tally {
    private final List<String> different = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private final Map<Construct, Integer> withRows = new EnumMap<>(Construct.class);
    private final Map<String, Integer> refusals = new TreeMap<>();
    private int answered;
    private int all;

    void add(Generated generated, Outcome outcome, Markers markers) {
      all++;
      outcome.difference().ifPresent(difference -> different.add(generated + "\n  " + difference));
      if (outcome.holds(markers)) {
        shown.add(generated.toString());
      }
      boolean rows =
          outcome.one().error().isEmpty()
              && outcome.one().answers().stream()
                  .anyMatch(
                      answer ->
                          answer.of('D').findAny().isPresent()
                              || answer.of('d').findAny().isPresent());
      if (rows) {
        answered++;
        generated.constructs().forEach(one -> withRows.merge(one, 1, Integer::sum));
      }
      outcome
          .one()
          .error()
          .ifPresent(
              error ->
                  refusals.merge(
                      error.replaceAll("\"[^\"]*\"|[a-z_0-9]+\\.[a-z_.0-9]+|[0-9]+", "?"),
                      1,
                      Integer::sum));
    }

    void keep(String what) throws IOException {
      Measured.keep(
          TwinIT.class,
          what,
          "from " + FIRST_SEED,
          "%,d statements, %,d answered with rows, %d different, %d with a protected value; %s"
              .formatted(all, answered, different.size(), shown.size(), withRows));
    }

    void print(String name) {
      System.out.printf(
          "%s: %d of %d answered with rows, %d differ, %d show; %s%n",
          name, answered, all, different.size(), shown.size(), withRows);
      refusals.entrySet().stream()
          .sorted((a, b) -> b.getValue() - a.getValue())
          .limit(25)
          .forEach(entry -> System.out.println("  " + entry.getValue() + " " + entry.getKey()));
      different.stream().limit(12).forEach(System.out::println);
      shown.stream().limit(5).forEach(System.out::println);
    }
  }
}

package io.gatehouse.benchmarks;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does a verdict cost that nobody knows yet? From the text to the plan, each statement of a
 * corpus in turn, in an order that no two of its rounds share.
 */
@SuppressWarnings("NullAway.Init") // JMH calls what is annotated with Setup first
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AnalysisBenchmark {
  private static final Caller CARL =
      Caller.of("carl", Set.of("clerks"), ProofMethod.LOCAL_PASSWORD);
  private static final Target BANK = new Target("bank", Target.Protocol.POSTGRESQL);
  private static final String HEADER = "\n--# ";

  /** What applications say to the bank, or what drivers and tools were heard to say. */
  @Param({"typical", "clients"})
  private String corpus;

  private final SqlDialect dialect = new PostgresDialect();
  private final Random random = new Random(20261121);
  private List<String> statements;
  private SqlDialect.Scene scene;
  private Policy policy;
  private int at;

  static Path repository() {
    return Path.of(
        Objects.requireNonNull(System.getProperty("gatehouse.repository"), "gatehouse.repository"));
  }

  /** Reads the corpus and the catalog. */
  @Setup
  public void read() throws Exception {
    Path sql = repository().resolve("appliance/src/test/resources/sql");
    statements = new ArrayList<>();
    if (corpus.equals("typical")) {
      statements.addAll(statements(sql.resolve("workload/typical.sql")));
    } else {
      try (Stream<Path> files = Files.list(sql.resolve("clients"))) {
        for (Path file : files.sorted().toList()) {
          statements.addAll(statements(file));
        }
      }
    }
    Catalog catalog = Bank.catalog(repository());
    NameState names = new NameState.Known(List.of("$user", "public"), "gate", Set.of());
    scene = new SqlDialect.Scene(catalog, names, true, true);
    policy =
        Policy.load(
            List.of(
                repository().resolve("appliance/src/main/policies/read-only-analyst.yaml"),
                repository().resolve("appliance/src/main/policies/no-whole-table-write.yaml")));
    long understood =
        statements.stream()
            .filter(
                text ->
                    dialect.analyse(text, scene).stream()
                        .allMatch(one -> one.command().doubt().isEmpty()))
            .count();
    System.out.println(
        "# " + corpus + ": " + statements.size() + " statements, " + understood + " understood");
  }

  private static List<String> statements(Path file) throws Exception {
    String[] parts = ("\n" + Files.readString(file)).split(HEADER, -1);
    return Stream.of(parts)
        .skip(1)
        .map(part -> part.substring(part.indexOf('\n') + 1).strip())
        .toList();
  }

  /** The next statement, as one nobody has a verdict for. */
  @Benchmark
  public void cold(Blackhole hole) {
    if (at == 0) {
      Collections.shuffle(statements, random);
    }
    String text = statements.get(at);
    at = (at + 1) % statements.size();
    for (Analysed one : dialect.analyse(text, scene)) {
      hole.consume(policy.plan(CARL, BANK, "bank", one.command()));
    }
  }
}

package io.gatehouse.benchmarks;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a row of ten columns cost from a real server to a client, and what more if one of them
 * is masked? The same query each time; client and gate share a process.
 */
@SuppressWarnings("NullAway.Init") // JMH calls what is annotated with Setup first
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowsBenchmark {
  private static final int ROWS = 20_000;
  private static final String PASSWORD = "not a secret";
  private static final String QUERY = "SELECT * FROM payment";
  private static final List<String> TABLE =
      List.of(
          """
          CREATE TABLE payment (id bigint, account int, amount numeric(14,2), currency char(3),
            pan text, booked boolean, day date, at timestamptz, reference uuid, purpose text)
          """,
          """
          INSERT INTO payment
            SELECT n, n % 1000, n * 0.25, 'EUR', to_char(n, '"4929"FM000000000000'), n % 2 = 0,
                '2026-11-21'::date + n % 365, '2026-11-21 12:00Z'::timestamptz + n * '1 s'::interval,
                md5(n::text)::uuid, 'payment number ' || n
              FROM generate_series(1,
          """
              + ROWS
              + ") n",
          "VACUUM ANALYZE payment");

  /** Which way the rows take, and what happens to the column pan. */
  @Param({"direct", "none masked", "pan redacted", "pan keeps last four"})
  private String corpus;

  /** Of all columns. */
  @Param({"text", "binary"})
  private String format;

  private EmbeddedPostgres server;
  private Appliance gate;
  private Path folder;
  private RowReader reader;

  /** Starts a server, a gate in front and the session. */
  @Setup
  public void start() throws Exception {
    server = EmbeddedPostgres.builder().setServerConfig("autovacuum", "off").start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : TABLE) {
        statement.execute(sql);
      }
    }
    folder = Files.createTempDirectory("rows");
    gate = gate();
    int port = corpus.equals("direct") ? server.getPort() : gate.address("main").getPort();
    String user = corpus.equals("direct") ? "postgres" : "carl";
    reader = RowReader.connect(port, user, PASSWORD, "postgres");
    reader.prepare(QUERY, format.equals("binary"));
    if (reader.rows() != ROWS) {
      throw new IllegalStateException("not what is to be measured");
    }
  }

  private String masked() {
    String mask =
        switch (corpus) {
          case "pan redacted" -> "redact";
          case "pan keeps last four" -> "last-four";
          default -> "";
        };
    return mask.isEmpty()
        ? ""
        : "  - {name: pan, resources: {columns: [public.payment.pan]}, verdict: mask, mask: "
            + mask
            + "}\n";
  }

  private Appliance gate() throws Exception {
    Files.writeString(
        folder.resolve("policy.yaml"),
        """
        masks:
          last-four: {kind: keep-last, count: 4}
          redact: {kind: redact}
        rules:
          - {name: all, verdict: allow}
        """
            + masked());
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    ScramVerifier verifier =
        ScramVerifier.derive(
            Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    UsersFile.put(folder.resolve("users.yaml"), new User("carl", verifier, Set.of()));
    Path config =
        Files.writeString(
            folder.resolve("gatehouse.yaml"),
            """
            listeners:
              - name: main
                address: 127.0.0.1
                port: 0
                clients-without-tls: accept
                databases: {postgres: bank}
            targets:
              - name: bank
                protocol: postgresql
                host: localhost
                port: %d
                database: postgres
                without-tls: send-everything-unencrypted
                credential: {user: postgres, trust: true}
            users: users.yaml
            policy: policy.yaml
            journal: keep-no-record
            management: {address: 127.0.0.1, port: 0}
            limits: {analysis-millis: 60000}
            """
                .formatted(server.getPort()));
    return Appliance.start(config, new Environment(Map.of()));
  }

  /** Ends all of it. */
  @TearDown
  public void stop() throws IOException {
    reader.close();
    gate.close();
    server.close();
    for (String name : new String[] {"policy.yaml", "users.yaml", "gatehouse.yaml"}) {
      Files.delete(folder.resolve(name));
    }
    Files.delete(folder);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int row() throws IOException {
    return reader.rows();
  }
}

package io.gatehouse.appliance.sql.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.gated.GatedDatabase;
import io.gatehouse.appliance.sql.corpus.Corpus;
import io.gatehouse.appliance.sql.corpus.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the clients and tools of the corpus say that a server runs for a reader in a read-only
 * session, said through the whole gate under the policy for analysts that comes with it.
 */
class ReadersIT {
  private static final Path POLICY = Path.of("src/main/policies/read-only-analyst.yaml");

  /** Of a hundred: what is answered. */
  private static final int ANSWERED = 95;

  /** Of a hundred: what is answered, or refused by a rule that is about it. */
  private static final int DECIDED = 99;

  @TempDir private static Path folder;
  private static Estate estate;
  private static GatedDatabase gate;

  @BeforeAll
  static void serve() throws Exception {
    estate = Estate.bank();
    estate.server().run("CREATE ROLE reader LOGIN; GRANT pg_read_all_data TO reader");
    gate =
        GatedDatabase.start(
                folder,
                new GatedDatabase.Server("bank", estate.server().tcpPort()),
                "reader",
                Files.readString(POLICY))
            .user("ann", "analysts");
  }

  @AfterAll
  static void end() {
    gate.close();
  }

  @Test
  void corpus_ofReaders_isAnswered() throws Exception {
    Map<String, Tally> tallies = new TreeMap<>();
    Map<String, List<String>> refused = new TreeMap<>();
    String server = "jdbc:postgresql://127.0.0.1:" + estate.server().tcpPort() + "/bank";
    for (Reader.Mode mode : Reader.Mode.values()) {
      try (Reader direct = new Reader(mode, options -> Reader.at(server, "reader", options));
          Reader gated = new Reader(mode, options -> gate.connect("ann", options))) {
        for (Said said : Corpus.clients()) {
          if (direct.ask(said).isEmpty()) {
            Optional<SQLException> refusal = gated.ask(said);
            tallies.computeIfAbsent(file(said), _ -> new Tally()).count(mode, refusal.isEmpty());
            refusal.ifPresent(
                e ->
                    refused
                        .computeIfAbsent(reason(e), _ -> new ArrayList<>())
                        .add(said.id() + mode.mark()));
          }
        }
      }
    }
    Tally all = new Tally();
    tallies.values().forEach(all::add);
    tallies.put("all", all);
    CoverageDocument.compare("readers", table(tallies) + "\n\n" + CoverageDocument.table(refused));
    assertThat(all.said()).isGreaterThan(1_000);
    assertThat(all.answered() * 100).as("answered").isGreaterThanOrEqualTo(all.said() * ANSWERED);
    long onPurpose =
        refused.entrySet().stream()
            .filter(reason -> reason.getKey().startsWith("\"analysts-"))
            .mapToLong(reason -> reason.getValue().size())
            .sum();
    assertThat((all.answered() + onPurpose) * 100)
        .as("answered, or refused by a rule of the file")
        .isGreaterThanOrEqualTo(all.said() * (long) DECIDED);
  }

  private static String file(Said said) {
    return said.id().substring(0, said.id().indexOf('/'));
  }

  /** What the gate says, without who says it; another error by its code. */
  private static String reason(SQLException refusal) {
    String message = String.valueOf(refusal.getMessage()).lines().findFirst().orElse("");
    return "42501".equals(refusal.getSQLState())
        ? message.replace("ERROR: denied by rule ", "")
        : "error " + refusal.getSQLState() + ": " + message;
  }

  private static String table(Map<String, Tally> tallies) {
    StringBuilder table =
        new StringBuilder(
            "| file | simple | answered | extended | answered |\n"
                + "| --- | --- | --- | --- | --- |");
    tallies.forEach((file, tally) -> table.append("\n| ").append(file).append(" | ").append(tally));
    return table.toString();
  }

  private static final class Tally {
    private final Map<Reader.Mode, Integer> said = new EnumMap<>(Reader.Mode.class);
    private final Map<Reader.Mode, Integer> answered = new EnumMap<>(Reader.Mode.class);

    void count(Reader.Mode mode, boolean yes) {
      said.merge(mode, 1, Integer::sum);
      answered.merge(mode, yes ? 1 : 0, Integer::sum);
    }

    void add(Tally other) {
      other.said.forEach((mode, count) -> said.merge(mode, count, Integer::sum));
      other.answered.forEach((mode, count) -> answered.merge(mode, count, Integer::sum));
    }

    int said() {
      return said.values().stream().mapToInt(count -> count).sum();
    }

    int answered() {
      return answered.values().stream().mapToInt(count -> count).sum();
    }

    @Override
    public String toString() {
      return Arrays.stream(Reader.Mode.values())
          .map(mode -> said.getOrDefault(mode, 0) + " | " + answered.getOrDefault(mode, 0) + " |")
          .collect(Collectors.joining(" "));
    }
  }
}

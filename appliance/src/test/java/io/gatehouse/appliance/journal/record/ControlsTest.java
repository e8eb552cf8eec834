package io.gatehouse.appliance.journal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What auditors ask for is in a field that there is, or somebody is named who has it. */
class ControlsTest {
  private static final Pattern ROW =
      Pattern.compile("\\| (A\\d+)[^|]* \\| ([^|]+) \\| ([^|]+) \\|");
  private static final Pattern FIELD = Pattern.compile("`([a-z-]+)\\.([a-z-]+)`");
  private static final Pattern ELSEWHERE =
      Pattern.compile("\\*\\*owner:\\*\\* \\S+|`tree/[a-z.]+`|\\[the verifier\\]");

  /** Of every record, beside its payload. */
  private static final Set<String> ROW_FIELDS = Set.of("sequence", "session", "wall", "monotonic");

  /** The least that each has to say, as the controls have it. */
  private static final Map<String, List<String>> LEAST =
      Map.ofEntries(
          Map.entry(
              "A1",
              List.of(
                  "subject",
                  "issuer",
                  "method",
                  "factors",
                  "certificate or token",
                  "source",
                  "result and reason",
                  "session")),
          Map.entry(
              "A2", List.of("subject", "agent", "target", "action", "policy", "rule", "verdict")),
          Map.entry(
              "A3",
              List.of(
                  "intent before forwarding",
                  "exact bytes",
                  "outcome",
                  "rows",
                  "bytes",
                  "error",
                  "duration")),
          Map.entry("A4", List.of("detector and version", "column", "class", "action", "count")),
          Map.entry("A5", List.of("all of it")),
          Map.entry(
              "A6",
              List.of("signed checkpoints", "inclusion and consistency", "receipts", "report")),
          Map.entry(
              "A7",
              List.of("settings in force", "holds", "prunes and shredded keys", "who approved")),
          Map.entry(
              "A8",
              List.of("before and after", "difference", "actor", "approver", "version and time")),
          Map.entry(
              "A9",
              List.of(
                  "who reaches what",
                  "group",
                  "date",
                  "time-boxed grants",
                  "last used",
                  "service accounts at targets")),
          Map.entry("A10", List.of("who", "what")),
          Map.entry(
              "A11",
              List.of(
                  "start and stop",
                  "gaps, with cause and duration",
                  "disk thresholds, lag of sinks")),
          Map.entry(
              "A12", List.of("id, purpose, algorithm", "created, rotated, destroyed", "custodian")),
          Map.entry(
              "A13",
              List.of(
                  "versions and suites towards clients",
                  "towards targets",
                  "certificates",
                  "FIPS state")),
          Map.entry("A14", List.of("source", "offset and error", "stratum", "steps")),
          Map.entry("A16", List.of("who reviewed what and when", "exceptions and what followed")),
          Map.entry("A17", List.of("time", "size of the tree, checkpoint", "restore test")));

  @Test
  void everyPiece_isInAField_orHasAnOwner() throws IOException {
    Map<String, Kind> kinds =
        Arrays.stream(Kind.values()).collect(Collectors.toMap(Kind::label, Function.identity()));
    Map<String, Set<String>> said = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "controls.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        said.computeIfAbsent(row.group(1), artifact -> new TreeSet<>()).add(row.group(2));
        assertThat(FIELD.matcher(row.group(3)).find() || ELSEWHERE.matcher(row.group(3)).find())
            .as(line)
            .isTrue();
        FIELD
            .matcher(row.group(3))
            .results()
            .forEach(field -> assertThere(line, kinds, field.group(1), field.group(2)));
      }
    }
    assertThat(said.keySet()).containsExactlyInAnyOrderElementsOf(LEAST.keySet());
    LEAST.forEach(
        (artifact, pieces) -> assertThat(said.get(artifact)).as(artifact).containsAll(pieces));
  }

  private static void assertThere(String line, Map<String, Kind> kinds, String kind, String field) {
    if (kind.equals("row")) {
      assertThat(ROW_FIELDS).as(line).contains(field);
    } else {
      assertThat(kinds.entrySet())
          .as(line)
          .anySatisfy(
              one -> {
                assertThat(one.getKey()).isEqualTo(kind);
                assertThat(one.getValue().fields().stream().map(Field::name)).contains(field);
              });
    }
  }
}

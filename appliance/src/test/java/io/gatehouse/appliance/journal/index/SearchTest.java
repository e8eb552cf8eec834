package io.gatehouse.appliance.journal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.journal.read.Content;
import io.gatehouse.appliance.journal.read.JournalReader;
import io.gatehouse.appliance.journal.read.RecordedJournal;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.verifier.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the index finds is what reading everything finds. */
class SearchTest {
  private static final List<String> PEOPLE = List.of("alice", "bob", "carol");
  private static final List<String> TARGETS = List.of("core", "hr");
  private static final List<String> TABLES =
      List.of("core.accounts", "hr.accounts", "hr.people", "core.rates");

  @TempDir private Path folder;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  /** A segment for each start. */
  private void record(int starts, int sessions) throws IOException {
    for (int start = 0; start < starts; start++) {
      try (RecordedJournal gate = RecordedJournal.in(folder)) {
        for (int i = 0; i < sessions; i++) {
          session(gate);
        }
      }
    }
  }

  private void session(RecordedJournal gate) {
    try (RecordedJournal.Speaker speaker = gate.speaker(one(PEOPLE), one(TARGETS))) {
      int commands = random.nextInt(30);
      for (int i = 0; i < commands; i++) {
        speaker.runs("SELECT 1", one(TABLES));
      }
    }
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private List<Long> search(Query query) throws IOException {
    List<Long> found = new ArrayList<>();
    try (JournalReader reader = RecordedJournal.reader(folder);
        Search search = RecordedJournal.search(folder, reader)) {
      search.commands(query, hit -> found.add(hit.intent().row().sequence()));
    }
    return found;
  }

  private List<Long> readAll(Query query) throws IOException {
    List<Long> found = new ArrayList<>();
    try (JournalReader reader = RecordedJournal.reader(folder)) {
      Map<UUID, Facts> sessions = new HashMap<>();
      reader.all(
          entry -> {
            if (!(reader.content(entry) instanceof Content.Said said)) {
              return true;
            }
            Facts facts = Facts.of(said);
            switch (said.kind()) {
              case SESSION_OPENED -> sessions.put(entry.row().session(), facts);
              case COMMAND_INTENT -> {
                Facts opening = sessions.get(entry.row().session());
                if (opening != null && facts.fit(query.command()) && opening.fit(query.session())) {
                  found.add(entry.row().sequence());
                }
              }
              default -> {}
            }
            return true;
          });
    }
    return found;
  }

  private List<Query> queries() {
    List<Query> queries = new ArrayList<>(List.of(Query.ALL));
    for (String table : List.of("accounts", "CORE.Accounts", "hr.people", "people", "none")) {
      queries.add(Query.ALL.with(Facet.NAME, table));
      queries.add(Query.ALL.with(Facet.NAME, table).with(Facet.CALLER, one(PEOPLE)));
      queries.add(
          Query.ALL
              .with(Facet.NAME, table)
              .with(Facet.TARGET, one(TARGETS))
              .with(Facet.VERDICT, "allow"));
    }
    queries.add(Query.ALL.with(Facet.CALLER, one(PEOPLE)));
    queries.add(Query.ALL.with(Facet.RULE, "staff-reads"));
    queries.add(Query.ALL.with(Facet.FINGERPRINT, "select ?"));
    queries.add(Query.ALL.with(Facet.VERDICT, "deny"));
    return queries;
  }

  @Test
  void everythingThatFits_isFound_andNothingElse() throws IOException {
    record(4, 12);
    int found = 0;
    for (int twice = 0; twice < 2; twice++) {
      for (Query query : queries()) {
        List<Long> expected = readAll(query);
        assertThat(search(query)).as(query + ", seed " + seed).isEqualTo(expected);
        found += expected.size();
      }
    }
    assertThat(found).isPositive();
    assertThat(indexes()).hasSize(3);
  }

  @Test
  void commandWithMoreNamesThanAreListed_isFoundByEach() throws IOException {
    List<Access> accesses = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      accesses.add(Access.of(Operation.READ, Resource.of(Resource.Kind.TABLE, "s", "t" + i)));
    }
    for (int start = 0; start < 2; start++) {
      try (RecordedJournal gate = RecordedJournal.in(folder);
          RecordedJournal.Speaker alice = gate.speaker("alice", "core")) {
        alice.runs("SELECT 1", "core.accounts");
        alice.append(RecordedJournal.intent("SELECT 1", accesses), -1);
      }
    }
    for (String table : List.of("t0", "s.t399", "t200")) {
      assertThat(search(Query.ALL.with(Facet.NAME, table))).hasSize(2);
    }
    assertThat(search(Query.ALL.with(Facet.NAME, "t400"))).isEmpty();
    assertThat(search(Query.ALL.with(Facet.NAME, "accounts"))).hasSize(2);
  }

  @Test
  void timesOutside_areLeftOut() throws IOException {
    record(2, 5);
    long[] middle = new long[1];
    try (JournalReader reader = RecordedJournal.reader(folder)) {
      reader.all(
          entry -> {
            middle[0] = entry.row().wallClock();
            return entry.row().sequence() < 40;
          });
    }
    List<Long> before = search(Query.ALL.between(Long.MIN_VALUE, middle[0]));
    List<Long> after = search(Query.ALL.between(middle[0] + 1, Long.MAX_VALUE));
    List<Long> both = new ArrayList<>(before);
    both.addAll(after);
    assertThat(both).as("seed " + seed).isEqualTo(search(Query.ALL));
  }

  private List<Path> indexes() throws IOException {
    Path directory = folder.resolve("journal/index");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  @Test
  void damagedIndex_isMadeAgain_andHidesNothing() throws IOException {
    record(3, 10);
    Query query = Query.ALL.with(Facet.NAME, "accounts");
    List<Long> expected = search(query);
    assertThat(expected).isEqualTo(readAll(query)).isNotEmpty();
    Path index = indexes().getFirst();
    byte[] good = Files.readAllBytes(index);
    for (int i = 0; i < 400; i++) {
      byte[] bad = good.clone();
      bad[i < 112 ? i : random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(index, bad);
      assertThat(search(query)).as("seed " + seed).isEqualTo(expected);
    }
    for (byte[] bad : List.of(new byte[0], new byte[200], Arrays.copyOf(good, 300))) {
      Files.write(index, bad);
      assertThat(search(query)).isEqualTo(expected);
      assertThat(Files.readAllBytes(index)).isEqualTo(good);
    }
    Files.write(index, Files.readAllBytes(indexes().get(1)));
    assertThat(search(query)).as("that of another segment").isEqualTo(expected);
    assertThat(Files.readAllBytes(index)).isEqualTo(good);
  }

  @Test
  void index_saysNothingInClear_andTheVerifierDoesNotMind() throws IOException {
    record(2, 10);
    search(Query.ALL.with(Facet.NAME, "accounts"));
    assertThat(indexes()).isNotEmpty();
    for (Path index : indexes()) {
      assertThat(Files.readString(index, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT))
          .doesNotContain("alice", "accounts", "select", "staff", "core");
    }
    assertThat(
            Verification.verify(
                    folder.resolve("journal"),
                    List.of(RecordedJournal.signingKey().verifier()),
                    null,
                    finding -> assertThat(finding).isNull())
                .exitCode())
        .isZero();
  }

  @Test
  void directoryThatCannotBeWritten_isSearchedAllTheSame() throws IOException {
    record(2, 10);
    Files.writeString(folder.resolve("journal/index"), "not a directory");
    Query query = Query.ALL.with(Facet.NAME, "accounts");
    assertThat(search(query)).isEqualTo(readAll(query)).isNotEmpty();
  }

  @Test
  void session_isGivenWithAllItsRecords_andItsEnd() throws IOException {
    record(2, 8);
    List<UUID> sessions = new ArrayList<>();
    try (JournalReader reader = RecordedJournal.reader(folder);
        Search search = RecordedJournal.search(folder, reader)) {
      search.sessions(
          Query.ALL.with(Facet.TARGET, "hr"),
          opening -> {
            assertThat(opening.text("target")).isEqualTo("hr");
            Optional<Content> closing = search.closing(opening);
            long[] records = new long[1];
            search.records(opening.session(), entry -> ++records[0] > 0);
            assertThat(closing).containsInstanceOf(Content.Said.class);
            long commands = ((Content.Said) closing.get()).number("commands");
            assertThat(records[0]).isEqualTo(2 + 2 * commands);
            return sessions.add(opening.session());
          });
      assertThat(sessions).doesNotHaveDuplicates();
      assertThat(search.opening(UUID.randomUUID())).isEmpty();
    }
  }

  @Test
  void runningGate_makesIndexes_andForgetsThem() throws IOException {
    record(2, 5);
    IndexKeeper keeper =
        IndexKeeper.start(
            RecordedJournal.place(folder), RecordedJournal.keys(), Duration.ofMillis(10));
    try (RecordedJournal gate = RecordedJournal.in(folder)) {
      session(gate);
      await().untilAsserted(() -> assertThat(indexes()).hasSizeGreaterThanOrEqualTo(2));
      keeper.forget();
      await().untilAsserted(() -> assertThat(indexes()).hasSizeGreaterThanOrEqualTo(2));
    } finally {
      keeper.close();
    }
    Query query = Query.ALL.with(Facet.NAME, "accounts");
    assertThat(search(query)).as("seed " + seed).isEqualTo(readAll(query));
  }
}

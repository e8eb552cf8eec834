package io.gatehouse.appliance.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.masking.AnalystQuery.Touch;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnalystQueriesIT {
  private static final List<AnalystQuery> QUERIES = AnalystQueries.all();

  private static final String READ_FROM = "bank";

  private static BankServer server;

  @BeforeAll
  static void bank_is_opened() throws Exception {
    server = BankServer.start();
    server.with(READ_FROM, 1, Variant.MARKED);
    for (Format format : Format.values()) {
      server.with(database(format), 1, Variant.MARKED);
    }
  }

  @AfterAll
  static void bank_is_closed() throws Exception {
    server.close();
  }

  @Test
  void list_read_has_many_entries_each_under_its_own_name() {
    assertThat(QUERIES).hasSizeGreaterThan(180);
    assertThat(QUERIES).extracting(AnalystQuery::name).doesNotHaveDuplicates();
    assertThat(QUERIES).allSatisfy(query -> assertThat(query.statements()).isNotEmpty());
    assertThat(QUERIES.stream().filter(query -> query.touches().isEmpty())).hasSizeGreaterThan(90);
    assertThat(QUERIES.stream().filter(query -> query.touches().equals(Set.of(Touch.PROJECTED))))
        .hasSizeGreaterThan(30);
  }

  /** Each on a connection of its own; the changes of the few that make some stay. */
  @ParameterizedTest
  @EnumSource(Format.class)
  void queries_sent_directly_run_without_error(Format format) throws Exception {
    List<String> failed = new ArrayList<>();
    for (AnalystQuery query : QUERIES) {
      try (TappedClient client = client(database(format))) {
        for (Answer answer : query.ask(client, format)) {
          answer.error().ifPresent(error -> failed.add(query + ": " + error));
        }
      }
    }
    assertThat(failed).isEmpty();
  }

  /** Whoever wrote an entry may have been wrong about what it touches. */
  @Test
  void queries_answered_directly_have_the_protected_values_they_are_said_to() throws Exception {
    Markers markers;
    try (Connection direct = server.direct(READ_FROM)) {
      markers = Markers.of(direct);
    }
    List<String> wrong = new ArrayList<>();
    for (AnalystQuery query : QUERIES) {
      try (TappedClient client = client(READ_FROM)) {
        query.ask(client, Format.TEXT);
        boolean found = !markers.in(client.tap()).isEmpty();
        if (found && query.touches().isEmpty()) {
          wrong.add(query + " has a protected value in its answer");
        }
        // A search may find nobody, and what is made of a value may be too little to be found.
        if (!found && query.touches().equals(Set.of(Touch.PROJECTED))) {
          wrong.add(query + " has no protected value in its answer");
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static TappedClient client(String database) throws Exception {
    return TappedClient.connect(server.login(database));
  }

  private static String database(Format format) {
    return "bank_" + format.name().toLowerCase(Locale.ROOT);
  }
}

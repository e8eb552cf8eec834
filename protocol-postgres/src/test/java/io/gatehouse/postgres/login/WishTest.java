package io.gatehouse.postgres.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.postgres.PostgresListener;
import io.gatehouse.postgres.message.StartupMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WishTest {
  private static Wish wish(Set<String> allowed, String... pairs) throws StartupOptions.Rejected {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("user", "alice");
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.put(pairs[i], pairs[i + 1]);
    }
    return Wish.of(new StartupMessage(3, 0, parameters), allowed);
  }

  @Test
  void databaseMissing_isTheUsersName() throws Exception {
    assertThat(wish(Set.of()).database()).isEqualTo("alice");
  }

  @Test
  void options_areSplitAsTheServerSplitsThem() throws Exception {
    Wish wish =
        wish(
            Set.of("*"),
            "options",
            " -c work_mem=4MB  --application-name=a\\ b\\\\c\t-cgeqo=off --search_path=x=y");

    assertThat(wish.parameters())
        .containsExactly(
            Map.entry("work_mem", "4MB"),
            Map.entry("application_name", "a b\\c"),
            Map.entry("geqo", "off"),
            Map.entry("search_path", "x=y"));
  }

  @Test
  void parameterBesideOptions_winsAsOnTheServer() throws Exception {
    Wish wish = wish(Set.of("*"), "options", "-c application_name=a", "application_name", "b");

    assertThat(wish.parameters()).containsExactly(Map.entry("application_name", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c user=postgres",
        "--user=postgres",
        "-c USER=postgres",
        "-c database=template1",
        "-c options=x",
        "-c replication=true",
        "-c _pq_.x=1",
        "-c work_mem",
        "-c",
        "-d 5",
        "-B 100",
        "work_mem=4MB"
      })
  void optionsThatAreNoSettings_areRefusedEvenWhereEverythingIsAllowed(String options) {
    assertThatThrownBy(() -> wish(Set.of("*"), "options", options))
        .isInstanceOf(StartupOptions.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"role", "session_preload_libraries", "local_preload_libraries", "replication"})
  void parameterOffTheUsualList_isRefusedByName(String name) {
    assertThatThrownBy(() -> wish(PostgresListener.USUAL_PARAMETERS, name, "x"))
        .hasMessageContaining("\"" + name + "\"");
    assertThatThrownBy(
            () -> wish(PostgresListener.USUAL_PARAMETERS, "options", "-c " + name + "=x"))
        .isInstanceOf(StartupOptions.Rejected.class);
  }

  @Test
  void replication_isNotPartOfEverything() {
    assertThatThrownBy(() -> wish(Set.of("*"), "replication", "database"))
        .hasMessageContaining("replication");
  }

  @Test
  void newerMinorAndUnknownExtension_areNegotiatedDown() throws Exception {
    Wish wish =
        Wish.of(new StartupMessage(3, 99, Map.of("user", "alice", "_pq_.test", "1")), Set.of());

    assertThat(wish.minor()).isEqualTo(2);
    assertThat(wish.downgraded()).isTrue();
    assertThat(wish.unrecognized()).containsExactly("_pq_.test");
    assertThat(wish.parameters()).isEmpty();
  }
}

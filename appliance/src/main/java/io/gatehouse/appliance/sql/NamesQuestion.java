package io.gatehouse.appliance.sql;

import io.gatehouse.plugin.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a session's own server is asked what names mean there. Stateless and thread-safe. */
public interface NamesQuestion {

  /** One statement that means the same in every session. */
  String sql();

  /** More rows than this are no answer. */
  int maxRows();

  /** What the server said; empty if it cannot be read, so that nobody knows. */
  Optional<Told> told(List<List<Value>> rows);

  /**
   * What the server said.
   *
   * @param path where names without a schema are looked for
   * @param temporary the session's own objects; absent where the server does not list them
   * @param prepared the names that stand for statements of SQL
   * @param settings as in {@link NameState.Known}
   */
  record Told(
      List<String> path,
      String user,
      Optional<Set<String>> temporary,
      Set<String> prepared,
      Map<String, String> settings) {
    public Told {
      path = List.copyOf(path);
      temporary = temporary.map(Set::copyOf);
      prepared = Set.copyOf(prepared);
      settings = Map.copyOf(settings);
    }
  }
}

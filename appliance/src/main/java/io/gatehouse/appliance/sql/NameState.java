package io.gatehouse.appliance.sql;

import io.gatehouse.appliance.catalog.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What unqualified names mean in a session at one moment. Immutable, part of a verdict's key. */
public sealed interface NameState {

  /**
   * Names are looked up in this order.
   *
   * @param path schemas as the session's setting names them, {@code $user} included
   * @param user whom {@code $user} stands for
   * @param temporary relations and types of the session itself, which come before all others
   * @param made relations that the open transaction made, which only it can see
   * @param settings what the session's text is read by, where the server has to be asked for it;
   *     empty where its protocol reports that
   */
  record Known(
      List<String> path,
      String user,
      Set<String> temporary,
      Set<QualifiedName> made,
      Map<String, String> settings)
      implements NameState {
    public Known {
      path = List.copyOf(path);
      temporary = Set.copyOf(temporary);
      made = Set.copyOf(made);
      settings = Map.copyOf(settings);
    }

    /** No settings were asked for. */
    public Known(List<String> path, String user, Set<String> temporary, Set<QualifiedName> made) {
      this(path, user, temporary, made, Map.of());
    }

    /** Nothing was made. */
    public Known(List<String> path, String user, Set<String> temporary) {
      this(path, user, temporary, Set.of());
    }
  }

  /** Something ran that may have moved them; only qualified names mean anything. */
  record Unknown() implements NameState {}

  NameState UNKNOWN = new Unknown();
}

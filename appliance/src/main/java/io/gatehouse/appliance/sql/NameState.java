package io.gatehouse.appliance.sql;

import io.gatehouse.appliance.catalog.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What unqualified names mean in a session at one moment. Immutable, part of a verdict's key. */
public sealed interface NameState {

  /**
   * Whether a text that was prepared here is still read as it was. Servers whose settings are asked
   * for keep some of what they were, and read some of it anew.
   */
  boolean readsAs(NameState now);

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

    @Override
    public boolean readsAs(NameState now) {
      return settings.isEmpty()
          || !(now instanceof Known later)
          || (path.equals(later.path) && reading().equals(later.reading()));
    }

    private Map<String, String> reading() {
      Map<String, String> reading = new HashMap<>(settings);
      reading.remove(HIDDEN_TABLES);
      return reading;
    }
  }

  /** Something ran that may have moved them; only qualified names mean anything. */
  record Unknown() implements NameState {
    @Override
    public boolean readsAs(NameState now) {
      return true;
    }
  }

  NameState UNKNOWN = new Unknown();

  /**
   * A setting of the gate's own: {@code yes} where code ran that may have made temporary tables
   * which the server does not list.
   */
  String HIDDEN_TABLES = "hidden_tables";
}

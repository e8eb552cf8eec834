package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.builtin.MysqlBuiltins;
import io.gatehouse.appliance.catalog.mysql.Picture.Row;
import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import io.gatehouse.appliance.sql.mysql.StoredCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bodies of triggers and routines, as far as they are shown. */
final class BodyReview {
  private final Server server;
  private final Rights rights;
  private final Set<QualifiedName> triggered = new HashSet<>();
  private final List<StoredCode> bodies = new ArrayList<>();

  /** Names of routines that are shown, whatever their databases. */
  private final Set<String> known = new HashSet<>();

  private boolean unread;

  BodyReview(Picture picture, Server server, Rights rights) {
    this.server = server;
    this.rights = rights;
    for (Row row : picture.of("trigger")) {
      QualifiedName table = server.relation(row.text(0), row.text(1));
      triggered.add(table);
      if (!Server.SYSTEM.contains(table.schema())) {
        body(row.nullable(3), Set.of(), row.text(4));
      }
    }
    Map<List<String>, Set<String>> parameters = parameters(picture);
    for (Row row : picture.of("routine")) {
      routine(row, parameters);
    }
    picture.of("loadable").forEach(row -> known.add(MysqlNames.folded(row.text(0))));
  }

  private static Map<List<String>, Set<String>> parameters(Picture picture) {
    Map<List<String>, Set<String>> parameters = new HashMap<>();
    for (Row row : picture.of("parameter")) {
      parameters
          .computeIfAbsent(List.of(row.text(0), row.text(1), row.text(2)), _ -> new HashSet<>())
          .add(row.text(3));
    }
    return parameters;
  }

  private void routine(Row row, Map<List<String>, Set<String>> parameters) {
    if (Server.SYSTEM.contains(server.schema(row.text(0)))) {
      return;
    }
    known.add(MysqlNames.folded(row.text(1)));
    if (!row.text(6).equals("SQL")) {
      unread = true;
      return;
    }
    body(
        row.nullable(3),
        parameters.getOrDefault(List.of(row.text(0), row.text(1), row.text(2)), Set.of()),
        row.text(5));
  }

  private void body(@Nullable String text, Set<String> parameters, String modes) {
    Optional<StoredCode> code =
        text == null || text.isEmpty()
            ? Optional.empty()
            : server.reading(modes).map(settings -> StoredCode.of(text, parameters, settings));
    code.ifPresentOrElse(bodies::add, () -> unread = true);
  }

  /** Whether writing a table runs triggers, or may run some that are not shown. */
  boolean triggers(Entry table) {
    return triggered.contains(table.name) || !rights.triggers(table.name);
  }

  /** See {@link io.gatehouse.appliance.catalog.CatalogContent#codeChangesSession}. */
  boolean changesSession(Entries entries) {
    boolean hidden =
        entries.all().stream()
            .anyMatch(entry -> !entry.system() && !entry.view() && !rights.triggers(entry.name));
    return unread
        || hidden
        || bodies.stream().anyMatch(StoredCode::changesSession)
        || (!rights.routines() && !bodies.stream().allMatch(this::callsKnown));
  }

  private boolean callsKnown(StoredCode body) {
    return body.calls().stream()
        .allMatch(name -> known.contains(name) || MysqlBuiltins.of(name) != null);
  }
}

package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Edges;
import io.gatehouse.appliance.catalog.builtin.Effect;
import io.gatehouse.appliance.catalog.mysql.Picture.Row;
import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import io.gatehouse.appliance.sql.mysql.LexerSettings;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each view rests on, from the text that the server gives for it. A view whose text is not
 * shown or not read, and one that names something that the catalog does not have, is not
 * understood, and neither is what rests on it. The server's own views are not followed.
 */
final class ViewReview {
  private final Entries entries;
  private final Map<Entry, Understood> understood = new HashMap<>();
  private final Edges reads = new Edges();
  private final Map<Long, Entry> byNumber = new HashMap<>();

  /** A view whose definition was read, with what it names itself. */
  private record Understood(
      String definition,
      List<Entry> sources,
      Set<ColumnOrigin> columns,
      Set<Effect> effects,
      boolean callsCode) {}

  ViewReview(Picture picture, Entries entries, Server server) {
    this.entries = entries;
    entries.all().forEach(entry -> byNumber.put(entry.number, entry));
    // Whatever the modes of a session are: the server keeps and reads them without any.
    Optional<LexerSettings> settings = server.reading("");
    for (Row row : picture.of("view")) {
      Entry view = entries.find(row);
      if (view != null && view.view() && !view.system() && settings.isPresent()) {
        read(view, row.text(2), settings.get());
      }
    }
    withoutDoubtful();
  }

  private void read(Entry view, String definition, LexerSettings settings) {
    ViewText text = ViewText.read(definition, settings);
    if (text == null) {
      return;
    }
    Map<ViewText.Source, Entry> sources = new HashMap<>();
    for (ViewText.Source source : text.sources) {
      QualifiedName name = source.name();
      Entry entry =
          entries.find(
              name.schema().map(Name::text).orElse(view.name.schema()), name.last().text());
      boolean inner = name.schema().isEmpty() && text.inner(ViewText.lower(name.last()));
      if (entry == null && !inner) {
        return;
      }
      if (entry != null) {
        sources.put(source, entry);
      }
    }
    Set<ColumnOrigin> columns = new LinkedHashSet<>();
    for (List<Name> column : text.columns) {
      if (!column(column, text, sources, columns)) {
        return;
      }
    }
    text.stars.forEach(star -> sources.forEach((_, entry) -> all(entry, columns)));
    understood.put(
        view,
        new Understood(
            definition, List.copyOf(sources.values()), columns, text.effects, text.callsCode));
  }

  private static void all(Entry entry, Set<ColumnOrigin> columns) {
    entry.columns.forEach(name -> columns.add(origin(entry, name)));
  }

  private static ColumnOrigin origin(Entry entry, String column) {
    return new ColumnOrigin(entry.name.schema(), entry.name.name(), column);
  }

  /** Adds what a column may stand for; false if that is nothing that is known. */
  private boolean column(
      List<Name> parts,
      ViewText text,
      Map<ViewText.Source, Entry> sources,
      Set<ColumnOrigin> columns) {
    String name = MysqlNames.folded(parts.getLast().text());
    // A name alone may be a label, of an item or of a table in the definition.
    boolean known =
        parts.size() == 1 || (parts.size() == 2 && text.inner(ViewText.lower(parts.getFirst())));
    for (Map.Entry<ViewText.Source, Entry> one : sources.entrySet()) {
      if (meant(parts, one.getKey(), one.getValue())) {
        for (String column : one.getValue().columns) {
          if (MysqlNames.folded(column).equals(name)) {
            known = true;
            columns.add(origin(one.getValue(), column));
          }
        }
      }
    }
    return known;
  }

  private boolean meant(List<Name> parts, ViewText.Source source, Entry entry) {
    return switch (parts.size()) {
      case 1 -> true;
      case 2 -> ViewText.lower(parts.getFirst()).equals(source.label());
      default -> entries.find(parts.get(0).text(), parts.get(1).text()) == entry;
    };
  }

  /** Takes out those that rest on one that is not understood, until none is left. */
  private void withoutDoubtful() {
    boolean found;
    do {
      found =
          understood
              .entrySet()
              .removeIf(one -> one.getValue().sources().stream().anyMatch(this::doubtful));
    } while (found);
    understood.forEach(
        (view, one) -> one.sources().forEach(source -> reads.add(view.number, source.number)));
  }

  /** Whether nobody knows what it shows. */
  boolean doubtful(Entry entry) {
    return entry.view() && !entry.system() && !understood.containsKey(entry);
  }

  private Set<Entry> below(Entry view) {
    Set<Entry> below = new LinkedHashSet<>();
    reads.reachable(view.number).stream().sorted().forEach(number -> below.add(entry(number)));
    return below;
  }

  private Entry entry(long number) {
    Entry found = byNumber.get(number);
    if (found == null) {
      throw new IllegalStateException("no relation has this number");
    }
    return found;
  }

  /** Which relation names which. */
  Edges reads() {
    return reads;
  }

  /** The views that call functions of users. */
  Set<Long> callers() {
    Set<Long> callers = new HashSet<>();
    understood.forEach(
        (view, one) -> {
          if (one.callsCode()) {
            callers.add(view.number);
          }
        });
    return callers;
  }

  /** Empty for what is no view, or not understood. */
  String definition(Entry entry) {
    Understood view = understood.get(entry);
    return view == null ? "" : view.definition();
  }

  List<io.gatehouse.appliance.catalog.QualifiedName> names(Entry view) {
    return below(view).stream().map(entry -> entry.name).toList();
  }

  /** Every base column that a view depends on. */
  List<ColumnOrigin> origins(Entry view) {
    Set<ColumnOrigin> origins = new LinkedHashSet<>();
    List<Entry> all = new ArrayList<>(below(view));
    all.addFirst(view);
    for (Entry one : all) {
      @Nullable Understood found = understood.get(one);
      if (found != null) {
        found.columns().stream().filter(this::base).forEach(origins::add);
      }
    }
    return List.copyOf(origins);
  }

  private boolean base(ColumnOrigin column) {
    Entry entry = entries.find(column.schema(), column.table());
    return entry == null || !understood.containsKey(entry);
  }

  /** Of the functions that reading it calls, through other views. */
  Set<Effect> effects(Entry view) {
    Set<Effect> effects = EnumSet.noneOf(Effect.class);
    Set<Entry> all = below(view);
    all.add(view);
    for (Entry one : all) {
      @Nullable Understood found = understood.get(one);
      if (found != null) {
        effects.addAll(found.effects());
      }
    }
    return effects;
  }
}

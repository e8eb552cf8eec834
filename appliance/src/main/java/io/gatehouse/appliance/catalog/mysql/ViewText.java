package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.catalog.builtin.Effect;
import io.gatehouse.appliance.catalog.builtin.MysqlBuiltins;
import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import io.gatehouse.appliance.sql.mysql.LexerSettings;
import io.gatehouse.appliance.sql.mysql.MysqlReader;
import io.gatehouse.appliance.sql.mysql.Reading;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.With;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the definition of a view names, wherever it stands in it. */
final class ViewText {

  /**
   * A table or view in FROM.
   *
   * @param label what its columns are qualified with, in small letters
   */
  record Source(QualifiedName name, String label) {}

  final List<Source> sources = new ArrayList<>();

  /** Columns, each with what stands before it. */
  final List<List<Name>> columns = new ArrayList<>();

  /** Stars, each with what stands before it. */
  final List<List<Name>> stars = new ArrayList<>();

  final Set<Effect> effects = EnumSet.noneOf(Effect.class);

  /** Whether it calls a function that did not come with the server. */
  boolean callsCode;

  /** Derived tables and common ones, in small letters. */
  private final Set<String> inner = new HashSet<>();

  private ViewText(Statement.QueryStatement query) {
    TreeParts.each(query, this::see);
  }

  /** Null if it cannot be read, or is no query. */
  static @Nullable ViewText read(String definition, LexerSettings settings) {
    return MysqlReader.read(definition, settings, false) instanceof Reading.Read read
            && read.statements().size() == 1
            && read.statements().getFirst().statement() instanceof Statement.QueryStatement query
        ? new ViewText(query)
        : null;
  }

  private void see(Object node) {
    switch (node) {
      case FromItem.Table table -> source(table.name(), table.alias());
      case FromItem.Derived derived -> inner(derived.alias());
      case FromItem.Functions functions -> inner(functions.alias());
      case FromItem.TableExpression expression -> inner(expression.alias());
      case FromItem.Join join -> inner(join.alias());
      case With.CommonTable common -> inner.add(lower(common.name()));
      case FromItem.Natural _ -> stars.add(List.of());
      case FromItem.Using using -> using.columns().forEach(name -> columns.add(List.of(name)));
      case Expression.ColumnReference column -> columns.add(column.parts());
      case Expression.AllColumns star -> stars.add(star.qualifier());
      case Expression.Call call -> called(call.name());
      case Expression.Special special -> effects.addAll(known(special.name()));
      default -> {}
    }
  }

  static String lower(Name name) {
    return name.text().toLowerCase(Locale.ROOT);
  }

  private void source(QualifiedName name, Optional<FromItem.Alias> alias) {
    sources.add(new Source(name, lower(alias.map(FromItem.Alias::name).orElse(name.last()))));
  }

  private void inner(Optional<FromItem.Alias> alias) {
    alias.ifPresent(as -> inner.add(lower(as.name())));
  }

  /** Syntax of the server's own is nobody's function. */
  private static Set<Effect> known(String function) {
    Set<Effect> effects = MysqlBuiltins.of(function);
    return effects == null ? Set.of() : effects;
  }

  /**
   * The server puts the names of stored functions in quotes, and those of its own never: what is
   * built in on one server can be somebody's function on another.
   */
  private void called(QualifiedName name) {
    boolean stored = name.schema().isPresent() || name.last().quoted();
    Set<Effect> builtin = stored ? null : MysqlBuiltins.of(MysqlNames.folded(name.last().text()));
    if (builtin == null) {
      callsCode = true;
    } else {
      effects.addAll(builtin);
    }
  }

  /** Whether a name may stand for a table that the definition makes itself. */
  boolean inner(String label) {
    return inner.contains(label);
  }
}

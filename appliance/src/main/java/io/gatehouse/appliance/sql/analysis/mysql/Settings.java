package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.MysqlSession;
import io.gatehouse.appliance.sql.tree.MysqlSession.Scope;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What it means that variables are set. */
final class Settings {
  /** Modes in which a text has other tokens or another grammar. */
  private static final Set<String> READING_MODES =
      Set.of(
          ("ANSI ANSI_QUOTES HIGH_NOT_PRECEDENCE IGNORE_SPACE NO_BACKSLASH_ESCAPES PIPES_AS_CONCAT"
                  + " POSTGRESQL")
              .split(" "));

  /** Modes with a grammar that the gate does not read. */
  private static final Set<String> UNREAD_MODES = Set.of("ORACLE", "MSSQL", "DB2", "MAXDB");

  /** Character sets in which no byte of another character looks like a quote or backslash. */
  private static final Set<String> PLAIN_CHARSETS =
      Set.of("utf8mb4", "utf8mb3", "utf8", "ascii", "latin1", "binary");

  private final Findings findings;
  private final Queries queries;

  Settings(Findings findings, Queries queries) {
    this.findings = findings;
    this.queries = queries;
  }

  void set(List<MysqlSession.Setting> settings) {
    settings.forEach(this::set);
  }

  private void set(MysqlSession.Setting setting) {
    switch (setting) {
      case MysqlSession.Variable(Scope scope, String name, Optional<Expression> value) -> {
        Optional<Expression> given = scope == Scope.USER ? value : value.map(Settings::word);
        given.ifPresent(queries.expressions()::walk);
        variable(scope, name, given);
      }
      case MysqlSession.Names(Optional<String> charset, _) -> charset(charset);
      case MysqlSession.CharacterSet(Optional<String> charset) -> charset(charset);
    }
  }

  private void charset(Optional<String> charset) {
    touches(Operation.SESSION, SessionSettings.CHARSET);
    findings.leaves(Consequence.MOVES_NAMES);
    if (!charset.map(Settings::plain).orElse(true)) {
      findings.trait(Trait.CHANGES_READING);
    }
  }

  private static boolean plain(String charset) {
    return PLAIN_CHARSETS.contains(charset.toLowerCase(Locale.ROOT));
  }

  private void touches(Operation operation, String name) {
    findings.touches(operation, Resource.Kind.SETTING, name);
  }

  /** A word stands for itself there, and for no column. */
  private static Expression word(Expression value) {
    return value instanceof Expression.ColumnReference(List<Name> parts) && parts.size() == 1
        ? new Expression.Constant(Expression.ConstantKind.STRING, parts.getFirst().text())
        : value;
  }

  private void variable(Scope scope, String name, Optional<Expression> value) {
    switch (scope) {
      case USER -> queries.expressions().keeps();
      case SESSION -> ofSession(name, value);
      case GLOBAL, PERSIST, PERSIST_ONLY -> touches(Operation.ADMINISTER, name);
    }
  }

  private void ofSession(String name, Optional<Expression> value) {
    switch (Variables.of(name)) {
      case HARMLESS -> touches(Operation.SESSION, name);
      case TRANSACTION -> {
        touches(Operation.SESSION, name);
        findings.leaves(Consequence.ENDS_TRANSACTION);
      }
      case READING -> {
        touches(Operation.SESSION, name);
        findings.leaves(Consequence.MOVES_NAMES);
        reading(name, value);
      }
      case DISCLOSES -> {
        touches(Operation.ADMINISTER, name);
        findings.trait(Trait.DISCLOSES);
      }
      case REFUSED -> throw DoubtException.of("the gate needs " + name + " as it is; leave it out");
      case ADMINISTRATION -> touches(Operation.ADMINISTER, name);
    }
  }

  private void reading(String name, Optional<Expression> value) {
    if (name.equals(SessionSettings.SQL_MODE)) {
      value.ifPresent(this::mode);
    } else if (name.equals(SessionSettings.CHARSET)) {
      boolean plain =
          value
              .map(
                  given ->
                      given instanceof Expression.Constant(_, String charset) && plain(charset))
              .orElse(true);
      if (!plain) {
        findings.trait(Trait.CHANGES_READING);
      }
    }
  }

  private void mode(Expression value) {
    switch (value) {
      case Expression.Constant(var kind, String text) -> {
        if (kind != Expression.ConstantKind.STRING) {
          findings.trait(Trait.CHANGES_READING);
          return;
        }
        for (String mode : text.toUpperCase(Locale.ROOT).split(",", -1)) {
          mode(mode.strip());
        }
      }
      case Expression.Call call when call.name().last().text().equalsIgnoreCase("concat") ->
          call.arguments().items().forEach(argument -> mode(argument.value()));
      // What the session has already.
      case Expression.SystemVariable variable
          when variable.name().last().text().equalsIgnoreCase(SessionSettings.SQL_MODE) -> {}
      default -> findings.trait(Trait.CHANGES_READING);
    }
  }

  private void mode(String mode) {
    if (UNREAD_MODES.contains(mode)) {
      throw DoubtException.of("sql_mode " + mode + " has a grammar that the gate does not read");
    }
    if (READING_MODES.contains(mode)) {
      findings.trait(Trait.CHANGES_READING);
    }
  }

  /** SET STATEMENT: nothing that changes how the statement behind it is read. */
  void forStatement(List<MysqlSession.Setting> settings) {
    for (MysqlSession.Setting setting : settings) {
      boolean known =
          setting instanceof MysqlSession.Variable(Scope scope, String name, _)
              && scope == Scope.SESSION
              && Variables.of(name) == Variables.Meaning.HARMLESS;
      if (!known) {
        throw DoubtException.of("SET STATEMENT of a variable that may change the statement");
      }
    }
    set(settings);
  }

  /** SET TRANSACTION. */
  void modes(MysqlSession.SetModes set) {
    boolean global = set.scope().filter(scope -> scope != Scope.SESSION).isPresent();
    touches(global ? Operation.ADMINISTER : Operation.SESSION, "transaction_isolation");
  }
}

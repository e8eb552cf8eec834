package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.mysql.MysqlReader;
import io.gatehouse.appliance.sql.mysql.Reading;
import io.gatehouse.appliance.sql.mysql.Reading.Located;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.MysqlSession.PrepareText;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.Locale;
import java.util.Optional;

/** PREPARE: a text inside of a text. */
final class PreparedTexts {
  private PreparedTexts() {}

  /** How the name is kept: the server compares without case. */
  static String name(Name name) {
    String text = name.text();
    if (!text.chars().allMatch(c -> c < 128)) {
      throw DoubtException.of("the name of a prepared statement beyond ASCII");
    }
    return MysqlNames.folded(text);
  }

  /**
   * The statement that is prepared, if the text holds it as it is.
   *
   * @param sql all of the text around
   */
  static Optional<Statement> prepared(
      PrepareText prepare, Located around, String sql, SessionSettings settings) {
    if (place(prepare, around, sql).isEmpty()
        || !(prepare.text() instanceof Expression.Constant(_, String text))) {
      return Optional.empty();
    }
    return switch (MysqlReader.read(text, settings.reading(text), false)) {
      case Reading.NotRead(String reason, int position) ->
          throw DoubtException.of(
              "what is prepared: " + reason + ", at its character " + (position + 1));
      case Reading.Read(var statements) -> {
        if (statements.size() != 1) {
          throw DoubtException.of("what is prepared is no statement");
        }
        yield Optional.of(statements.getFirst().statement());
      }
    };
  }

  /** Leaves the name, or, where nobody can tell what it stands for, says so. */
  static void leaves(PrepareText prepare, Located around, String sql, Findings findings) {
    place(prepare, around, sql)
        .ifPresentOrElse(
            findings::leaves,
            () -> {
              findings.touches(Operation.EXECUTE, Resource.Kind.DATABASE);
              findings.trait(Trait.DYNAMIC_CODE);
              // It stands for something that nobody read.
              findings.leaves(new Consequence.Deallocates(name(prepare.name())));
            });
  }

  /** Where the text stands: its characters are the statement's last, without any escape. */
  private static Optional<Consequence.Prepares> place(
      PrepareText prepare, Located around, String sql) {
    if (!(prepare.text() instanceof Expression.Constant(var kind, String text))
        || kind != Expression.ConstantKind.STRING) {
      return Optional.empty();
    }
    int to = around.end() - 1;
    int from = to - text.length();
    boolean inside = from - 1 > around.start() && !text.isEmpty();
    if (!inside || !sql.startsWith(text, from)) {
      return Optional.empty();
    }
    char quote = sql.charAt(to);
    boolean quoted = (quote == '\'' || quote == '"') && sql.charAt(from - 1) == quote;
    boolean plain = text.indexOf('\\') < 0 && text.indexOf(quote) < 0;
    return quoted && plain && behindFrom(sql.substring(around.start(), from - 1))
        ? Optional.of(new Consequence.Prepares(name(prepare.name()), from, to))
        : Optional.empty();
  }

  /** Nothing stands between, such as a character set that the string is in. */
  private static boolean behindFrom(String before) {
    return before.stripTrailing().toLowerCase(Locale.ROOT).endsWith("from");
  }
}

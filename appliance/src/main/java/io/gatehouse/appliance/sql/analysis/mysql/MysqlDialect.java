package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.NamesQuestion;
import io.gatehouse.appliance.sql.SecretSpan;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.analysis.Several;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.appliance.sql.lineage.mysql.MysqlTracing;
import io.gatehouse.appliance.sql.mysql.Flavour;
import io.gatehouse.appliance.sql.mysql.MysqlReader;
import io.gatehouse.appliance.sql.mysql.Reading;
import io.gatehouse.appliance.sql.mysql.Reading.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The SQL of MySQL and MariaDB. */
public final class MysqlDialect implements SqlDialect {
  private static final int MAX_STATEMENTS = 1_000;

  /** What the wire says for the command that makes a session as a fresh one. */
  private static final String RESET = "RESET CONNECTION";

  private static final String RESETTING = "reset connection";

  private static final NamesQuestion NAMES = new MysqlQuestion();

  private final Flavour flavour;

  /**
   * @param flavour of the target's servers; one that says it is the other is not understood
   */
  public MysqlDialect(Flavour flavour) {
    this.flavour = flavour;
  }

  @Override
  public List<SecretSpan> secrets(String text, Scene scene) {
    return MysqlReader.secrets(text, flavour);
  }

  @Override
  public Optional<NamesQuestion> namesQuestion() {
    return Optional.of(NAMES);
  }

  @Override
  public String encodingSetting() {
    return SessionSettings.CHARSET;
  }

  /** The session's settings say it, see {@link SessionSettings#reading}. */
  @Override
  public Optional<String> unreadable(String encoding) {
    return Optional.empty();
  }

  @Override
  public List<Analysed> analyse(String text, Scene scene) {
    try {
      if (text.equals(RESET)) {
        return List.of(resetting());
      }
      return switch (scene.names()) {
        case NameState.Unknown _ ->
            List.of(awaiting(DoubtException.awaitingNames("a name of this session")));
        case NameState.Known known -> analyse(text, scene, known);
      };
    } catch (DoubtException doubt) {
      return List.of(awaiting(doubt));
    } catch (StackOverflowError tooDeep) {
      return List.of(Analysed.notUnderstood("nested too deeply"));
    }
  }

  private static Analysed awaiting(DoubtException doubt) {
    return doubt.awaitsNames()
        ? Analysed.awaitingNames(doubt.reason())
        : Analysed.notUnderstood(doubt.reason());
  }

  private static Analysed resetting() {
    Findings findings = new Findings(false);
    findings.leaves(Consequence.BEGINS_ANEW);
    findings.leaves(Consequence.ENDS_TRANSACTION);
    return findings.result(RESETTING, Lineage.NONE);
  }

  private List<Analysed> analyse(String text, Scene scene, NameState.Known known) {
    MysqlNames names = new MysqlNames(scene.catalog(), known);
    SessionSettings settings = names.settings();
    if (settings.flavour() != flavour) {
      throw DoubtException.of("the server is not of the kind that the target says");
    }
    return switch (MysqlReader.read(text, settings.reading(text), scene.several())) {
      case Reading.NotRead(String reason, int position) ->
          List.of(Analysed.notUnderstood(reason + ", at character " + (position + 1)));
      case Reading.Read(List<Located> statements) ->
          statements.size() > MAX_STATEMENTS
              ? List.of(Analysed.notUnderstood("more than " + MAX_STATEMENTS + " statements"))
              : all(text, statements, names);
    };
  }

  /** Only what comes before the last can leave something to the others: queries and changes. */
  private static List<Analysed> all(String text, List<Located> statements, MysqlNames names) {
    List<Analysed> all = new ArrayList<>();
    boolean moved = false;
    for (Located located : statements) {
      Analysed analysed =
          moved
              ? Analysed.notUnderstood(Several.splitting("moves what names mean"))
              : one(text, located, names);
      all.add(statements.size() > 1 ? Several.oneOf(analysed) : analysed);
      moved |= !analysed.consequences().isEmpty();
    }
    return all;
  }

  private static Analysed one(String text, Located located, MysqlNames names) {
    Findings findings = new Findings(names.catalog().codeChangesSession());
    try {
      new Statements(findings, names, text, located).read();
      return findings.result(located.fingerprint(), MysqlTracing.of(located.statement(), names));
    } catch (DoubtException doubt) {
      return awaiting(doubt);
    }
  }
}

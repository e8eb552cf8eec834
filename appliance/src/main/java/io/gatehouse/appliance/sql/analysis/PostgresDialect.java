package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NamesQuestion;
import io.gatehouse.appliance.sql.SecretSpan;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.sql.postgres.LexerSettings;
import io.gatehouse.appliance.sql.postgres.PostgresReader;
import io.gatehouse.appliance.sql.postgres.Reading;
import io.gatehouse.appliance.sql.postgres.Reading.Located;
import io.gatehouse.appliance.sql.witness.CalciteWitness;
import io.gatehouse.appliance.sql.witness.JSqlParserWitness;
import io.gatehouse.appliance.sql.witness.Witness;
import io.gatehouse.plugin.Certainty;
import java.util.List;
import java.util.Optional;

/** PostgreSQL's SQL. */
public final class PostgresDialect implements SqlDialect {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_TOKENS = 200_000;
  private static final int MAX_STATEMENTS = 1_000;

  private static final NamesQuestion NAMES = new PostgresNames();

  private final SecondReading second;

  public PostgresDialect() {
    this(List.of(new JSqlParserWitness(), new CalciteWitness()));
  }

  /**
   * @param witnesses who read what was understood a second time; any may object, none can help
   */
  public PostgresDialect(List<Witness> witnesses) {
    this.second = new SecondReading(witnesses);
  }

  private static LexerSettings settings(Scene scene) {
    return new LexerSettings(
        scene.catalog().serverMajor(),
        scene.standardStrings(),
        scene.several(),
        MAX_DEPTH,
        MAX_TOKENS);
  }

  @Override
  public List<SecretSpan> secrets(String text, Scene scene) {
    return PostgresReader.secrets(text, settings(scene));
  }

  @Override
  public Optional<NamesQuestion> namesQuestion() {
    return Optional.of(NAMES);
  }

  @Override
  public List<Analysed> analyse(String text, Scene scene) {
    LexerSettings settings = settings(scene);
    try {
      List<Analysed> ours = firstReading(text, scene, settings);
      boolean understood =
          ours.stream().allMatch(one -> one.command().certainty() != Certainty.NONE);
      return understood && !second.agrees(text, settings, ours)
          ? List.of(Analysed.notUnderstood("a second reading disagrees"))
          : ours;
    } catch (StackOverflowError tooDeep) {
      return List.of(Analysed.notUnderstood("nested too deeply"));
    }
  }

  private static List<Analysed> firstReading(String text, Scene scene, LexerSettings settings) {
    return switch (PostgresReader.read(text, settings)) {
      case Reading.NotRead(String reason, int position) ->
          List.of(Analysed.notUnderstood(reason + ", at character " + (position + 1)));
      case Reading.Read(List<Located> statements) ->
          statements.size() > MAX_STATEMENTS
              ? List.of(Analysed.notUnderstood("more than " + MAX_STATEMENTS + " statements"))
              : new Submission(scene).read(statements);
    };
  }
}

package io.gatehouse.appliance.sql.witness;

import java.util.Optional;
import net.sf.jsqlparser.parser.AbstractJSqlParser.Dialect;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.Statements;

/** Reads with JSqlParser. Has no state of its own. */
public final class JSqlParserWitness implements Witness {
  private static final Bounds BOUNDS = new Bounds(16_000, 12);

  @Override
  public String name() {
    return "jsqlparser";
  }

  @Override
  public Testimony testify(String canonicalText) {
    Optional<String> exceeded = BOUNDS.exceededBy(canonicalText);
    if (exceeded.isPresent()) {
      return new Testimony.Silent(exceeded.get());
    }
    try {
      return saw(parse(canonicalText));
    } catch (ParseException | RuntimeException | StackOverflowError | AssertionError e) {
      return new Testimony.Silent("not read: " + e.getClass().getSimpleName());
    }
  }

  /** Not its own parse(String): that starts a thread a call. */
  private static Statements parse(String text) throws ParseException {
    return new CCJSqlParser(new StringProvider(text))
        .withDialect(Dialect.POSTGRESQL)
        .withAllowComplexParsing(true)
        .Statements();
  }

  private static Testimony saw(Statements statements) {
    Sightings sightings = new Sightings();
    JSqlParserSight sight = new JSqlParserSight(sightings);
    for (Statement statement : statements) {
      if (!sight.sees(statement)) {
        return new Testimony.Silent("not asked about: " + statement.getClass().getSimpleName());
      }
    }
    return statements.isEmpty()
        ? new Testimony.Silent("nothing there")
        : sightings.of(statements.size());
  }
}

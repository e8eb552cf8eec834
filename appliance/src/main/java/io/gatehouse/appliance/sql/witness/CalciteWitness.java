package io.gatehouse.appliance.sql.witness;

import java.util.Optional;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** Reads with Calcite's Babel parser. Has no state of its own. */
public final class CalciteWitness implements Witness {
  private static final Bounds BOUNDS = new Bounds(16_000, 24);

  /** Names are left alone, because the server folds ASCII only. */
  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(SqlBabelParserImpl.FACTORY)
          .withConformance(SqlConformanceEnum.BABEL)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(true)
          .withIdentifierMaxLength(1_000);

  @Override
  public String name() {
    return "calcite";
  }

  @Override
  public Testimony testify(String canonicalText) {
    Optional<String> exceeded = BOUNDS.exceededBy(canonicalText);
    if (exceeded.isPresent()) {
      return new Testimony.Silent(exceeded.get());
    }
    try {
      return saw(SqlParser.create(canonicalText, CONFIG).parseStmtList());
    } catch (SqlParseException | RuntimeException | StackOverflowError | AssertionError e) {
      return new Testimony.Silent("not read: " + e.getClass().getSimpleName());
    }
  }

  private static Testimony saw(SqlNodeList statements) {
    Sightings sightings = new Sightings();
    CalciteSight sight = new CalciteSight(sightings);
    for (SqlNode statement : statements) {
      if (!sight.sees(statement)) {
        return new Testimony.Silent("not asked about: " + statement.getKind());
      }
    }
    return sightings.of(statements.size());
  }
}

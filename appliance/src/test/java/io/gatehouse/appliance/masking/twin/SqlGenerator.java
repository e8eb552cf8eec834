package io.gatehouse.appliance.masking.twin;

import io.gatehouse.appliance.masking.Format;
import io.gatehouse.appliance.masking.twin.Step.CopyIn;
import io.gatehouse.appliance.masking.twin.Step.Extended;
import io.gatehouse.appliance.masking.twin.Step.Paged;
import io.gatehouse.appliance.masking.twin.Step.Simple;
import java.util.List;

/**
 * Statements over the bank's tables, the same for a seed each time. Half of them use protected
 * columns, wherever a column can stand; the others use none.
 */
public final class SqlGenerator {
  private static final int TOUCH_PERCENT = 48;

  private final int touchPercent;

  private SqlGenerator(int touchPercent) {
    this.touchPercent = touchPercent;
  }

  public static SqlGenerator overBank() {
    return new SqlGenerator(TOUCH_PERCENT);
  }

  /** With another share that may use protected columns. */
  public static SqlGenerator touching(int percent) {
    return new SqlGenerator(percent);
  }

  public Generated next(long seed) {
    Draft draft = new Draft(seed, touchPercent);
    List<Step> steps = steps(draft);
    return new Generated(seed, steps, draft.constructs(), draft.touched());
  }

  private static List<Step> steps(Draft draft) {
    int dice = draft.number(0, 100);
    if (dice < 7) {
      return List.of(delivered(draft, new Mistakes(draft).any()));
    }
    if (dice < 16) {
      String change = new Changes(draft).any();
      return List.of(new Simple("BEGIN"), delivered(draft, change), new Simple("ROLLBACK"));
    }
    Selects selects = new Selects(draft);
    String limit = String.valueOf(draft.number(8, 70));
    if (dice < 26) {
      return copy(draft, selects.any(limit));
    }
    if (dice < 35) {
      return cursor(draft, selects.any(limit));
    }
    if (dice < 45) {
      return prepared(draft, selects.any("$1"), limit);
    }
    return List.of(delivered(draft, selects.any(limit)));
  }

  private static Format format(Draft draft) {
    return draft.chance(50) ? Format.TEXT : Format.BINARY;
  }

  private static Step delivered(Draft draft, String sql) {
    int dice = draft.number(0, 100);
    if (dice < 60) {
      return new Simple(sql);
    }
    return dice < 85
        ? new Extended(sql, List.of(), format(draft))
        : new Paged(sql, draft.number(1, 6), format(draft));
  }

  private static List<Step> copy(Draft draft, String select) {
    draft.uses(Construct.COPY);
    if (draft.chance(8)) {
      return List.of(
          new Simple("BEGIN"),
          new CopyIn(
              "COPY bank.addresses FROM STDIN",
              "9001\t3\thome\tNew Street\t\\N\tBern\tCH\t2026-01-01\n"),
          new Simple("SELECT count(*) FROM bank.addresses"),
          new Simple("ROLLBACK"));
    }
    String options =
        draft.one(
            List.of(
                "",
                " (FORMAT csv)",
                " (FORMAT csv, HEADER true, DELIMITER ';', FORCE_QUOTE *)",
                " (FORMAT binary)",
                " WITH (DELIMITER '|', NULL 'none')"));
    return List.of(new Simple("COPY (" + select + ") TO STDOUT" + options));
  }

  private static List<Step> cursor(Draft draft, String select) {
    draft.uses(Construct.CURSOR);
    boolean scroll = draft.chance(40);
    String options = draft.chance(30) ? "BINARY " : "";
    return List.of(
        new Simple("BEGIN"),
        new Simple("DECLARE c " + options + (scroll ? "SCROLL " : "") + "CURSOR FOR " + select),
        new Simple("FETCH 3 FROM c"),
        new Simple(scroll ? "FETCH BACKWARD 2 FROM c" : "MOVE 1 IN c"),
        draft.chance(50)
            ? new Simple("FETCH ALL FROM c")
            : new Extended("FETCH FORWARD 4 FROM c", List.of(), format(draft)),
        new Simple("COMMIT"));
  }

  private static List<Step> prepared(Draft draft, String select, String limit) {
    draft.uses(Construct.PREPARED);
    if (draft.chance(50)) {
      return List.of(new Extended(select, List.of(limit), format(draft)));
    }
    return List.of(
        new Simple("PREPARE p(int) AS " + select),
        new Simple("EXECUTE p(" + limit + ")"),
        new Simple("EXECUTE p(7)"));
  }
}

package io.gatehouse.appliance.masking.twin;

import io.gatehouse.appliance.masking.twin.Relation.Column;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** A statement in the making: the dice, and what has come into it. Used by one thread. */
final class Draft {
  private static final int SECRET_PERCENT = 60;

  private final SplittableRandom random;
  private final Words words;
  private final boolean mayTouch;
  private final Set<Construct> constructs = EnumSet.noneOf(Construct.class);
  private boolean touched;
  private int aliases;

  Draft(long seed, int touchPercent) {
    this(seed, touchPercent, Words.POSTGRES);
  }

  Draft(long seed, int touchPercent, Words words) {
    this.words = words;
    random = new SplittableRandom(seed);
    mayTouch = chance(touchPercent);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int number(int from, int below) {
    return random.nextInt(from, below);
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  String alias() {
    aliases++;
    return "t" + aliases;
  }

  void uses(Construct construct) {
    constructs.add(construct);
  }

  /** Something protected is in it without being named. */
  void touch() {
    touched = true;
  }

  boolean mayTouch() {
    return mayTouch;
  }

  boolean touched() {
    return touched;
  }

  Set<Construct> constructs() {
    return Set.copyOf(constructs);
  }

  Relation relation() {
    return relation(_ -> true);
  }

  /** One of the bank's. */
  Relation relation(Predicate<Relation> fit) {
    boolean secret = mayTouch && chance(90);
    Relation chosen =
        one(BankTables.ALL.stream().filter(fit).filter(one -> one.secret() || !secret).toList());
    if (chosen.view()) {
      uses(Construct.VIEW);
    }
    return chosen;
  }

  Column column(Relation relation) {
    return column(relation, _ -> true);
  }

  /** One that fits, or the key if there is none. */
  Column column(Relation relation, Predicate<Kind> fit) {
    boolean secret = mayTouch && chance(SECRET_PERCENT);
    List<Column> fitting =
        relation.columns().stream()
            .filter(column -> fit.test(column.kind()))
            .filter(column -> mayTouch || !column.secret())
            .toList();
    List<Column> preferred = fitting.stream().filter(column -> column.secret() == secret).toList();
    if (!preferred.isEmpty()) {
      return one(preferred);
    }
    return fitting.isEmpty() ? relation.column(0) : one(fitting);
  }

  /** How a column is written. */
  String reference(String alias, Column column) {
    if (column.secret()) {
      touch();
    }
    return alias + "." + column.name();
  }

  /** A column, or something made of it. */
  String scalar(String alias, Column column) {
    String reference = reference(alias, column);
    int dice = number(0, 100);
    if (dice < 50) {
      return reference;
    }
    if (dice < 78) {
      uses(Construct.FUNCTION);
      return filled(one(words.functions(column.kind())), reference);
    }
    if (dice < 94) {
      uses(Construct.CAST);
      return filled(one(words.casts(column.kind())), reference);
    }
    return "CASE WHEN "
        + filled(one(words.conditions(column.kind())), reference)
        + " THEN 1 ELSE 0 END";
  }

  String condition(String alias, Column column) {
    return filled(one(words.conditions(column.kind())), reference(alias, column));
  }

  static String filled(String template, String reference) {
    return template.replace("@", reference);
  }
}

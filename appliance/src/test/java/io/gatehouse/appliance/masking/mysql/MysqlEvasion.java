package io.gatehouse.appliance.masking.mysql;

import io.gatehouse.appliance.masking.mysql.MysqlStep.Cursor;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Prepared;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Text;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One way to get at a protected value; what the words mean stands at the head of the list.
 *
 * @param note what it plays on
 * @param leaks the servers that give something away with nothing in between
 * @param textOnly whether its steps are sent as they are only
 */
record MysqlEvasion(
    String id, String note, May may, Set<Flavour> leaks, boolean textOnly, List<MysqlStep> steps) {
  private static final Pattern WRITES =
      Pattern.compile(
          "(?i)(/\\*!\\d* ?)?(GRANT|CREATE"
              + " (?!TEMPORARY)|ALTER|INSERT|UPDATE|DELETE|REPLACE|RENAME|DROP"
              + " (?!TEMPORARY)|TRUNCATE|LOAD|CALL|BEGIN|ANALYZE TABLE).*");

  /** What may become of it. */
  enum May {
    MASKED,
    DERIVED,
    REFUSED,
    CHOSEN,
    SAME
  }

  /** How it is sent. */
  enum Delivery {
    TEXT,
    PREPARED,
    CURSOR;

    MysqlStep of(MysqlStep step) {
      return switch (this) {
        case TEXT -> step;
        case PREPARED -> step instanceof Text(var sql) ? new Prepared(sql, List.of()) : step;
        case CURSOR -> step instanceof Text(var sql) ? new Cursor(sql) : step;
      };
    }
  }

  MysqlEvasion {
    leaks = Set.copyOf(leaks);
    steps = List.copyOf(steps);
  }

  static MysqlEvasion of(String id, String words, String note, List<String> lines) {
    Set<String> all = Set.of(words.split(", ", -1));
    May may =
        Arrays.stream(May.values())
            .filter(one -> all.contains(one.name().toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(id + ": " + words));
    Set<Flavour> leaks = EnumSet.allOf(Flavour.class);
    if (all.contains("nothing") || may == May.SAME) {
      leaks.clear();
    }
    leaks.removeIf(flavour -> all.contains(flavour == Flavour.MYSQL ? "mariadb" : "mysql"));
    return new MysqlEvasion(
        id, note, may, leaks, all.contains("text"), lines.stream().map(MysqlStep::parse).toList());
  }

  /** Its steps in every way in which they are sent. */
  Map<Delivery, List<MysqlStep>> deliveries() {
    Map<Delivery, List<MysqlStep>> all = new EnumMap<>(Delivery.class);
    for (Delivery delivery : Delivery.values()) {
      List<MysqlStep> sent = steps.stream().map(delivery::of).collect(Collectors.toList());
      // A cursor for a DELETE that returns rows ends MariaDB 11.4.5.
      boolean ends =
          delivery == Delivery.CURSOR
              && steps.stream().anyMatch(step -> step.sql().contains("RETURNING"));
      if (delivery == Delivery.TEXT || (!textOnly && !ends && !sent.equals(steps))) {
        all.put(delivery, sent);
      }
    }
    return all;
  }

  /** Whether the tables may be others afterwards. */
  boolean writes() {
    return steps.stream().anyMatch(step -> WRITES.matcher(step.sql()).lookingAt());
  }

  @Override
  public String toString() {
    return id + " " + steps;
  }
}

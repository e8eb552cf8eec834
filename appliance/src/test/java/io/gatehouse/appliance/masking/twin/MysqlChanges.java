package io.gatehouse.appliance.masking.twin;

import io.gatehouse.appliance.masking.twin.Relation.Column;
import java.util.List;

/** Changes of rows; whoever sends them takes them back. */
final class MysqlChanges {
  /** A column that may be set to anything of its type, and what it is set to. */
  private record Target(String relation, String column, String value) {}

  private static final List<Target> TARGETS =
      List.of(
          new Target("bank.customers", "active", "NOT active"),
          new Target("bank.customers", "last_name", "upper(last_name)"),
          new Target("bank.addresses", "city", "concat(city, '!')"),
          new Target("bank.accounts", "overdraft", "overdraft + 100"),
          new Target("bank.cards", "monthly_limit", "monthly_limit * 2"),
          new Target("bank.loans", "days_overdue", "days_overdue + 1"),
          new Target("bank.payments", "amount", "amount + 1"),
          new Target("bank.devices", "trusted", "NOT trusted"),
          new Target("bank.disputes", "amount", "amount * 2"),
          new Target("hr.employees", "title", "upper(title)"));

  private static final List<String> LEAVES =
      List.of("bank.addresses", "bank.devices", "bank.disputes", "bank.loans");

  private final Draft draft;
  private final boolean mariadb;

  MysqlChanges(Draft draft, boolean mariadb) {
    this.draft = draft;
    this.mariadb = mariadb;
  }

  String any() {
    draft.uses(Construct.CHANGE);
    return switch (draft.number(0, 5)) {
      case 0, 1 -> update();
      case 2 -> joined();
      case 3 -> delete();
      default -> insert();
    };
  }

  private String condition(String alias, Relation relation) {
    return draft.chance(30) ? " AND " + draft.condition(alias, draft.column(relation)) : "";
  }

  private String update() {
    Target target = draft.one(TARGETS);
    Relation relation = BankTables.named(target.relation());
    String value = target.value();
    if (draft.mayTouch()
        && relation.named(target.column()).kind() == Kind.TEXT
        && draft.chance(40)) {
      value = draft.reference("t", draft.column(relation, kind -> kind == Kind.TEXT));
    }
    return "UPDATE %s AS t SET %s = %s WHERE t.%s <= %d%s"
        .formatted(
            relation.sql(),
            target.column(),
            value,
            relation.key(),
            draft.number(1, 40),
            condition("t", relation));
  }

  private String joined() {
    draft.uses(Construct.JOIN);
    Relation customers = BankTables.named("bank.customers");
    return "UPDATE bank.accounts a JOIN bank.customers c ON c.customer_id = a.customer_id"
        + " SET a.overdraft = a.overdraft + 1, c.active = NOT c.active WHERE a.account_id <= "
        + draft.number(1, 40)
        + condition("c", customers);
  }

  private String delete() {
    Relation relation = BankTables.named(draft.one(LEAVES));
    String rest =
        " FROM %s WHERE %s = %d%s"
            .formatted(
                relation.sql(),
                relation.key(),
                draft.number(1, 40),
                condition(relation.sql(), relation));
    if (mariadb && draft.chance(40)) {
      Column column = draft.column(relation);
      return "DELETE" + rest + " RETURNING " + draft.scalar(relation.sql(), column);
    }
    return "DELETE" + rest;
  }

  private String insert() {
    Relation relation = BankTables.named("bank.customers");
    Column from = draft.column(relation, kind -> kind == Kind.TEXT);
    return "INSERT INTO audit.events (event_id, at, actor, action, object, details, took)"
        + " SELECT 100000, '2026-01-01', coalesce("
        + draft.reference("c", from)
        + ", '-'), 'x', 'y', '{}', 1 FROM bank.customers c WHERE c.customer_id = "
        + draft.number(1, 40)
        + (draft.chance(40) ? " ON DUPLICATE KEY UPDATE action = 'again'" : "");
  }
}

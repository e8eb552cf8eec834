package io.gatehouse.appliance.masking.twin;

import io.gatehouse.appliance.masking.twin.Relation.Column;
import java.util.List;

/** Changes of rows that return some; whoever sends them takes them back. */
final class Changes {
  /** A column that may be set to anything of its type, and what it is set to. */
  private record Target(String relation, String column, String value) {}

  private static final List<Target> TARGETS =
      List.of(
          new Target("bank.customers", "active", "NOT active"),
          new Target("bank.customers", "last_name", "upper(last_name)"),
          new Target("bank.addresses", "city", "city || '!'"),
          new Target("bank.accounts", "overdraft", "overdraft + 100"),
          new Target("bank.cards", "blocked", "NOT blocked"),
          new Target("bank.cards", "monthly_limit", "monthly_limit * 2"),
          new Target("bank.loans", "days_overdue", "days_overdue + 1"),
          new Target("bank.payments", "amount", "amount + 1"),
          new Target("bank.kyc_documents", "verified", "true"),
          new Target("bank.devices", "trusted", "NOT trusted"),
          new Target("bank.disputes", "amount", "amount * 2"),
          new Target("hr.employees", "title", "initcap(title)"));

  /** Nothing refers to their rows. */
  private static final List<String> LEAVES =
      List.of(
          "bank.addresses", "bank.devices", "bank.disputes", "bank.kyc_documents", "bank.loans");

  private final Draft draft;

  Changes(Draft draft) {
    this.draft = draft;
  }

  String any() {
    draft.uses(Construct.CHANGE);
    return switch (draft.number(0, 6)) {
      case 0, 1 -> update();
      case 2 -> many();
      case 3 -> delete();
      case 4 -> insert();
      default -> merge();
    };
  }

  private String key(Relation relation) {
    return "t." + relation.key() + " = " + draft.number(1, 40);
  }

  private String returning(Relation relation) {
    return " RETURNING t."
        + relation.key()
        + ", "
        + draft.scalar("t", draft.column(relation))
        + " AS v";
  }

  private String condition(Relation relation) {
    return draft.chance(25) ? " AND " + draft.condition("t", draft.column(relation)) : "";
  }

  private Target target() {
    return draft.one(TARGETS);
  }

  private String update() {
    Target target = target();
    Relation relation = BankTables.named(target.relation());
    String value = target.value();
    if (draft.mayTouch()
        && relation.named(target.column()).kind() == Kind.TEXT
        && draft.chance(50)) {
      Column secret = draft.column(relation, kind -> kind == Kind.TEXT);
      value = draft.reference("t", secret);
    }
    String returning =
        draft.chance(25)
            ? " RETURNING old." + target.column() + ", new." + target.column()
            : returning(relation);
    return "UPDATE "
        + relation.sql()
        + " AS t SET "
        + target.column()
        + " = "
        + value
        + " WHERE "
        + key(relation)
        + condition(relation)
        + returning;
  }

  private String many() {
    draft.uses(Construct.CTE);
    Target target = target();
    Relation relation = BankTables.named(target.relation());
    return "WITH u AS (UPDATE "
        + relation.sql()
        + " AS t SET "
        + target.column()
        + " = "
        + target.value()
        + " WHERE t."
        + relation.key()
        + " BETWEEN 3 AND 12"
        + condition(relation)
        + returning(relation)
        + ") SELECT * FROM u ORDER BY 1";
  }

  private String delete() {
    Relation relation = BankTables.named(draft.one(LEAVES));
    return "DELETE FROM "
        + relation.sql()
        + " AS t WHERE "
        + key(relation)
        + condition(relation)
        + returning(relation);
  }

  private String insert() {
    Relation relation = BankTables.named("bank.customers");
    Column from = draft.column(relation, kind -> kind == Kind.TEXT);
    return "INSERT INTO audit.events AS t (event_id, at, actor, action, object, details, took)"
        + " SELECT 100000, '2026-01-01', coalesce("
        + draft.reference("c", from)
        + ", '-'), 'x', 'y', '{}', '1 s' FROM bank.customers c WHERE c.customer_id = "
        + draft.number(1, 40)
        + " RETURNING t.event_id, t.actor";
  }

  private String merge() {
    Target target = target();
    Relation relation = BankTables.named(target.relation());
    String value = target.value().replace(target.column(), "t." + target.column());
    return "MERGE INTO "
        + relation.sql()
        + " AS t USING (VALUES ("
        + draft.number(1, 40)
        + ")) AS s(k) ON t."
        + relation.key()
        + " = s.k WHEN MATCHED"
        + condition(relation)
        + " THEN UPDATE SET "
        + target.column()
        + " = "
        + value
        + returning(relation);
  }
}

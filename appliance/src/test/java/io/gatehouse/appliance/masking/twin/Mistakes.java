package io.gatehouse.appliance.masking.twin;

import io.gatehouse.appliance.masking.twin.Relation.Column;
import java.util.List;

/** Statements that are errors, for all rows or for those with certain values. */
final class Mistakes {
  private static final List<String> PLAIN =
      List.of(
          "SELECT 1 / 0",
          "SELECT 'one'::int",
          "SELEC 1",
          "SELECT nothing FROM bank.customers",
          "SELECT 1 FROM bank.nothing",
          "SELECT count(*), city FROM bank.addresses",
          "SELECT sum(first_name) FROM bank.customers",
          "SELECT ssn(1)",
          "INSERT INTO ref.countries VALUES ('CH', 'again', false)",
          "DELETE FROM ref.countries WHERE code = 'CH'",
          "SELECT transaction_id / (amount - amount) FROM bank.transactions ORDER BY 1 LIMIT 1",
          "EXECUTE nothing",
          "FETCH ALL FROM nothing",
          "SELECT * FROM (SELECT 1 AS a, 2 AS a) t ORDER BY a",
          "UPDATE ref.branches SET country = 'ch' WHERE branch_id = 1");

  /** The failing row is told, or a key that is protected. */
  private static final List<String> TELLING =
      List.of(
          "UPDATE hr.employees SET salary = -1 WHERE employee_id = 3",
          "UPDATE bank.accounts SET closed = '1900-01-01' WHERE account_id = 5",
          "UPDATE bank.customers SET branch_id = NULL WHERE customer_id = 8",
          "UPDATE bank.addresses SET kind = 'x' WHERE address_id = 11",
          "UPDATE bank.cards SET pan = (SELECT pan FROM bank.cards WHERE card_id = 9) WHERE card_id"
              + " = 10",
          "DELETE FROM bank.cards WHERE card_id <= 60",
          "UPDATE bank.disputes SET card_pan = reverse(card_pan) WHERE dispute_id = 2");

  private final Draft draft;

  Mistakes(Draft draft) {
    this.draft = draft;
  }

  String any() {
    draft.uses(Construct.MISTAKE);
    if (!draft.mayTouch()) {
      return draft.one(PLAIN);
    }
    if (draft.chance(30)) {
      draft.touch();
      return draft.one(TELLING);
    }
    Relation relation = draft.relation();
    Column column = draft.column(relation);
    String reference = draft.reference("t", column);
    String partial = Draft.filled(draft.one(column.kind().partial()), reference);
    String from = " FROM " + relation.sql() + " AS t WHERE t." + relation.key() + " <= 30";
    return draft.chance(50)
        ? "SELECT t." + relation.key() + ", " + partial + from + " ORDER BY 1"
        : "SELECT count(*)" + from + " AND (" + partial + ") IS NOT NULL";
  }
}

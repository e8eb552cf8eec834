package io.gatehouse.appliance.sql.witness;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/** Walks Calcite's trees. Lives for one testimony, on the thread that reads. */
final class CalciteSight {
  /** Where a relation may stand, with the relation as first operand. */
  private static final Set<SqlKind> AROUND_RELATION =
      Set.of(
          SqlKind.AS,
          SqlKind.TABLE_REF,
          SqlKind.TABLESAMPLE,
          SqlKind.LATERAL,
          SqlKind.EXPLICIT_TABLE);

  /** Calcite counts SET and COMMIT as definitions. */
  private static final Pattern DEFINES = Pattern.compile("(CREATE|DROP|ALTER)_(?!SESSION).*");

  private final Sightings sightings;
  private boolean misread;

  CalciteSight(Sightings sightings) {
    this.sightings = sightings;
  }

  /** Whether it is a kind of statement of which this witness says anything. */
  boolean sees(SqlNode statement) {
    SqlKind kind = statement.getKind();
    if (DEFINES.matcher(kind.name()).matches()) {
      sightings.writes();
    } else if (!SqlKind.QUERY.contains(kind) && !SqlKind.DML.contains(kind)) {
      return false;
    }
    walk(statement);
    return !misread;
  }

  @SuppressWarnings("ReferenceEquality") // the same node, not an equal one elsewhere
  private void walk(@Nullable SqlNode node) {
    switch (node) {
      case null -> {}
      case SqlSelect select -> select(select);
      case SqlWithItem item -> {
        sightings.withName(folded(item.name).getLast());
        walk(item.query);
      }
      case SqlInsert insert -> changes(insert.getTargetTable(), insert.getSource());
      case SqlUpdate update ->
          changes(update.getTargetTable(), update.getSourceExpressionList(), update.getCondition());
      case SqlDelete delete -> changes(delete.getTargetTable(), delete.getCondition());
      case SqlMerge merge -> {
        from(merge.getSourceTableRef());
        changes(
            merge.getTargetTable(),
            merge.getCondition(),
            merge.getUpdateCall(),
            merge.getInsertCall());
      }
      case SqlCall call when call.getKind() == SqlKind.EXPLICIT_TABLE -> from(call);
      case SqlCall call -> call.getOperandList().forEach(this::walk);
      case SqlNodeList list -> list.forEach(this::walk);
      default -> {}
    }
  }

  private void select(SqlSelect select) {
    from(select.getFrom());
    walk(select.getSelectList());
    walk(select.getWhere());
    walk(select.getGroup());
    walk(select.getHaving());
    walk(select.getWindowList());
    walk(select.getQualify());
    walk(select.getOrderList());
    walk(select.getOffset());
    walk(select.getFetch());
  }

  private void changes(SqlNode target, @Nullable SqlNode... parts) {
    sightings.writes();
    from(target);
    for (SqlNode part : parts) {
      walk(part);
    }
  }

  /** A node that stands where a relation does. */
  private void from(@Nullable SqlNode node) {
    switch (node) {
      case null -> {}
      case SqlIdentifier name -> relation(name);
      case SqlJoin join -> {
        from(join.getLeft());
        from(join.getRight());
        walk(join.getCondition());
      }
      case SqlCall call when AROUND_RELATION.contains(call.getKind()) -> from(call.operand(0));
      default -> walk(node);
    }
  }

  /** FROM ONLY t is read as a relation by the name of ONLY, which no relation can have. */
  private void relation(SqlIdentifier name) {
    List<String> parts = folded(name);
    if (parts.equals(List.of("only")) && !name.isComponentQuoted(0)) {
      misread = true;
    } else {
      sightings.relation(parts);
    }
  }

  private static List<String> folded(SqlIdentifier name) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < name.names.size(); i++) {
      String part = name.names.get(i);
      parts.add(name.isComponentQuoted(i) ? part : Folding.unquoted(part));
    }
    return parts;
  }
}

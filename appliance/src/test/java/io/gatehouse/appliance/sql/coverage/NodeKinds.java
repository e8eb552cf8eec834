package io.gatehouse.appliance.sql.coverage;

import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Maintenance;
import io.gatehouse.appliance.sql.tree.Privileges;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.SessionStatement;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.With;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The server's kinds of node, each with ours, one of which has to be where it is. */
final class NodeKinds {
  private static final Map<String, Set<Class<?>>> STATEMENTS = new HashMap<>();

  static {
    STATEMENTS.put("SelectStmt", Set.of(Statement.QueryStatement.class));
    STATEMENTS.put("InsertStmt", Set.of(Change.Insert.class));
    STATEMENTS.put("UpdateStmt", Set.of(Change.Update.class));
    STATEMENTS.put("DeleteStmt", Set.of(Change.Delete.class));
    STATEMENTS.put("MergeStmt", Set.of(Change.Merge.class));
    STATEMENTS.put("ExplainStmt", Set.of(Statement.Explain.class));
    STATEMENTS.put("CopyStmt", Set.of(Statement.Copy.class));
    STATEMENTS.put("CreateTableAsStmt", Set.of(Statement.CreateTableAs.class));
    STATEMENTS.put("ViewStmt", Set.of(Statement.CreateView.class));
    STATEMENTS.put("RefreshMatViewStmt", Set.of(Statement.RefreshView.class));
    STATEMENTS.put("TransactionStmt", Set.of(SessionStatement.Transaction.class));
    STATEMENTS.put(
        "VariableSetStmt",
        Set.of(
            SessionStatement.SetVariable.class,
            SessionStatement.SetTransaction.class,
            SessionStatement.Reset.class));
    STATEMENTS.put("VariableShowStmt", Set.of(SessionStatement.Show.class));
    STATEMENTS.put("ConstraintsSetStmt", Set.of(SessionStatement.SetConstraints.class));
    STATEMENTS.put("DoStmt", Set.of(SessionStatement.DoBlock.class));
    STATEMENTS.put("CallStmt", Set.of(SessionStatement.CallProcedure.class));
    STATEMENTS.put("DeclareCursorStmt", Set.of(SessionStatement.DeclareCursor.class));
    STATEMENTS.put("FetchStmt", Set.of(SessionStatement.Fetch.class));
    STATEMENTS.put("ClosePortalStmt", Set.of(SessionStatement.CloseCursor.class));
    STATEMENTS.put("PrepareStmt", Set.of(SessionStatement.Prepare.class));
    STATEMENTS.put("ExecuteStmt", Set.of(SessionStatement.Execute.class));
    STATEMENTS.put("DeallocateStmt", Set.of(SessionStatement.Deallocate.class));
    STATEMENTS.put("DiscardStmt", Set.of(SessionStatement.Discard.class));
    STATEMENTS.put("ListenStmt", Set.of(SessionStatement.Listen.class));
    STATEMENTS.put("UnlistenStmt", Set.of(SessionStatement.Unlisten.class));
    STATEMENTS.put("NotifyStmt", Set.of(SessionStatement.Notify.class));
    STATEMENTS.put("LockStmt", Set.of(SessionStatement.Lock.class));
    STATEMENTS.put("TruncateStmt", Set.of(Maintenance.Truncate.class));
    STATEMENTS.put("VacuumStmt", Set.of(Maintenance.Vacuum.class));
    STATEMENTS.put("ClusterStmt", Set.of(Maintenance.Cluster.class));
    STATEMENTS.put("ReindexStmt", Set.of(Maintenance.Reindex.class));
    STATEMENTS.put("CheckPointStmt", Set.of(Maintenance.Checkpoint.class));
    STATEMENTS.put("LoadStmt", Set.of(Maintenance.Load.class));
    STATEMENTS.put("GrantStmt", Set.of(Privileges.Grant.class));
    STATEMENTS.put("GrantRoleStmt", Set.of(Privileges.GrantRole.class));
    STATEMENTS.put("AlterDefaultPrivilegesStmt", Set.of(Privileges.DefaultPrivileges.class));
  }

  /** What may stand inside a statement. */
  private static final Map<String, Set<Class<?>>> INSIDE =
      Map.ofEntries(
          Map.entry("A_ArrayExpr", Set.of(Expression.ArrayItems.class)),
          Map.entry(
              "A_Star",
              Set.of(
                  Expression.AllColumns.class, Expression.AllFields.class, Query.WholeTable.class)),
          Map.entry("CaseExpr", Set.of(Expression.Case.class)),
          Map.entry("CollateClause", Set.of(Expression.Collate.class)),
          Map.entry(
              "ColumnRef",
              Set.of(
                  Expression.ColumnReference.class,
                  Expression.AllColumns.class,
                  Query.WholeTable.class,
                  // The value of SET is one to the grammar.
                  SessionStatement.SetVariable.class)),
          Map.entry("CommonTableExpr", Set.of(With.CommonTable.class)),
          Map.entry("CurrentOfExpr", Set.of(Expression.CurrentOf.class)),
          Map.entry("IntoClause", Set.of(Query.Into.class, Statement.CreateTableAs.class)),
          Map.entry("JoinExpr", Set.of(FromItem.Join.class)),
          Map.entry("JsonTable", Set.of(FromItem.TableExpression.class)),
          Map.entry("LockingClause", Set.of(Query.Locking.class)),
          Map.entry("MergeWhenClause", Set.of(Change.MergeWhen.class)),
          Map.entry("MultiAssignRef", Set.of(Change.Assignment.class)),
          Map.entry("ParamRef", Set.of(Expression.Parameter.class)),
          Map.entry("RangeFunction", Set.of(FromItem.Functions.class)),
          Map.entry("RangeSubselect", Set.of(FromItem.Derived.class)),
          Map.entry("RangeTableFunc", Set.of(FromItem.TableExpression.class)),
          Map.entry("RangeTableSample", Set.of(FromItem.Sample.class)),
          Map.entry("SubLink", Set.of(Expression.Subquery.class, Expression.InQuery.class)),
          Map.entry("SQLValueFunction", Set.of(Expression.Special.class)),
          Map.entry("XmlExpr", Set.of(Expression.Special.class, Expression.Test.class)));

  private NodeKinds() {}

  /** Ours of a kind of statement; what is not listed is a definition. */
  static Set<Class<?>> ofStatement(String node) {
    return STATEMENTS.getOrDefault(node, Set.of(Statement.Definition.class));
  }

  /** Those of a tree that ours has nothing for. */
  static List<String> missing(Set<String> nodes, TreeParts ours) {
    return nodes.stream().filter(node -> !found(node, ours)).sorted().toList();
  }

  private static boolean found(String node, TreeParts ours) {
    if (node.equals("SelectStmt")) {
      return ours.has(Query.class);
    }
    boolean statement = node.endsWith("Stmt");
    Set<Class<?>> wanted = statement ? ofStatement(node) : INSIDE.getOrDefault(node, Set.of());
    return wanted.isEmpty() || wanted.stream().anyMatch(ours::has);
  }
}

package io.gatehouse.appliance.sql.coverage;

import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Maintenance;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Privileges;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Statement;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything in a tree, found without knowing its shape: no walk of ours can leave a branch out.
 */
final class TreeParts {
  private final Set<List<String>> relations = new HashSet<>();
  private final Set<List<String>> functions = new HashSet<>();
  private final Set<Class<?>> kinds = new HashSet<>();
  private boolean bodyLeftOut;

  static TreeParts of(List<? extends Object> trees) {
    TreeParts parts = new TreeParts();
    trees.forEach(parts::walk);
    return parts;
  }

  Set<List<String>> relations() {
    return relations;
  }

  Set<List<String>> functions() {
    return functions;
  }

  boolean has(Class<?> kind) {
    return kinds.contains(kind);
  }

  /** Whether a definition is there of which only the head was read. */
  boolean bodyLeftOut() {
    return bodyLeftOut;
  }

  private void walk(Object part) {
    switch (part) {
      case Optional<?> optional -> optional.ifPresent(this::walk);
      case Collection<?> all -> all.forEach(this::walk);
      case Record node -> {
        kinds.add(node.getClass());
        named(node);
        for (RecordComponent component : node.getClass().getRecordComponents()) {
          walk(value(component, node));
        }
      }
      default -> {}
    }
  }

  private static Object value(RecordComponent component, Record node) {
    try {
      return component.getAccessor().invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void named(Record node) {
    switch (node) {
      case FromItem.Table table -> relation(table.name());
      case Query.Into into -> relation(into.table());
      case Change.Insert insert -> relation(insert.table());
      case Statement.CopyTable copy -> relation(copy.table());
      case Statement.CreateTableAs create -> relation(create.table());
      case Statement.CreateView create -> relation(create.view());
      case Statement.RefreshView refresh -> relation(refresh.view());
      case Statement.Definition definition -> {
        definition.names().forEach(this::relation);
        definition.on().ifPresent(this::relation);
        bodyLeftOut |= !definition.bodyRead();
      }
      case Maintenance.Cluster cluster -> cluster.table().ifPresent(this::relation);
      case Maintenance.Reindex reindex -> reindex.name().ifPresent(this::relation);
      case Privileges.Grant grant -> grant.objects().forEach(this::relation);
      case Query.Locking locking -> locking.of().forEach(this::relation);
      case Expression.Call call -> functions.add(texts(call.name()));
      // To the grammar, ESCAPE is a call.
      case Expression.Like like when like.escape().isPresent() ->
          functions.add(List.of("pg_catalog", "like_escape"));
      default -> {}
    }
  }

  private void relation(QualifiedName name) {
    relations.add(texts(name));
  }

  private static List<String> texts(QualifiedName name) {
    return name.parts().stream().map(Name::text).toList();
  }
}

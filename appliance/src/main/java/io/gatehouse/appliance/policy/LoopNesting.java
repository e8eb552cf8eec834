package io.gatehouse.appliance.policy;

import dev.cel.bundle.Cel;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.validator.CelAstValidator;

/**
 * Refuses loops in loops in loops, and patterns in loops in loops, when the policy is read: turns
 * are counted, and a pattern makes a turn expensive.
 */
record LoopNesting(int most) implements CelAstValidator {

  @Override
  public void validate(CelNavigableAst tree, Cel cel, IssuesFactory issues) {
    tree.getRoot()
        .allNodes()
        .filter(LoopNesting::loop)
        .filter(node -> depth(node) > most)
        .forEach(node -> issues.addError(node.id(), "more than " + most + " loops in each other"));
    tree.getRoot()
        .allNodes()
        .filter(LoopNesting::pattern)
        .filter(node -> depth(node) > 1)
        .forEach(node -> issues.addError(node.id(), "a pattern in more than one loop"));
  }

  private static boolean pattern(CelNavigableExpr node) {
    return node.getKind() == CelExpr.ExprKind.Kind.CALL
        && node.expr().call().function().equals("matches");
  }

  private static boolean loop(CelNavigableExpr node) {
    return node.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION;
  }

  private static int depth(CelNavigableExpr node) {
    int outer = node.parent().map(LoopNesting::depth).orElse(0);
    return loop(node) ? outer + 1 : outer;
  }
}

package io.gatehouse.appliance.policy;

import dev.cel.bundle.Cel;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.validator.CelAstValidator;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds networks and time zones that no evaluation could read, when the policy is read. */
final class LiteralArguments implements CelAstValidator {
  static final String IN_NETWORK = "inNetwork";

  private static final Pattern TIME_PART =
      Pattern.compile(
          "get(FullYear|Month|Date|DayOfMonth|DayOfWeek|DayOfYear|Hours|Minutes|Seconds"
              + "|Milliseconds)");
  private static final Pattern OFFSET = Pattern.compile("[+-]?\\d{2}:\\d{2}");

  @Override
  public void validate(CelNavigableAst tree, Cel cel, IssuesFactory issues) {
    tree.getRoot()
        .allNodes()
        .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
        .map(CelNavigableExpr::expr)
        .forEach(expression -> check(expression.call(), issues));
  }

  private static void check(CelExpr.CelCall call, IssuesFactory issues) {
    if (call.function().equals(IN_NETWORK) && call.args().size() == 2) {
      text(call.args().get(1))
          .filter(network -> !network(network))
          .ifPresent(
              _ -> issues.addError(call.args().get(1).id(), "not a network like 10.0.0.0/8"));
    } else if (TIME_PART.matcher(call.function()).matches() && call.args().size() == 1) {
      text(call.args().get(0))
          .filter(zone -> !zone(zone))
          .ifPresent(_ -> issues.addError(call.args().get(0).id(), "not a time zone"));
    }
  }

  private static Optional<String> text(CelExpr argument) {
    return argument.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? Optional.of(argument.constant().stringValue())
        : Optional.empty();
  }

  private static boolean network(String text) {
    try {
      return Network.parse(text).bits() >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean zone(String text) {
    try {
      return OFFSET.matcher(text).matches() || !ZoneId.of(text).getId().isEmpty();
    } catch (DateTimeException e) {
      return false;
    }
  }
}

package io.gatehouse.appliance.policy;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns the text of a condition into a {@link Condition} with bounds on its size, its nesting and
 * the work of one evaluation. Safe for any thread.
 */
final class ConditionCompiler {
  static final int MOST_CHARACTERS = 4_096;
  static final int DEEPEST_EXPRESSION = 64;
  static final int DEEPEST_LOOP = 2;

  /** All loops of one evaluation together; a condition runs on an event loop. */
  static final int MOST_ITERATIONS = 5_000;

  /** RE2 takes time in proportion to this and to the text. */
  static final int MOST_REGEX_STEPS = 500;

  private final Cel cel = environment();
  private final CelValidator validator =
      CelValidatorFactory.standardCelValidatorBuilder(cel)
          .addAstValidators(
              TimestampLiteralValidator.INSTANCE,
              DurationLiteralValidator.INSTANCE,
              RegexLiteralValidator.INSTANCE,
              new LoopNesting(DEEPEST_LOOP),
              new LiteralArguments())
          .build();

  /** What is wrong with a condition, one sentence for each problem. */
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    UnusableException(List<String> problems) {
      super(String.join("; ", problems));
      this.problems = List.copyOf(problems);
    }

    List<String> problems() {
      return problems;
    }
  }

  private static Cel environment() {
    CelBuilder builder =
        CelFactory.plannerCelBuilder()
            .setOptions(
                CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .maxExpressionCodePointSize(MOST_CHARACTERS)
                    .maxParseRecursionDepth(DEEPEST_EXPRESSION)
                    .maxRegexProgramSize(MOST_REGEX_STEPS)
                    .comprehensionMaxIterations(MOST_ITERATIONS)
                    .build())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL)
            .addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                    LiteralArguments.IN_NETWORK,
                    CelOverloadDecl.newGlobalOverload(
                        "in_network_string_string",
                        SimpleType.BOOL,
                        SimpleType.STRING,
                        SimpleType.STRING)))
            .addFunctionBindings(
                CelFunctionBinding.from(
                    "in_network_string_string",
                    String.class,
                    String.class,
                    (address, network) ->
                        Network.parse(network).contains(InetAddress.ofLiteral(address))));
    for (Variable variable : Variable.values()) {
      builder.addVar(variable.path(), variable.type());
    }
    return builder.build();
  }

  Condition compile(String text) throws UnusableException {
    CelValidationResult compiled = cel.compile(text);
    refuse(compiled);
    try {
      CelAbstractSyntaxTree tree = compiled.getAst();
      refuse(validator.validate(tree));
      return refuseConstant(
          new Condition(cel.createProgram(tree), reading(tree), variables(tree)), tree);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new UnusableException(List.of("cannot be compiled: " + e.getMessage()));
    }
  }

  private static void refuse(CelValidationResult result) throws UnusableException {
    if (result.hasError()) {
      throw new UnusableException(
          result.getErrors().stream().map(ConditionCompiler::sentence).toList());
    }
  }

  private static String sentence(CelIssue issue) {
    int column = issue.getSourceLocation().getColumn() + 1;
    return "is not a condition, at character " + column + ": " + issue.getMessage().strip();
  }

  /** A condition that reads nothing is a slip of the pen; one that is never true kills its rule. */
  private static Condition refuseConstant(Condition condition, CelAbstractSyntaxTree tree)
      throws UnusableException {
    if (reads(tree).findAny().isPresent()) {
      return condition;
    }
    throw new UnusableException(
        List.of(
            switch (condition.ask(Map.of())) {
              case YES -> "is always true; leave it out";
              case NO -> "is always false, so the rule is never reached";
              case MAYBE -> "can never be evaluated";
            }));
  }

  private static Condition.Reading reading(CelAbstractSyntaxTree tree) {
    boolean counts = true;
    boolean reads = false;
    for (Read read : reads(tree).toList()) {
      reads = reads || read.variable().circumstance();
      counts = counts && (read.variable() != Variable.BINDS || size(read.node()));
    }
    if (!reads) {
      return Condition.Reading.NOTHING;
    }
    return counts ? Condition.Reading.BIND_COUNT : Condition.Reading.EVERYTHING;
  }

  /** Anything of the caller where its name stands for more than one of its variables. */
  private static Set<Variable> variables(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .flatMap(node -> variables(node, tree))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<Variable> variables(CelNavigableExpr node, CelAbstractSyntaxTree tree) {
    Optional<String> name = name(node, tree);
    Optional<Variable> variable = name.flatMap(ConditionCompiler::variable);
    if (variable.isPresent()) {
      return variable.stream();
    }
    boolean partOfVariable =
        node.parent()
            .flatMap(parent -> name(parent, tree))
            .flatMap(ConditionCompiler::variable)
            .isPresent();
    return !partOfVariable && name.filter(ConditionCompiler::caller).isPresent()
        ? CallerReading.everything()
        : Stream.empty();
  }

  private static boolean caller(String name) {
    return bare(name).equals("caller") || bare(name).startsWith("caller.");
  }

  private static String bare(String name) {
    return name.startsWith(".") ? name.substring(1) : name;
  }

  private static boolean size(CelNavigableExpr node) {
    return node.parent()
        .filter(parent -> parent.getKind() == CelExpr.ExprKind.Kind.CALL)
        .filter(parent -> parent.expr().call().function().equals("size"))
        .isPresent();
  }

  /** A place in a condition that reads a variable. */
  private record Read(Variable variable, CelNavigableExpr node) {}

  /** Names that a loop introduces and that are spelled like a variable count as that variable. */
  private static Stream<Read> reads(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .flatMap(
            node ->
                name(node, tree).flatMap(ConditionCompiler::variable).stream()
                    .map(variable -> new Read(variable, node)));
  }

  private static Optional<Variable> variable(String name) {
    return Stream.of(Variable.values())
        .filter(variable -> variable.path().equals(bare(name)))
        .findFirst();
  }

  private static Optional<String> name(CelNavigableExpr node, CelAbstractSyntaxTree tree) {
    Optional<String> resolved =
        tree.getReference(node.id())
            .map(reference -> reference.name())
            .filter(name -> !name.isEmpty());
    return resolved.or(
        () ->
            node.getKind() == CelExpr.ExprKind.Kind.IDENT
                ? Optional.of(node.expr().ident().name())
                : Optional.empty());
  }
}

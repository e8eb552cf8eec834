package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.Dialects;
import io.gatehouse.appliance.sql.SecretSpan;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.sql.UnreadDialect;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What SQL in one argument of a call does. Nothing is known of the session in which the tool will
 * run it but that it was once a fresh one: what would leave that as another counts as anything, as
 * does what cannot be read.
 *
 * @param statements in order
 * @param command all of them together
 */
record SqlOfCall(List<Analysed> statements, Command command) {
  private static final String UNREAD = "(unread)";
  private static final String LEAVES =
      "it runs code, or leaves something in the tool's session, that the gate cannot follow there";

  private static final Command NO_STATEMENT =
      new Command(
          Operation.SESSION,
          List.of(Access.of(Operation.SESSION, Resource.of(Resource.Kind.SESSION))),
          Set.of(),
          Certainty.EXACT,
          "",
          "");

  SqlOfCall {
    statements = List.copyOf(statements);
  }

  /** Nobody read it. */
  static SqlOfCall unread(String place, String why) {
    Found found = new Found(place);
    found.anything(why);
    return found.result();
  }

  static SqlOfCall read(SqlDialect dialect, CallAnalysis.Argument argument) {
    Found found = new Found(argument.placed().called());
    SqlDialect.Scene scene = scene(argument);
    for (String text : argument.texts()) {
      Analysis.analysed(dialect, text, scene).forEach(found::add);
    }
    return found.result();
  }

  private static SqlDialect.Scene scene(CallAnalysis.Argument argument) {
    return new SqlDialect.Scene(
        argument.catalog(),
        argument.names(),
        BegunSessions.standardStrings(argument.names()),
        true);
  }

  /** Of a call without SQL. */
  static Analysed nothing(Command call) {
    return new Analysed(call, List.of(), false, Lineage.NONE);
  }

  /** The call with all of its SQL. */
  static Command together(Command call, List<SqlOfCall> all) {
    List<String> doubts =
        all.stream().map(one -> one.command().doubt()).filter(doubt -> !doubt.isEmpty()).toList();
    Stream<Command> sql = all.stream().map(SqlOfCall::command);
    boolean exact = all.stream().allMatch(one -> one.command().certainty() == Certainty.EXACT);
    // Callers are told of the first access that no rule allows, and that is not the tool then.
    Stream<Command> commands =
        exact ? Stream.concat(Stream.of(call), sql) : Stream.concat(sql, Stream.of(call));
    return together(
        commands.toList(),
        call.fingerprint()
            + ": "
            + String.join("; ", all.stream().map(one -> one.command().fingerprint()).toList()),
        doubts.isEmpty() ? "" : doubts.getFirst());
  }

  private static Command together(List<Command> commands, String fingerprint, String doubt) {
    Operation gravest = Operation.SESSION;
    Set<Access> accesses = new LinkedHashSet<>();
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    Certainty certainty = Certainty.EXACT;
    for (Command command : commands) {
      gravest = gravest.or(command.operation());
      accesses.addAll(command.accesses());
      traits.addAll(command.traits());
      certainty = command.certainty() == Certainty.EXACT ? certainty : Certainty.OUTLINE;
    }
    return new Command(gravest, List.copyOf(accesses), traits, certainty, fingerprint, doubt);
  }

  /** Characters of all texts, one behind the other, that are passwords. */
  static List<SecretSpan> secrets(Dialects dialects, List<CallAnalysis.Argument> arguments) {
    List<SecretSpan> all = new ArrayList<>();
    int from = 0;
    for (CallAnalysis.Argument argument : arguments) {
      for (String text : argument.texts()) {
        SqlDialect dialect = dialects.of(argument.placed().argument().dialect());
        for (SecretSpan span : secrets(dialect, argument, text)) {
          all.add(new SecretSpan(from + span.start(), from + span.end()));
        }
        from += text.length();
      }
    }
    return all;
  }

  /** All of what nobody read. */
  static List<SecretSpan> whole(List<CallAnalysis.Argument> arguments) {
    int length =
        arguments.stream()
            .flatMap(argument -> argument.texts().stream())
            .mapToInt(String::length)
            .sum();
    return List.of(new SecretSpan(0, length));
  }

  /** All of it, where nobody can look for them. */
  private static List<SecretSpan> secrets(
      SqlDialect dialect, CallAnalysis.Argument argument, String text) {
    try {
      return dialect.secrets(text, scene(argument));
    } catch (RuntimeException | StackOverflowError e) {
      return List.of(new SecretSpan(0, text.length()));
    }
  }

  /** Filled statement by statement. */
  private static final class Found {
    private final String place;
    private final List<Analysed> statements = new ArrayList<>();
    private final List<String> fingerprints = new ArrayList<>();
    private String doubt = "";

    private Found(String place) {
      this.place = place;
    }

    private void add(Analysed statement) {
      Command command = statement.command();
      if (command.certainty() == Certainty.NONE) {
        anything(command.doubt());
        return;
      }
      statements.add(statement);
      fingerprints.add(command.fingerprint());
      if (statement.consequences().stream().anyMatch(Found::cannotBeFollowed)) {
        anything(LEAVES);
      }
    }

    private void anything(String why) {
      Analysed anything = UnreadDialect.anything();
      if (!statements.contains(anything)) {
        // Callers are told of the first access that no rule allows.
        statements.addFirst(anything);
        fingerprints.add(UNREAD);
      }
      doubt = doubt.isEmpty() ? "the SQL in " + place + ": " + why : doubt;
    }

    private static boolean cannotBeFollowed(Consequence consequence) {
      return switch (consequence) {
        case Consequence.MovesNames _,
            Consequence.MovesObjects _,
            Consequence.MakesTemporary _,
            Consequence.BeginsAnew _,
            Consequence.RunsCode _,
            Consequence.RunsPrepared _,
            Consequence.Fetches _ ->
            true;
        case Consequence.EndsTransaction _,
            Consequence.Defines _,
            Consequence.Prepares _,
            Consequence.Declares _,
            Consequence.Deallocates _,
            Consequence.Closes _ ->
            false;
      };
    }

    private SqlOfCall result() {
      List<Command> commands =
          statements.isEmpty()
              ? List.of(NO_STATEMENT)
              : statements.stream().map(Analysed::command).toList();
      return new SqlOfCall(statements, together(commands, String.join("; ", fingerprints), doubt));
    }
  }

  /** What of the target it changes, by name. */
  List<Consequence> definitions() {
    return statements.stream()
        .flatMap(one -> one.consequences().stream())
        .filter(Consequence.Defines.class::isInstance)
        .toList();
  }
}

package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Resource.Kind;
import io.gatehouse.plugin.Trait;
import io.gatehouse.plugin.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Commands in words, as examples give them: {@code read table public.orders}. */
public final class CommandText {
  private static final String INDIRECT = "indirect ";

  private CommandText() {}

  /** Reads {@code [indirect] OPERATION KIND [NAME]}; a name's parts have dots between them. */
  public static Access access(String text) {
    boolean indirect = text.startsWith(INDIRECT);
    String[] words = (indirect ? text.substring(INDIRECT.length()) : text).split(" ", 3);
    Optional<Operation> operation = Words.find(Operation.values(), words[0]);
    Optional<Kind> kind = words.length < 2 ? Optional.empty() : Words.find(Kind.values(), words[1]);
    if (operation.isEmpty() || kind.isEmpty()) {
      throw new IllegalArgumentException(
          "must be an operation, a kind of thing and its name, like: read table public.orders");
    }
    Resource resource =
        new Resource(kind.get(), words.length < 3 ? List.of() : path(kind.get(), words[2]));
    return new Access(resource, operation.get(), indirect);
  }

  private static List<String> path(Kind kind, String name) {
    return Depth.of(kind) == 1 ? List.of(name) : List.of(name.split("\\.", -1));
  }

  public static Trait trait(String word) {
    return Words.find(Trait.values(), word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no trait \""
                        + word
                        + "\"; traits: "
                        + String.join(", ", RuleReader.TRAITS.keySet())));
  }

  /** A command that is understood and does the gravest of these. */
  public static Command command(List<Access> accesses, Set<Trait> traits, Certainty certainty) {
    Operation gravest =
        accesses.stream().map(Access::operation).reduce(Operation.SESSION, Operation::or);
    return accesses.isEmpty() || gravest == Operation.UNKNOWN || certainty == Certainty.NONE
        ? Command.notUnderstood("the example says so")
        : new Command(gravest, accesses, traits, certainty, "", "");
  }

  /** A command for people, line by line. */
  public static List<String> describe(Command command) {
    List<String> lines = new ArrayList<>();
    lines.add("operation: " + Words.of(command.operation()));
    lines.add("certainty: " + Words.of(command.certainty()));
    if (!command.doubt().isEmpty()) {
      lines.add("doubt:     " + command.doubt());
    }
    if (!command.traits().isEmpty()) {
      lines.add("traits:    " + String.join(", ", Words.of(command.traits())));
    }
    for (Access access : command.accesses()) {
      lines.add("touches:   " + describe(access));
    }
    return lines;
  }

  /** A verdict for people: {@code allow by reads, at most 100 rows}. */
  public static String describe(Verdict verdict) {
    String kind = Example.kind(verdict).word() + " by " + verdict.rule();
    return switch (verdict) {
      case Verdict.Deny deny -> kind + ": " + deny.message();
      case Verdict.Hold hold -> kind + ": " + hold.message();
      case Verdict.Allow allow -> kind + describe(allow.bounds()) + describe(allow.sought());
      case Verdict.AllowMasked masked ->
          kind + describe(masked.bounds()) + describe(masked.sought());
    };
  }

  /** What is on record, for people. */
  public static String describe(RecordTerms terms) {
    return "on record "
        + (terms.results() ? "with its results" : "without its results")
        + (terms.retention().isEmpty() ? "" : ", in the class " + terms.retention());
  }

  private static String describe(Verdict.Bounds bounds) {
    StringBuilder words = new StringBuilder();
    if (bounds.rows() != Verdict.Bounds.NONE.rows()) {
      words.append(", at most ").append(bounds.rows()).append(" rows");
    }
    if (bounds.bytes() != Verdict.Bounds.NONE.bytes()) {
      words.append(", at most ").append(bounds.bytes()).append(" bytes");
    }
    if (!bounds.time().equals(Verdict.Bounds.NONE.time())) {
      words.append(", at most ").append(bounds.time().toMillis()).append(" ms");
    }
    return words.toString();
  }

  private static String describe(List<Verdict.Sought> sought) {
    return sought.stream()
        .map(one -> one.detector() + " (" + Words.of(one.found()) + ", " + one.rule() + ")")
        .distinct()
        .reduce((one, next) -> one + ", " + next)
        .map(all -> ", its results searched by " + all)
        .orElse("");
  }

  private static String describe(Access access) {
    return (access.indirect() ? INDIRECT : "")
        + Words.of(access.operation())
        + " "
        + access.resource();
  }
}

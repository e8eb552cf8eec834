package io.gatehouse.plugin;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One thing a caller asks for, the same for every protocol. It holds no literal of the text it came
 * from.
 *
 * @param operation the gravest of what it does
 * @param accesses what it touches; never empty
 * @param traits what else is worth knowing
 * @param certainty how much of this the analysis vouches for
 * @param fingerprint the command without its literals, for people, equal for commands that differ
 *     in literals only
 * @param doubt why it was not understood; empty if it was
 */
public record Command(
    Operation operation,
    List<Access> accesses,
    Set<Trait> traits,
    Certainty certainty,
    String fingerprint,
    String doubt) {

  public Command {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(certainty, "certainty");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(doubt, "doubt");
    accesses = List.copyOf(accesses);
    traits = Set.copyOf(traits);
    if (accesses.isEmpty()) {
      throw new IllegalArgumentException("a command touches something");
    }
    if ((certainty == Certainty.NONE) != (operation == Operation.UNKNOWN)) {
      throw new IllegalArgumentException("what is not understood does nothing that is known");
    }
  }

  /** What nobody understood, and why. */
  public static Command notUnderstood(String why) {
    return new Command(
        Operation.UNKNOWN,
        List.of(Access.of(Operation.UNKNOWN, Resource.of(Resource.Kind.SERVER))),
        Set.of(),
        Certainty.NONE,
        "",
        why);
  }
}

package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.postgres.CanonicalText;
import io.gatehouse.appliance.sql.postgres.LexerSettings;
import io.gatehouse.appliance.sql.witness.Testimony;
import io.gatehouse.appliance.sql.witness.Witness;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import java.util.List;
import java.util.Set;

/**
 * What others read in a text that we understood. They may know less, and say nothing; what they saw
 * must be in what we saw. Has no state of its own.
 */
final class SecondReading {
  /** Beyond these the parsers of the witnesses take too long for what they can tell. */
  private static final int MOST_CHARACTERS = 20_000;

  private static final int MOST_TOKENS = 2_000;
  private static final Set<Operation> READING = Set.of(Operation.SESSION, Operation.READ);

  private final List<Witness> witnesses;

  SecondReading(List<Witness> witnesses) {
    this.witnesses = List.copyOf(witnesses);
  }

  /** Whether nobody disagrees. */
  boolean agrees(String text, LexerSettings settings, List<Analysed> ours) {
    if (witnesses.isEmpty() || ours.isEmpty() || text.length() > MOST_CHARACTERS) {
      return true;
    }
    return CanonicalText.of(text, settings, MOST_TOKENS)
        .map(canonical -> agrees(canonical, ours))
        .orElse(true);
  }

  private boolean agrees(String canonical, List<Analysed> ours) {
    return witnesses.stream()
        .allMatch(
            witness ->
                switch (witness.testify(canonical)) {
                  case Testimony.Silent _ -> true;
                  case Testimony.Saw saw ->
                      agrees(saw, ours.stream().map(Analysed::command).toList());
                });
  }

  private static boolean agrees(Testimony.Saw saw, List<Command> ours) {
    boolean written =
        !saw.writes() || ours.stream().anyMatch(one -> !READING.contains(one.operation()));
    // Of a definition only the head was read, and a witness may take what follows for its body.
    boolean outline = ours.stream().anyMatch(one -> one.certainty() == Certainty.OUTLINE);
    return written
        && (saw.statements() == ours.size() || (outline && saw.statements() < ours.size()))
        && (outline || saw.relations().stream().allMatch(name -> known(name, ours)));
  }

  private static boolean known(List<String> name, List<Command> ours) {
    return ours.stream()
        .flatMap(command -> command.accesses().stream())
        .map(Access::resource)
        .anyMatch(resource -> ends(resource.path(), name));
  }

  /** A name may say less than the whole path: not the schema, or the database before it. */
  private static boolean ends(List<String> path, List<String> name) {
    int parts = Math.min(2, name.size());
    return path.size() == 2
        && name.subList(name.size() - parts, name.size())
            .equals(path.subList(path.size() - parts, path.size()));
  }
}

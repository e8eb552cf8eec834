package io.gatehouse.appliance.masking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody at the bank asks, for one purpose.
 *
 * @param touches how it touches protected columns, in the eyes of who wrote it; empty if not at all
 * @param binds parameters of the extended protocol, each empty for NULL; absent for a simple query
 * @param statements sent one after the other on one connection
 */
public record AnalystQuery(
    String name,
    String purpose,
    Set<Touch> touches,
    Optional<List<Optional<String>>> binds,
    List<String> statements) {

  /** How a statement touches a protected column. */
  public enum Touch {
    /** As it is. */
    PROJECTED,
    /** Something is made of it. */
    DERIVED,
    /** It says which rows, or how they are joined, grouped or ordered. */
    PREDICATE
  }

  public AnalystQuery {
    touches = touches.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(touches));
    binds = binds.map(List::copyOf);
    statements = List.copyOf(statements);
  }

  /** The answers, one for each statement. */
  public List<Answer> ask(TappedClient client, Format format) throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (String statement : statements) {
      answers.add(
          binds.isPresent()
              ? client.extended(statement, binds.get(), format)
              : client.query(statement));
    }
    return answers;
  }

  @Override
  public String toString() {
    return name;
  }
}

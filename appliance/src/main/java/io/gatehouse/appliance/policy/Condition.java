package io.gatehouse.appliance.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled condition. Immutable, safe for any thread.
 *
 * @param reading what it reads that differs between two executions; if anything, it is asked each
 *     time
 * @param variables all that it may read
 */
record Condition(CelRuntime.Program program, Reading reading, Set<Variable> variables) {

  Condition {
    variables = Set.copyOf(variables);
  }

  /** Of bind values, each time that the condition names them: what it does with them takes time. */
  static final long MOST_CHARACTERS_READ = 8L * BindList.MOST_CHARACTERS;

  /** What a condition reads of the circumstances. */
  enum Reading {
    NOTHING,
    /** Of bind values, how many there are. */
    BIND_COUNT,
    EVERYTHING
  }

  boolean residual() {
    return reading != Reading.NOTHING;
  }

  /** Its answer without any circumstances; a residual one cannot give it. */
  Truth ask(Map<String, Object> facts) {
    return ask(name -> Optional.ofNullable(facts.get(name)));
  }

  Truth ask(Map<String, Object> facts, Circumstances now) {
    return ask(new Resolver(facts, now, reading));
  }

  /** What cannot be evaluated, for whatever reason, may hold. */
  private Truth ask(CelVariableResolver variables) {
    try {
      Object answer = program.eval(variables);
      return answer instanceof Boolean holds ? Truth.of(holds) : Truth.MAYBE;
    } catch (CelEvaluationException | RuntimeException unanswered) {
      return Truth.MAYBE;
    }
  }

  /** For one evaluation on one thread: a loop may ask for the same values many times. */
  private static final class Resolver implements CelVariableResolver {
    private final Map<String, Object> facts;
    private final Circumstances now;
    private final Reading reading;
    private @Nullable BindList binds;
    private long budget = MOST_CHARACTERS_READ;

    private Resolver(Map<String, Object> facts, Circumstances now, Reading reading) {
      this.facts = facts;
      this.now = now;
      this.reading = reading;
    }

    @Override
    public Optional<Object> find(String name) {
      return switch (name) {
        case "now" -> Optional.of(now.now());
        case "source" -> Optional.of(Network.literal(now.source()));
        case "binds" -> Optional.of(binds());
        case "command.arguments" -> Optional.of(now.arguments().values());
        default -> Optional.ofNullable(facts.get(name));
      };
    }

    private List<Object> binds() {
      BindList list = binds;
      if (list == null) {
        list =
            switch (reading) {
              case BIND_COUNT -> BindList.counted(now.binds());
              case NOTHING, EVERYTHING -> BindList.of(now.binds());
            };
        binds = list;
      }
      budget -= list.cost();
      if (budget < 0) {
        throw new BindList.UnreadableException("reads the bind values too often");
      }
      return list.values();
    }
  }
}

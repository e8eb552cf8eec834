package io.gatehouse.appliance.policy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The masks that a policy's rules name. Immutable.
 *
 * @param defined by name
 */
public record Masks(Map<String, Definition> defined) {

  /** Each value becomes one fixed value of its type, or NULL where the type has none. */
  static final String DEFAULT = "redact";

  /** What the default stands for where the policy does not define it. */
  public static final Definition UNSAID = new Definition(DEFAULT, Map.of());

  public Masks {
    defined = Map.copyOf(defined);
  }

  /**
   * What a name stands for.
   *
   * @param kind the kind of mask
   * @param parameters what else its definition says
   */
  public record Definition(String kind, Map<String, String> parameters) {
    public Definition {
      parameters = Map.copyOf(parameters);
    }
  }

  /** The default is there without a definition. */
  public Optional<Definition> named(String name) {
    Definition found = defined.get(name);
    return found == null && name.equals(DEFAULT) ? Optional.of(UNSAID) : Optional.ofNullable(found);
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>(defined.keySet());
    names.add(DEFAULT);
    return names;
  }
}

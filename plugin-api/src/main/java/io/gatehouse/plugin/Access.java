package io.gatehouse.plugin;

import java.util.Objects;

/**
 * One thing a command touches, and what it does to it.
 *
 * @param resource the thing
 * @param operation what happens to it
 * @param indirect whether it is reached through another thing that is listed too: the table under a
 *     view, the parent of a partition. What protects such a thing counts; what opens it need not.
 */
public record Access(Resource resource, Operation operation, boolean indirect) {

  public Access {
    Objects.requireNonNull(resource, "resource");
    Objects.requireNonNull(operation, "operation");
  }

  public static Access of(Operation operation, Resource resource) {
    return new Access(resource, operation, false);
  }

  public static Access indirect(Operation operation, Resource resource) {
    return new Access(resource, operation, true);
  }
}

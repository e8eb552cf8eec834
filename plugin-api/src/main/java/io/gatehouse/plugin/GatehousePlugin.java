package io.gatehouse.plugin;

import io.gatehouse.plugin.secret.SecretSourceFactory;
import java.util.List;

/**
 * What a plugin brings: the class that its jar names for {@link java.util.ServiceLoader}. Made once
 * at the start, by a constructor without parameters, before anything of the configuration is used.
 *
 * <p>Each method is called once, right after, by the thread that starts the gate; what throws stops
 * the start. A kind of extension that comes later has a method of its own here, which brings
 * nothing by default.
 */
public interface GatehousePlugin {
  /** The version of what is in this package and below it, as {@code Plugin-Requires} means it. */
  String API_VERSION = "1.0.0";

  /** Kinds of places where secrets are. Two of one name in all plugins stop the start. */
  default List<SecretSourceFactory> secretSources() {
    return List.of();
  }
}

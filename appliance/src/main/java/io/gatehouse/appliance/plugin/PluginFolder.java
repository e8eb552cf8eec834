package io.gatehouse.appliance.plugin;

import io.gatehouse.appliance.config.SourcesConfig;
import io.gatehouse.plugin.GatehousePlugin;
import io.gatehouse.plugin.secret.SecretSourceFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of the configuration, all of them or none. Loaded by the thread that starts the gate,
 * closed after everything that uses one of them.
 */
public final class PluginFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);

  /** PF4J takes one of these for "that or newer", whatever comes. */
  private static final Pattern NO_BOUND = Pattern.compile("\\s*\\*?\\s*|[0-9]+(\\.[0-9]+)*");

  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  private final Optional<TrustedFiles> files;
  private final Optional<Jars> jars;
  private final Map<String, SecretSourceFactory> secretSources = new TreeMap<>();

  private PluginFolder(Optional<TrustedFiles> files) {
    this.files = files;
    this.jars = files.map(all -> new Jars(all.folder(), GatehousePlugin.API_VERSION));
  }

  public static PluginFolder load(Optional<SourcesConfig.Plugins> config)
      throws UnusablePluginException {
    if (config.isEmpty()) {
      return new PluginFolder(Optional.empty());
    }
    SourcesConfig.Plugins plugins = config.get();
    TrustedFiles files = TrustedFiles.of(plugins.folder(), plugins.trusted());
    PluginFolder loaded = new PluginFolder(Optional.of(files));
    try {
      for (Map.Entry<String, Path> file : files.copies().entrySet()) {
        loaded.load(file.getKey(), file.getValue());
      }
      return loaded;
    } catch (UnusablePluginException e) {
      loaded.close();
      throw e;
    }
  }

  private void load(String name, Path copy) throws UnusablePluginException {
    PluginWrapper jar = opened(name, copy);
    List<GatehousePlugin> made = made(name, jar);
    for (GatehousePlugin plugin : made) {
      add(name, plugin);
    }
    LOG.atInfo()
        .addKeyValue("file", name)
        .addKeyValue("plugin", jar.getPluginId())
        .addKeyValue("version", jar.getDescriptor().getVersion())
        .log("plugin loaded");
  }

  private PluginWrapper opened(String name, Path copy) throws UnusablePluginException {
    try {
      Jars all = jars.orElseThrow();
      PluginWrapper jar = all.getPlugin(all.loadPlugin(copy));
      requireFitting(name, jar.getDescriptor());
      if (jar.getPluginState() != PluginState.RESOLVED) {
        throw new UnusablePluginException(
            name
                + " requires version "
                + jar.getDescriptor().getRequires()
                + " of the plugin API; this gate has "
                + GatehousePlugin.API_VERSION);
      }
      return jar;
    } catch (PluginRuntimeException | IllegalArgumentException e) {
      throw new UnusablePluginException(name + " is not a plugin: " + e.getMessage(), e);
    }
  }

  private static void requireFitting(String name, PluginDescriptor says)
      throws UnusablePluginException {
    if (NO_BOUND.matcher(String.valueOf(says.getRequires())).matches()) {
      throw new UnusablePluginException(
          name
              + " does not say which versions of the plugin API it works with: Plugin-Requires in"
              + " its manifest must be a range such as >=1.0.0 & <2.0.0, and is \""
              + says.getRequires()
              + "\"");
    }
    if (!says.getDependencies().isEmpty()) {
      throw new UnusablePluginException(name + " needs another plugin, which no plugin may");
    }
  }

  /** What a plugin throws while it is made is its own; its class tells enough. */
  private static List<GatehousePlugin> made(String name, PluginWrapper jar)
      throws UnusablePluginException {
    List<GatehousePlugin> made = new ArrayList<>();
    try {
      ServiceLoader.load(GatehousePlugin.class, jar.getPluginClassLoader()).forEach(made::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new UnusablePluginException(name + " cannot be made: " + e.getMessage(), e);
    }
    if (made.isEmpty()) {
      throw new UnusablePluginException(
          name + " brings nothing: it has no META-INF/services/" + GatehousePlugin.class.getName());
    }
    return made;
  }

  private void add(String name, GatehousePlugin plugin) throws UnusablePluginException {
    Map<SecretSourceFactory, String> brought = new LinkedHashMap<>();
    try {
      plugin.secretSources().forEach(factory -> brought.put(factory, factory.kind()));
    } catch (RuntimeException | LinkageError e) {
      throw new UnusablePluginException(name + " does not say what it brings: " + e, e);
    }
    for (Map.Entry<SecretSourceFactory, String> one : brought.entrySet()) {
      String kind = String.valueOf(one.getValue());
      if (!KIND.matcher(kind).matches()) {
        throw new UnusablePluginException(name + " has a kind without a proper name: " + kind);
      }
      if (secretSources.putIfAbsent(kind, one.getKey()) != null) {
        throw new UnusablePluginException(
            name + " brings secret sources of the kind " + kind + ", which another plugin has");
      }
    }
  }

  /** By what the configuration calls the kind. */
  public Map<String, SecretSourceFactory> secretSources() {
    return Map.copyOf(secretSources);
  }

  @Override
  public void close() {
    jars.ifPresent(Jars::unloadPlugins);
    files.ifPresent(TrustedFiles::close);
  }
}

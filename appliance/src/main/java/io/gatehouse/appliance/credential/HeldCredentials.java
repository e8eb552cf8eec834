package io.gatehouse.appliance.credential;

import io.gatehouse.appliance.config.CredentialConfig;
import io.gatehouse.appliance.config.PasswordReference;
import io.gatehouse.appliance.config.SecretReference;
import io.gatehouse.appliance.config.SourcesConfig;
import io.gatehouse.appliance.plugin.PluginFolder;
import io.gatehouse.appliance.plugin.UnusablePluginException;
import io.gatehouse.plugin.secret.SecretSourceFactory;
import io.gatehouse.plugin.secret.SourceSettings;
import io.gatehouse.plugin.secret.UnusableSettingException;
import io.gatehouse.spi.login.Credential;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All that the gate logs in with at targets, with the plugins and sources that some of it comes
 * from. Opened before anything is read, closed last.
 */
public final class HeldCredentials implements AutoCloseable {
  private final PluginFolder plugins;
  private final Readings readings = new Readings();
  private final Map<String, OpenSource> sources = new TreeMap<>();
  private final ScheduledThreadPoolExecutor deadlines =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("credentials").daemon().factory());

  /** Each reading of a file is somebody's who waits for it, so there are not many. */
  private final ThreadPoolExecutor files =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().name("credential-files").daemon().factory());

  private final Clock clock =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void after(Duration time, Runnable task) {
          if (!deadlines.isShutdown()) {
            deadlines.schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
          }
        }
      };

  /** Those of plugins, which have a time of their own that a reload does not begin anew. */
  private final Map<KeptCredential.Name, Credential> lasting = new HashMap<>();

  private HeldCredentials(PluginFolder plugins) {
    this.plugins = plugins;
    deadlines.setRemoveOnCancelPolicy(true);
  }

  /** Loads the plugins and makes the sources; asks none of them. */
  public static HeldCredentials open(SourcesConfig config) throws UnusablePluginException {
    HeldCredentials held = new HeldCredentials(PluginFolder.load(config.plugins()));
    try {
      for (Map.Entry<String, SourcesConfig.Source> source :
          new TreeMap<>(config.sources()).entrySet()) {
        held.open(source.getKey(), source.getValue(), config);
      }
      return held;
    } catch (UnusablePluginException e) {
      held.close();
      throw e;
    }
  }

  private void open(String name, SourcesConfig.Source source, SourcesConfig config)
      throws UnusablePluginException {
    String place = "secret-sources." + name + ": ";
    @Nullable SecretSourceFactory factory = plugins.secretSources().get(source.kind());
    if (factory == null) {
      throw new UnusablePluginException(
          place
              + "no plugin brings the kind "
              + source.kind()
              + "; those there are bring: "
              + String.join(", ", new TreeMap<>(plugins.secretSources()).keySet()));
    }
    try {
      SourceSettings settings = new SourceSettings(source.settings(), config.folder());
      sources.put(name, new OpenSource(name, factory.open(settings), source, deadlines));
    } catch (UnusableSettingException e) {
      throw new UnusablePluginException(place + e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      throw new UnusablePluginException(place + "the plugin failed with " + e.getClass().getName());
    }
  }

  /**
   * What the configuration says, read now. Waits for files and sources, so never on an event loop.
   *
   * @param place where it stands, for messages; one place, one credential
   */
  public Credential credential(String place, CredentialConfig config) throws IOException {
    KeptCredential.Name name = new KeptCredential.Name(place, config.user());
    @Nullable PasswordReference password = config.password().orElse(null);
    return switch (password) {
      case null -> new Credential(config.user().orElseThrow(), null);
      case SecretReference reference -> begun(name, new MachineOrigin(reference, files));
      case PasswordReference.OfSource of -> lasting(name, of);
    };
  }

  private synchronized Credential lasting(
      KeptCredential.Name name, PasswordReference.OfSource reference) throws IOException {
    @Nullable Credential known = lasting.get(name);
    if (known != null) {
      return known;
    }
    @Nullable OpenSource source = sources.get(reference.source());
    if (source == null) {
      throw new NoCredentialException("there is no source " + reference.source());
    }
    Credential first = begun(name, source.origin(reference.what()));
    lasting.put(name, first);
    return first;
  }

  private Credential begun(KeptCredential.Name name, Origin origin) throws IOException {
    try {
      return new KeptCredential(name, origin, clock, readings).begin().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException reason) {
        throw reason;
      }
      throw e;
    }
  }

  /** What became of all of them. */
  public Readings readings() {
    return readings;
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    files.shutdownNow();
    sources.values().forEach(OpenSource::close);
    plugins.close();
  }
}

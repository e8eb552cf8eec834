package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.config.ConfigFile;
import io.gatehouse.appliance.config.GatehouseConfig;
import io.gatehouse.appliance.config.JournalConfig;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.StoreException;
import io.gatehouse.appliance.control.StoreLimits;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.appliance.identity.token.TokenIssuer;
import io.gatehouse.appliance.journal.key.ReadingKeys;
import io.gatehouse.appliance.journal.note.ReadingNotes;
import io.gatehouse.appliance.pin.PinMode;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.plugin.Target.Protocol;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The control store of a configuration, in the hands of somebody at a terminal. */
final class StoreUse implements AutoCloseable {
  private final GatehouseConfig config;
  private final Environment environment;
  private final ControlStore store;

  private StoreUse(GatehouseConfig config, Environment environment, ControlStore store) {
    this.config = config;
    this.environment = environment;
    this.store = store;
  }

  /** Has to be run as the user that the gate runs as: the store's file is its alone. */
  static StoreUse open(Path file) throws InvalidFileException, IOException, StoreException {
    Environment environment = Environment.ofProcess();
    GatehouseConfig config = ConfigFile.load(file, environment);
    StoreLocation place =
        config
            .identity()
            .store()
            .orElseThrow(
                () ->
                    new IOException(
                        file
                            + " has no identity.store, so nothing is issued, revoked or accepted"));
    return new StoreUse(config, environment, ControlStore.open(place, StoreLimits.DEFAULT));
  }

  /** Whose tokens the gate takes. */
  Set<String> issuers() {
    return config.identity().issuers().all().stream()
        .map(TokenIssuer::issuer)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Which definitions count on the target of that name. */
  PinMode pins(String target) throws IOException {
    return config.targets().stream()
        .filter(one -> one.name().equals(target) && one.protocol() == Protocol.MCP)
        .findFirst()
        .orElseThrow(() -> new IOException("there is no target " + target + " that speaks mcp"))
        .pinMode();
  }

  ControlStore store() {
    return store;
  }

  <T> T await(CompletionStage<T> stage) throws StoreException {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw StoreException.from(e);
    }
  }

  /**
   * Who did it, for the journal. It is done: that it cannot be noted is said and undoes nothing.
   */
  void note(String action, List<String> arguments, PrintWriter err) {
    if (config.journal().isEmpty()) {
      return;
    }
    JournalConfig journal = config.journal().get();
    try {
      ReadingKeys keys = ReadingKeys.read(journal.wrapping().name(), journal.wrapping().secret());
      new ReadingNotes(
              journal.directory(), keys.notes(), environment.variables(), Clock.systemUTC())
          .leave(action, arguments, 0, "done");
    } catch (IOException e) {
      err.println("gatehouse: it is done, but who did it is not on record: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    store.close();
  }
}

package io.gatehouse.appliance;

import io.gatehouse.appliance.config.GatehouseConfig;
import io.gatehouse.appliance.config.PolicyConfig;
import io.gatehouse.appliance.credential.HeldCredentials;
import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.appliance.plugin.UnusablePluginException;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.plugin.Command;
import io.gatehouse.spi.net.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be there before the gate can be put together. All of it, or none: what was opened is
 * closed again where the next cannot be.
 */
record Foundations(
    HeldCredentials held,
    Materials materials,
    CompletableFuture<List<Command>> examples,
    Transport transport,
    Optional<Journal> journal,
    Ways ways) {
  private static final Logger LOG = LoggerFactory.getLogger(Foundations.class);

  static Foundations lay(Path file, GatehouseConfig config)
      throws InvalidFileException, StartException {
    CompletableFuture<List<Command>> examples = examples(config);
    HeldCredentials held = held(config);
    Materials loaded = read(config, held);
    Transport transport = new Transport(Runtime.getRuntime().availableProcessors());
    try {
      Optional<Journal> journal = journal(file, config, loaded, transport);
      return new Foundations(held, loaded, examples, transport, journal, ways(config, journal));
    } catch (StartException e) {
      loaded.maskKeys().close();
      transport.close();
      held.close();
      throw e;
    }
  }

  /** With all plugins. */
  static HeldCredentials held(GatehouseConfig config) throws StartException {
    try {
      return HeldCredentials.open(config.sources());
    } catch (UnusablePluginException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Everything that the configuration points to; closes the credentials if they cannot be had. */
  private static Materials read(GatehouseConfig config, HeldCredentials held)
      throws InvalidFileException, StartException {
    try {
      return Materials.load(config, held);
    } catch (InvalidFileException e) {
      held.close();
      throw e;
    } catch (Materials.UnusableException e) {
      held.close();
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads everything, and keeps nothing. */
  static void check(GatehouseConfig config) throws InvalidFileException, StartException {
    HeldCredentials held = held(config);
    read(config, held).maskKeys().close();
    held.close();
  }

  private static CompletableFuture<List<Command>> examples(GatehouseConfig config) {
    return switch (config.policy()) {
      case PolicyConfig.Rules _ -> WarmUp.read(new PostgresDialect());
      case PolicyConfig.RunEverything _ -> CompletableFuture.completedFuture(List.of());
    };
  }

  private static Optional<Journal> journal(
      Path file, GatehouseConfig config, Materials loaded, Transport transport)
      throws StartException {
    if (config.journal().isEmpty()) {
      LOG.warn("there is no journal in the configuration: nothing is on record");
      return Optional.empty();
    }
    String policy = loaded.policy().map(one -> one.policy().digest()).orElse("");
    Records.Digests digests = new Records.Digests(Records.digest(file), policy);
    return Optional.of(Records.open(config.journal().get(), transport, digests));
  }

  private static Ways ways(GatehouseConfig config, Optional<Journal> journal)
      throws StartException {
    try {
      return Ways.open(config);
    } catch (StartException e) {
      journal.ifPresent(Journal::close);
      throw e;
    }
  }
}

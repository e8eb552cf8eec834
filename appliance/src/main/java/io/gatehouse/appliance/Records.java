package io.gatehouse.appliance;

import io.gatehouse.appliance.config.AnchorConfig;
import io.gatehouse.appliance.config.JournalConfig;
import io.gatehouse.appliance.config.KeepConfig;
import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.appliance.journal.JournalPlan;
import io.gatehouse.appliance.journal.keep.KeepPlan;
import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.record.RecorderRecord;
import io.gatehouse.appliance.journal.seal.Anchor;
import io.gatehouse.appliance.journal.seal.FileDrop;
import io.gatehouse.appliance.journal.seal.SigningKey;
import io.gatehouse.appliance.journal.seal.SyslogAnchor;
import io.gatehouse.appliance.journal.tail.Syncing;
import io.gatehouse.appliance.journal.tail.TailState;
import io.gatehouse.spi.net.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The journal that a configuration asks for. */
final class Records {
  private static final int MIB = 1 << 20;

  private Records() {}

  /** Opens it for sessions on these loops. Waits for a disk. */
  static Journal open(JournalConfig config, Transport transport, Digests digests)
      throws StartException {
    try {
      JournalPlan plan = plan(config);
      return Journal.open(
          plan, transport.eachLoop(), started(config, plan.signing().name(), digests));
    } catch (IOException | GeneralSecurityException e) {
      throw new StartException("journal " + config.directory() + ": " + e.getMessage(), e);
    }
  }

  /** Of what is in force at the start. */
  record Digests(String configuration, String policy) {}

  /** Of a file, in hex. */
  static String digest(Path file) throws StartException {
    try {
      return HexFormat.of().formatHex(Changes.sha256().digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new StartException(file + " cannot be read any more: " + e.getMessage(), e);
    }
  }

  private static RecorderRecord.RecorderStarted started(
      JournalConfig config, String name, Digests digests) {
    return new RecorderRecord.RecorderStarted(
        Version.read(),
        name,
        config.sync().name().toLowerCase(Locale.ROOT),
        digests.configuration(),
        digests.policy());
  }

  private static JournalPlan plan(JournalConfig config)
      throws IOException, GeneralSecurityException {
    SigningKey signing = SigningKey.read(config.signing(), config.verifier());
    return new JournalPlan(
        config.directory(),
        config.keys(),
        config.node(),
        wrapping(config),
        signing,
        syncing(config),
        (long) config.tailFileMib() * MIB,
        Duration.ofSeconds(config.checkpointSeconds()),
        config.anchors().stream().map(one -> anchor(one, signing.name())).toList(),
        keeping(config.keep()));
  }

  private static Anchor anchor(AnchorConfig config, String sender) {
    return switch (config) {
      case AnchorConfig.Folder(var directory) -> new FileDrop(directory);
      case AnchorConfig.Syslog(var host, var port, var transport) ->
          new SyslogAnchor(
              switch (transport) {
                case TCP -> SyslogAnchor.Transport.TCP;
                case UDP -> SyslogAnchor.Transport.UDP;
              },
              /* server= */ host,
              port,
              /* host= */ sender,
              Clock.systemUTC());
    };
  }

  private static List<KeyEncryptionKey> wrapping(JournalConfig config) throws IOException {
    List<KeyEncryptionKey> keys = new ArrayList<>();
    keys.add(KeyEncryptionKey.read(config.wrapping().name(), config.wrapping().secret()));
    for (JournalConfig.Wrapping former : config.keep().formerWrapping()) {
      keys.add(KeyEncryptionKey.read(former.name(), former.secret()));
    }
    return keys;
  }

  private static KeepPlan keeping(KeepConfig config) {
    return new KeepPlan(config.retention(), config.operators(), config.formerVerifiers());
  }

  private static Syncing syncing(JournalConfig config) {
    return switch (config.sync()) {
      case EACH -> new Syncing.Each();
      case INTERVAL -> new Syncing.Interval(Duration.ofMillis(config.syncMillis()));
      case OS -> new Syncing.Os();
    };
  }

  /** Why nothing runs. */
  static Optional<String> obstacle(Journal journal) {
    return switch (journal.state()) {
      case TailState.Running() -> Optional.empty();
      case TailState.Stopped stopped ->
          Optional.of("the journal cannot be written: " + stopped.reason().word());
      case TailState.Closed() -> Optional.of("the journal is closed");
    };
  }
}

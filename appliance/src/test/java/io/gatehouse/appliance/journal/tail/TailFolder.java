package io.gatehouse.appliance.journal.tail;

import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.key.DataKeys;
import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;

/** A directory with a tail and its keys, opened again and again. */
final class TailFolder {
  static final UUID NOBODY = new UUID(0, 0);

  private final Path directory;
  final Heard heard = new Heard();

  TailFolder(Path directory) {
    this.directory = directory;
  }

  /** What the listener was told. */
  static final class Heard implements TailListener {
    final List<TailState.Stopped> stops = Collections.synchronizedList(new ArrayList<>());
    final List<Gap> gaps = Collections.synchronizedList(new ArrayList<>());
    final List<Damage> damages = Collections.synchronizedList(new ArrayList<>());
    volatile Runnable atStop = () -> {};

    @Override
    public void stopped(TailState.Stopped state) {
      stops.add(state);
      atStop.run();
    }

    @Override
    public void resumed(Gap gap) {
      gaps.add(gap);
    }

    @Override
    public void damaged(Damage damage) {
      damages.add(damage);
    }
  }

  Path tail() {
    return directory.resolve("tail");
  }

  Tail open(int loops, Syncing syncing, long next) throws IOException {
    List<Executor> executors = Collections.nCopies(loops, Runnable::run);
    return open(executors, syncing, next);
  }

  Tail open(List<Executor> loops, Syncing syncing, long next) throws IOException {
    TailConfig config =
        new TailConfig(tail(), 7, UUID.randomUUID(), TailConfig.LEAST_EPOCH_BYTES, syncing, next);
    return Tail.open(config, InstantSource.system(), loops, heard);
  }

  DataKeys keys() throws IOException {
    return DataKeys.open(directory.resolve("keys"), kek(), List.of(), InstantSource.system());
  }

  static KeyEncryptionKey kek() throws IOException {
    byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    return KeyEncryptionKey.of("test", Secret.of(secret));
  }

  /** A key of a closed set of keys. */
  DataKey key() throws IOException {
    try (DataKeys keys = keys()) {
      return keys.make(NOBODY, 1).join();
    }
  }

  static long intent(TailWriter writer, DataKey key, String text) throws JournalStopped {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return writer.append(Kind.COMMAND_INTENT, NOBODY, key, -1, payload, 0, payload.length);
  }
}

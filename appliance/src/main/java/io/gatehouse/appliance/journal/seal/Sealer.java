package io.gatehouse.appliance.journal.seal;

import io.gatehouse.verifier.Checkpoint;
import io.gatehouse.verifier.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The sealer's thread: takes what the tail has, signs a checkpoint every few seconds, and after an
 * error of the disk begins again from what is there, until it works or is closed.
 */
public final class Sealer implements AutoCloseable {
  private static final int BATCH = 4_096;
  private static final Duration IDLE = Duration.ofMillis(5);

  /**
   * How to seal.
   *
   * @param formerKeys verifier keys of earlier signing keys of this journal
   * @param every how long after a checkpoint the next one is signed, also when nothing happens
   * @param retry how long after an error it is tried again
   */
  public record Settings(
      Path journal,
      SigningKey key,
      List<VerifierKey> formerKeys,
      Duration every,
      Duration retry,
      List<Anchor> anchors) {
    public Settings {
      formerKeys = List.copyOf(formerKeys);
      anchors = List.copyOf(anchors);
    }
  }

  /** Is told what happens, on the sealer's thread or the anchors'; must not wait. */
  public interface Listener {
    /** All that the checkpoint names is proved from now on. */
    void signed(Checkpoint checkpoint);

    /** Nothing is sealed until {@link #working}: the tail grows, and admission may have to stop. */
    void stopped(Exception reason);

    /** It works again, or for the first time. */
    void working();

    void anchored(Anchor anchor, long number);

    /**
     * The checkpoint is not outside: until the next one is, a rewrite by the key's holder is not
     * found.
     */
    void anchorFailed(Anchor anchor, long number, Exception reason);
  }

  private final Settings settings;
  private final Sealing.Setting setting;
  private final Unsealed source;
  private final @Nullable Recovery recovery;
  private final Listener listener;
  private final Anchors anchors;
  private final Thread thread;
  // the sealer's thread only
  private @Nullable Sealing sealing;
  private long due;
  private boolean stopped;
  private volatile boolean closing;

  private Sealer(
      Settings settings, Disk disk, Unsealed source, Optional<Recovery> recovery, Listener listener)
      throws IOException, RefusedException {
    this.settings = settings;
    this.setting =
        new Sealing.Setting(
            settings.journal(), settings.key(), settings.formerKeys(), Clock.systemUTC(), disk);
    this.source = source;
    this.recovery = recovery.orElse(null);
    this.listener = listener;
    this.sealing = resume();
    this.anchors = new Anchors(settings.anchors(), listener);
    this.thread = Thread.ofPlatform().name("journal-sealer").unstarted(this::run);
  }

  /**
   * Finds the place where the last process stopped, signs what it left, and starts the thread.
   *
   * @throws RefusedException if what was signed is not there any more; somebody has to look
   */
  public static Sealer start(
      Settings settings, Unsealed source, Optional<Recovery> recovery, Listener listener)
      throws IOException, RefusedException {
    return start(settings, new RealDisk(), source, recovery, listener);
  }

  static Sealer start(
      Settings settings, Disk disk, Unsealed source, Optional<Recovery> recovery, Listener listener)
      throws IOException, RefusedException {
    Sealer sealer = new Sealer(settings, disk, source, recovery, listener);
    sealer.thread.start();
    return sealer;
  }

  /** The sequence of the last record in the segments, or -1: a tail is opened behind it. */
  public static long lastSequence(Path journal, SigningKey key, List<VerifierKey> formerKeys)
      throws IOException, RefusedException {
    Sealing.Setting setting =
        new Sealing.Setting(journal, key, formerKeys, Clock.systemUTC(), new RealDisk());
    try (Sealing sealing = new Sealing(setting, null)) {
      return sealing.sequence();
    }
  }

  private Sealing resume() throws IOException, RefusedException {
    Sealing resumed = new Sealing(setting, recovery);
    source.goBehind(resumed.sequence());
    source.sealed(resumed.sequence());
    due = System.nanoTime() + settings.every().toNanos();
    return resumed;
  }

  private void run() {
    listener.working();
    while (!closing) {
      Duration pause = round();
      if (pause.isPositive() && !closing) {
        LockSupport.parkNanos(this, pause.toNanos());
      }
    }
    last();
    anchors.close();
  }

  /** One turn, and how long nothing is to be done. */
  private Duration round() {
    try {
      Sealing working = sealing;
      if (working == null) {
        working = resume();
        sealing = working;
      }
      int taken = working.take(source, BATCH);
      if (System.nanoTime() - due >= 0) {
        checkpoint(working);
      }
      if (stopped) {
        stopped = false;
        listener.working();
      }
      return taken == BATCH ? Duration.ZERO : IDLE;
    } catch (IOException | RefusedException | RuntimeException e) {
      stop(e);
      return settings.retry();
    }
  }

  private void checkpoint(Sealing working) throws IOException {
    Sealing.Signed signed = working.checkpoint();
    due = System.nanoTime() + settings.every().toNanos();
    source.sealed(working.sequence());
    listener.signed(signed.checkpoint());
    anchors.post(signed);
  }

  private void stop(Exception reason) {
    Sealing broken = sealing;
    sealing = null;
    if (broken != null) {
      try {
        broken.close();
      } catch (IOException e) {
        reason.addSuppressed(e);
      }
    }
    if (!stopped) {
      stopped = true;
      listener.stopped(reason);
    }
  }

  private void last() {
    try {
      Sealing working = sealing == null ? resume() : sealing;
      sealing = working;
      while (working.take(source, BATCH) > 0) {}
      checkpoint(working);
      working.close();
    } catch (IOException | RefusedException | RuntimeException e) {
      stop(e);
    }
  }

  /** Seals what the tail has, signs it, and waits until that is done. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.gatehouse.appliance.journal.keep;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.appliance.journal.JournalPlan;
import io.gatehouse.appliance.journal.SessionJournal;
import io.gatehouse.appliance.journal.key.DataKeys;
import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.record.CommandRecord;
import io.gatehouse.appliance.journal.record.ControlRecord;
import io.gatehouse.appliance.journal.record.JournalRecord;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.journal.record.RecorderRecord;
import io.gatehouse.appliance.journal.record.SessionRecord;
import io.gatehouse.appliance.journal.record.Understood;
import io.gatehouse.appliance.journal.seal.SealedRows;
import io.gatehouse.appliance.journal.seal.SigningKey;
import io.gatehouse.appliance.journal.tail.JournalStopped;
import io.gatehouse.appliance.journal.tail.Syncing;
import io.gatehouse.appliance.journal.tail.TailConfig;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.verifier.Finding;
import io.gatehouse.verifier.Report;
import io.gatehouse.verifier.Verification;
import io.gatehouse.verifier.VerifierKey;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A journal on a disk, with operators, whose processes come and go. */
final class KeptFolder implements AutoCloseable {
  static final int ORDINARY = 1;
  static final int RESULTS = 7;

  private static final Retention RETENTION =
      new Retention(
          List.of(
              new RetentionClass(ORDINARY, "ordinary", 30),
              new RetentionClass(RESULTS, "results", 10)));

  private final Path folder;
  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  final SigningKey signing;
  private final Map<String, OperatorKey> keys = new HashMap<>();
  private final List<Operator> operators = new ArrayList<>();

  KeptFolder(Path folder) throws GeneralSecurityException {
    this.folder = folder;
    this.signing = SigningKey.generate("gate.example/node7", SigningKey.Algorithm.ED25519);
    for (String name : List.of("ann", "bob", "eve")) {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      keys.put(name, new OperatorKey("operator-" + name, pair.getPrivate()));
      if (!name.equals("eve")) {
        operators.add(new Operator("operator-" + name, pair.getPublic()));
      }
    }
  }

  Path journal() {
    return folder.resolve("journal");
  }

  Path keyFiles() {
    return folder.resolve("keys");
  }

  static KeyEncryptionKey wrapping(String name) throws IOException {
    try (Secret secret = Secret.of(name.repeat(32).getBytes(StandardCharsets.UTF_8))) {
      return KeyEncryptionKey.of(name, secret);
    }
  }

  Gate start() throws IOException {
    return start(signing, List.of(), wrapping("k1"));
  }

  Gate start(SigningKey by, List<VerifierKey> former, KeyEncryptionKey... wrapping)
      throws IOException {
    return new Gate(
        Journal.open(
            new JournalPlan(
                journal(),
                keyFiles(),
                7,
                List.of(wrapping),
                by,
                new Syncing.Os(),
                TailConfig.LEAST_EPOCH_BYTES,
                Duration.ofMillis(20),
                List.of(),
                new KeepPlan(RETENTION, operators, new FormerKeys(former))),
            List.of(loop),
            new RecorderRecord.RecorderStarted("0.1", "gate", "os", "c", "p")));
  }

  OperatorKey key(String operator) {
    return Objects.requireNonNull(keys.get(operator), operator);
  }

  /** Signed by these. */
  Order order(Action action, String... by) throws Exception {
    return order(Instant.now().plus(Duration.ofDays(30)), action, by);
  }

  Order order(Instant until, Action action, String... by) throws Exception {
    Order order =
        Order.of(
            new Order.Journal(signing.verifier().name(), 7),
            until.truncatedTo(ChronoUnit.SECONDS),
            action);
    for (String one : by) {
      order = order.signed(key(one));
    }
    return order;
  }

  /** What an auditor says. */
  Audit audit() {
    return audit(List.of(signing.verifier()));
  }

  Audit audit(List<VerifierKey> by) {
    List<Finding> findings = new ArrayList<>();
    return new Audit(Verification.verify(journal(), by, null, findings::add), findings);
  }

  record Audit(Report report, List<Finding> findings) {
    void isClean() {
      assertThat(findings).isEmpty();
      assertThat(report.exitCode()).isZero();
    }
  }

  /** The ids of the data keys that rows name, by class. */
  List<UUID> dataKeys(int retention) throws Exception {
    List<UUID> ids = new ArrayList<>();
    new SealedRows(journal(), List.of(signing.verifier()), () -> false)
        .read(
            (row, _) -> {
              if (row.retention() == retention && !ids.contains(row.dataKey())) {
                ids.add(row.dataKey());
              }
            });
    return ids;
  }

  /** How many rows there are of a kind. */
  int count(Kind kind) throws Exception {
    int[] count = new int[1];
    new SealedRows(journal(), List.of(signing.verifier()), () -> false)
        .read((row, _) -> count[0] += row.kind() == kind.code() ? 1 : 0);
    return count[0];
  }

  /** The wrapped bytes of a key as they lie in a file. */
  byte[] wrapped(UUID id) throws IOException {
    try (Stream<Path> files = Files.list(keyFiles())) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at + 128 <= bytes.length; at += 128) {
          ByteBuffer slot = ByteBuffer.wrap(bytes, at, 128);
          if (new UUID(slot.getLong(), slot.getLong()).equals(id)) {
            return Arrays.copyOfRange(bytes, at + 72, at + 120);
          }
        }
      }
    }
    throw new AssertionError("no slot of " + id);
  }

  /** Whether these bytes lie in any file. */
  boolean anywhere(byte[] searched) throws IOException {
    String wanted = new String(searched, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (contains(file, wanted)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean contains(Path file, String wanted) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(wanted);
    } catch (NoSuchFileException e) {
      return false; // the tail forgets what is sealed
    }
  }

  Path payload(long segment, int retention) {
    return journal().resolve("segments/%020d.%d.payload".formatted(segment, retention));
  }

  @Override
  public void close() {
    loop.close();
  }

  /** A process of the gate. Writes down what its keeper puts on record. */
  final class Gate implements KeptJournal, AutoCloseable {
    private final Journal journal;
    final List<JournalRecord> written = new ArrayList<>();
    Predicate<JournalRecord> dies = _ -> false;
    boolean signsNoPrune;

    Gate(Journal journal) {
      this.journal = journal;
    }

    /** A session with a command and its result, which ends, or not yet. */
    UUID session(boolean ended) {
      SessionJournal session =
          CompletableFuture.supplyAsync(journal::session, loop).thenCompose(one -> one).join();
      CompletableFuture.runAsync(() -> run(session, ended), loop).join();
      if (ended) {
        session.close();
      }
      return session.id();
    }

    private static void run(SessionJournal session, boolean ended) {
      try {
        long intent = session.append(intent(), SessionJournal.NOTHING);
        session.append(
            new CommandRecord.Result(
                0, true, Unpooled.copiedBuffer("a row", StandardCharsets.UTF_8), false),
            intent,
            "results");
        session.append(
            new CommandRecord.CommandOutcome("succeeded", 1, 1, 1, null, List.of(), List.of()),
            intent);
        if (ended) {
          session.append(
              new SessionRecord.SessionClosed("client_terminated", 1, 0, 1),
              SessionJournal.NOTHING);
        }
      } catch (JournalStopped e) {
        throw new AssertionError(e);
      }
    }

    private static CommandRecord intent() {
      return new CommandRecord.CommandIntent(
          new CommandRecord.Asked(1, "execute", "sql", null, -1, "", Binds.NONE),
          Understood.of(List.of()),
          new CommandRecord.Decided("allow", "all", "p", null, "whole"));
    }

    /** Hands it in and carries it out so many days from now; what came of it. */
    String submit(Order order, int days) throws Exception {
      OrderFolder.open(directory()).put(order);
      keeper(days).round();
      return result();
    }

    Keeper keeper(int days) throws IOException {
      return new Keeper(this, Clock.offset(Clock.systemUTC(), Duration.ofDays(days)), () -> {});
    }

    String result() {
      return written.stream()
          .filter(ControlRecord.Administration.class::isInstance)
          .map(one -> ((ControlRecord.Administration) one).result())
          .toList()
          .getLast();
    }

    @Override
    public Path directory() {
      return journal.directory();
    }

    @Override
    public long node() {
      return journal.node();
    }

    @Override
    public List<VerifierKey> signedBy() {
      return journal.signedBy();
    }

    @Override
    public DataKeys keys() {
      return journal.keys();
    }

    @Override
    public UUID boot() {
      return journal.boot();
    }

    @Override
    public KeepPlan plan() {
      return journal.plan();
    }

    @Override
    public long started() {
      return journal.started();
    }

    @Override
    public long write(JournalRecord one) throws IOException {
      if (dies.test(one)) {
        throw new IOException("killed");
      }
      written.add(one);
      return journal.write(one);
    }

    @Override
    public long sealed() {
      if (signsNoPrune && written.stream().anyMatch(RecorderRecord.Pruned.class::isInstance)) {
        throw new IllegalStateException("not signed");
      }
      return journal.sealed();
    }

    @Override
    public void close() {
      journal.close();
    }
  }
}

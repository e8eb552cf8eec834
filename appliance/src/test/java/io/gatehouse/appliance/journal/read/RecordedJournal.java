package io.gatehouse.appliance.journal.read;

import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.appliance.journal.JournalPlan;
import io.gatehouse.appliance.journal.SessionJournal;
import io.gatehouse.appliance.journal.index.IndexFolder;
import io.gatehouse.appliance.journal.index.Search;
import io.gatehouse.appliance.journal.index.Terms;
import io.gatehouse.appliance.journal.keep.KeepPlan;
import io.gatehouse.appliance.journal.key.ReadingKeys;
import io.gatehouse.appliance.journal.record.CommandRecord;
import io.gatehouse.appliance.journal.record.JournalRecord;
import io.gatehouse.appliance.journal.record.RecorderRecord;
import io.gatehouse.appliance.journal.record.SessionRecord;
import io.gatehouse.appliance.journal.record.Understood;
import io.gatehouse.appliance.journal.seal.SigningKey;
import io.gatehouse.appliance.journal.tail.JournalStopped;
import io.gatehouse.appliance.journal.tail.Syncing;
import io.gatehouse.appliance.journal.tail.TailConfig;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.login.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A real journal in a folder, with a gate that writes it, for tests that read it. */
public final class RecordedJournal implements AutoCloseable {
  public static final String SECRET = "k".repeat(32);

  private static final SigningKey SIGNING = signing();

  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  private final Journal journal;

  private RecordedJournal(Path folder, long epochBytes) throws IOException {
    journal =
        Journal.open(
            new JournalPlan(
                folder.resolve("journal"),
                folder.resolve("keys"),
                7,
                List.of(keys().wrapping()),
                SIGNING,
                new Syncing.Os(),
                epochBytes,
                Duration.ofMillis(20),
                List.of(),
                KeepPlan.DEFAULT),
            List.<Executor>of(loop),
            new RecorderRecord.RecorderStarted("0.1", "gate", "os", "c", "p"));
  }

  private static SigningKey signing() {
    try {
      return SigningKey.generate("gate.example/node7", SigningKey.Algorithm.ED25519);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static SigningKey signingKey() {
    return SIGNING;
  }

  public static RecordedJournal in(Path folder) throws IOException {
    return in(folder, TailConfig.LEAST_EPOCH_BYTES);
  }

  /** For much at once. */
  public static RecordedJournal in(Path folder, long epochBytes) throws IOException {
    return new RecordedJournal(folder, epochBytes);
  }

  public static ReadingKeys keys() throws IOException {
    try (Secret secret = Secret.of(SECRET.getBytes(StandardCharsets.UTF_8))) {
      return ReadingKeys.of("k1", secret);
    }
  }

  public static JournalReader reader(Path folder) throws IOException {
    return JournalReader.open(place(folder), List.of(keys().wrapping()));
  }

  public static JournalReader.Place place(Path folder) {
    return new JournalReader.Place(folder.resolve("journal"), folder.resolve("keys"));
  }

  public static Search search(Path folder, JournalReader reader) throws IOException {
    return new Search(
        reader, new IndexFolder(folder.resolve("journal"), new Terms(keys().index())));
  }

  public Journal journal() {
    return journal;
  }

  /** Somebody's session; records are written one after the other. */
  public final class Speaker implements AutoCloseable {
    private final SessionJournal session;
    private final long opening;
    private long commands;

    private Speaker(String subject, String target) {
      session =
          CompletableFuture.supplyAsync(journal::session, loop).thenCompose(one -> one).join();
      opening = append(opened(subject, target), SessionJournal.NOTHING);
    }

    public long append(JournalRecord one, long answers) {
      return CompletableFuture.supplyAsync(
              () -> {
                try {
                  return session.append(one, answers);
                } catch (JournalStopped e) {
                  throw new IllegalStateException(e);
                }
              },
              loop)
          .join();
    }

    /** A command on a table, with its outcome. */
    public long runs(String sql, String table) {
      return runs(sql, table, List.of(), Binds.NONE);
    }

    public long runs(String sql, String table, List<ByteBuf> parts, Binds binds) {
      long intent =
          append(intent(++commands, sql, "SELECT ?", table, binds), SessionJournal.NOTHING);
      for (int i = 0; i < parts.size(); i++) {
        append(new CommandRecord.Result(i, i == parts.size() - 1, parts.get(i), false), intent);
      }
      append(outcome(), intent);
      return intent;
    }

    /** Of those that were appended. */
    public void countsOne() {
      commands++;
    }

    @Override
    public void close() {
      append(new SessionRecord.SessionClosed("client-terminated", commands, 0, 9), opening);
      session.close();
    }
  }

  /** What sessions do, they do there. */
  public <T> T onLoop(Supplier<T> what) {
    return CompletableFuture.supplyAsync(what, loop).join();
  }

  public Speaker speaker(String subject, String target) {
    return new Speaker(subject, target);
  }

  /** A whole session at once, each command with its outcome. */
  public void session(String subject, String target, List<CommandRecord> commands) {
    try (SessionJournal session =
        CompletableFuture.supplyAsync(journal::session, loop).thenCompose(one -> one).join()) {
      CompletableFuture.runAsync(
              () -> {
                try {
                  long opening = session.append(opened(subject, target), SessionJournal.NOTHING);
                  for (CommandRecord command : commands) {
                    session.append(outcome(), session.append(command, SessionJournal.NOTHING));
                  }
                  session.append(
                      new SessionRecord.SessionClosed("client-terminated", commands.size(), 0, 9),
                      opening);
                } catch (JournalStopped e) {
                  throw new IllegalStateException(e);
                }
              },
              loop)
          .join();
    }
  }

  public static CommandRecord outcome() {
    return new CommandRecord.CommandOutcome("succeeded", 1, 1, 1, null, List.of(), List.of());
  }

  public static SessionRecord opened(String subject, String target) {
    return new SessionRecord.SessionOpened(
        new SessionRecord.From(1, subject, "10.0.0.1:5000", "main", "bank"),
        new SessionRecord.Who(subject, Set.of("staff"), "password", null, null, null, false),
        new SessionRecord.Where(target, "postgresql", "gate", null, "4711"),
        "psql",
        null,
        null);
  }

  public static CommandRecord intent(
      long number, String sql, String fingerprint, String table, Binds binds) {
    Resource resource = new Resource(Resource.Kind.TABLE, List.of(table.split("\\.", -1)));
    return intent(number, sql, fingerprint, List.of(Access.of(Operation.READ, resource)), binds);
  }

  public static CommandRecord intent(String sql, List<Access> accesses) {
    return intent(1, sql, "select ?", accesses, Binds.NONE);
  }

  private static CommandRecord intent(
      long number, String sql, String fingerprint, List<Access> accesses, Binds binds) {
    Command command =
        new Command(Operation.READ, accesses, Set.of(), Certainty.EXACT, fingerprint, "");
    return new CommandRecord.CommandIntent(
        new CommandRecord.Asked(
            number,
            "execute",
            "sql",
            Unpooled.copiedBuffer(sql, StandardCharsets.UTF_8),
            -1,
            "",
            binds),
        Understood.of(List.of(command)),
        new CommandRecord.Decided("allow", "staff-reads", "p", null, "whole"));
  }

  /** What a process that was killed leaves: what is renamed meanwhile was not there yet. */
  public static void copy(Path from, Path to) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(all::add);
    } catch (UncheckedIOException e) {
      throw e.getCause() == null ? new IOException(e) : e.getCause();
    }
    for (Path file : all) {
      Path target = to.resolve(from.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(target);
      } else {
        copyWritten(file, target);
      }
    }
  }

  private static void copyWritten(Path file, Path target) throws IOException {
    try {
      Files.copy(file, target);
    } catch (NoSuchFileException gone) {
      if (!file.toString().endsWith(".tmp")) {
        throw gone;
      }
    }
  }

  @Override
  public void close() {
    journal.close();
    loop.close();
  }
}

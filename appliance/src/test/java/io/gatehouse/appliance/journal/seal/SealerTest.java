package io.gatehouse.appliance.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.verifier.Checkpoint;
import io.gatehouse.verifier.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sealer's thread, its anchors, and what it does when the disk fails. */
class SealerTest {
  private static final Duration SOON = Duration.ofMillis(20);

  @TempDir private Path directory;
  private final Heard heard = new Heard();

  /** Everything that the sealer says. */
  private static final class Heard implements Sealer.Listener {
    private final ConcurrentLinkedQueue<Checkpoint> signed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();

    @Override
    public void signed(Checkpoint checkpoint) {
      signed.add(checkpoint);
    }

    @Override
    public void stopped(Exception reason) {
      said.add("stopped " + reason.getMessage());
    }

    @Override
    public void working() {
      said.add("working");
    }

    @Override
    public void anchored(Anchor anchor, long number) {
      said.add("anchored " + anchor.name());
    }

    @Override
    public void anchorFailed(Anchor anchor, long number, Exception reason) {
      said.add("failed " + anchor.name());
    }
  }

  private Journal journal() throws Exception {
    return Journal.in(Files.createDirectory(directory.resolve("journal")));
  }

  private static Sealer.Settings settings(Journal journal, List<Anchor> anchors) {
    return new Sealer.Settings(journal.directory(), journal.key(), List.of(), SOON, SOON, anchors);
  }

  private Sealer start(Journal journal, SampleTail tail, List<Anchor> anchors) throws Exception {
    return Sealer.start(settings(journal, anchors), tail, Optional.empty(), heard);
  }

  @Test
  void idleSealer_signsAgainAndAgain_andSealsAllAtItsEnd() throws Exception {
    Journal journal = journal();
    SampleTail tail = new SampleTail(11).commands(400).quiet();
    try (Sealer sealer = start(journal, tail, List.of())) {
      await().until(() -> heard.signed.size() >= 4);
      assertThat(sealer).isNotNull();
    }

    assertThat(heard.signed.stream().map(Checkpoint::size).distinct()).contains(tail.sequence());
    assertThat(heard.said).containsExactly("working");
    assertThat(tail.sealed()).isEqualTo(tail.sequence() - 1);
    assertThat(journal.verify().findings()).isEmpty();
    assertThat(Sealer.lastSequence(journal.directory(), journal.key(), List.of()))
        .isEqualTo(tail.sequence() - 1);
  }

  @Test
  void droppedCheckpoint_findsARewriteWithTheKey_whichNothingElseCan() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Journal journal = journal();
    SampleTail tail = new SampleTail(12).commands(300).quiet();
    start(journal, tail, List.of(new FileDrop(outside))).close();
    byte[] kept;
    try (var files = Files.list(outside)) {
      kept = Files.readAllBytes(files.sorted().toList().getLast());
    }
    assertThat(journal.verify(kept).findings()).isEmpty();

    Journal.delete(journal.directory());
    Journal rewritten = new Journal(Files.createDirectory(journal.directory()), journal.key());
    rewritten.seal(new SampleTail(13).commands(320).quiet(), 50);

    assertThat(rewritten.verify().findings()).isEmpty();
    assertThat(rewritten.verify(kept).report().exitCode()).isEqualTo(Kind.ALTERED.exitCode());
    assertThat(rewritten.verify(kept).findings().getFirst().file()).isEqualTo("--since");
  }

  @Test
  void journalSetBackBeforeADroppedCheckpoint_isTruncated() throws Exception {
    Journal journal = journal();
    SampleTail tail = new SampleTail(14).commands(100).quiet();
    journal.seal(tail, 50);
    Journal older = journal.copyTo(directory.resolve("older"));
    tail.commands(100).quiet();
    journal.seal(tail, 50);
    byte[] kept = Files.readAllBytes(journal.directory().resolve("tree/checkpoint"));

    assertThat(older.verify().findings()).isEmpty();
    assertThat(older.verify(kept).report().exitCode()).isEqualTo(Kind.TRUNCATED.exitCode());
  }

  /** A tail that has a few entries at a time. */
  private record Trickle(SampleTail tail, AtomicInteger left) implements Unsealed {
    @Override
    public void goBehind(long sequence) {
      tail.goBehind(sequence);
    }

    @Override
    public Optional<Entry> next() {
      if (left.getAndDecrement() > 0) {
        return tail.next();
      }
      left.set(9);
      return Optional.empty();
    }

    @Override
    public void sealed(long sequence) {
      tail.sealed(sequence);
    }
  }

  @Test
  void journalThatIsBeingWritten_verifiesAtAnyMoment() throws Exception {
    Journal journal = journal();
    SampleTail tail = new SampleTail(20).commands(2_500).quiet();
    Unsealed slow = new Trickle(tail, new AtomicInteger());
    Sealer.Settings settings = settings(journal, List.of());
    int verified = 0;
    try (Sealer sealer = Sealer.start(settings, slow, Optional.empty(), heard)) {
      while (tail.sealed() < tail.sequence() - 1) {
        Journal.Verdict verdict = journal.verify();
        assertThat(verdict.report().counts().keySet())
            .as("%s", verdict.findings())
            .isSubsetOf(Kind.UNSEALED, Kind.FOREIGN, Kind.INTENT_WITHOUT_OUTCOME);
        verified++;
      }
      assertThat(sealer).isNotNull();
    }
    assertThat(verified).isGreaterThan(5);
    assertThat(journal.verify().findings()).isEmpty();
  }

  @Test
  void checkpointsTakenAway_whileRecordsStay_areTruncated() throws Exception {
    Journal journal = journal();
    SampleTail tail = new SampleTail(19).commands(400).quiet();
    journal.seal(tail, 50);
    Path log = journal.directory().resolve("tree/checkpoints.log");
    String[] notes = Files.readString(log).split("(?<=\\n)(?=gate\\.example/node7\\n)", -1);
    List<String> kept = List.of(notes).subList(0, notes.length - 3);

    Files.writeString(log, String.join("", kept));
    Files.writeString(journal.directory().resolve("tree/checkpoint"), kept.getLast());

    assertThat(journal.verify().report().exitCode()).isEqualTo(Kind.TRUNCATED.exitCode());
  }

  @Test
  void syslogOverTcp_getsTheNote() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> accept(server));
      Journal journal = journal();
      Anchor anchor = anchor(SyslogAnchor.Transport.TCP, server.getLocalPort());
      start(journal, new SampleTail(15).commands(20).quiet(), List.of(anchor)).close();

      String message = received.join();
      int space = message.indexOf(' ');
      assertThat(Integer.parseInt(message.substring(0, space)))
          .isEqualTo(message.length() - space - 1);
      assertThat(message.substring(space + 1))
          .startsWith("<109>1 20")
          .contains(" gate.example gatehouse - journal - checkpoint ");
      assertThat(opened(message, journal).origin()).isEqualTo("gate.example/node7");
      assertThat(heard.said).contains("anchored syslog 127.0.0.1:" + server.getLocalPort());
    }
  }

  private static String accept(ServerSocket server) {
    try (Socket socket = server.accept();
        InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Anchor anchor(SyslogAnchor.Transport transport, int port) {
    return new SyslogAnchor(transport, "127.0.0.1", port, "gate.example", Clock.systemUTC());
  }

  private static Checkpoint opened(String message, Journal journal) throws Exception {
    byte[] note = Base64.getDecoder().decode(message.substring(message.lastIndexOf(' ') + 1));
    return Checkpoint.open(note, List.of(journal.key().verifier()));
  }

  @Test
  void syslogOverUdp_getsTheNote() throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Journal journal = journal();
      Anchor anchor = anchor(SyslogAnchor.Transport.UDP, server.getLocalPort());
      start(journal, new SampleTail(16).commands(20).quiet(), List.of(anchor)).close();

      DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
      server.setSoTimeout(10_000);
      server.receive(packet);
      String message =
          new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
      assertThat(opened(message, journal).number()).isPositive();
    }
  }

  @Test
  void anchorThatFails_isTold_andHoldsUpNothing() throws Exception {
    Anchor gone = new FileDrop(directory.resolve("not there"));
    Journal journal = journal();
    SampleTail tail = new SampleTail(17).commands(50).quiet();
    start(journal, tail, List.of(gone)).close();

    assertThat(heard.said)
        .contains("failed " + gone.name())
        .doesNotContain("anchored " + gone.name());
    assertThat(journal.verify().findings()).isEmpty();
  }

  /** A disk that is full for a while. */
  private static final class FullDisk implements Disk {
    private final Disk real = new RealDisk();
    private final AtomicBoolean full = new AtomicBoolean();

    private void room() throws IOException {
      if (full.get()) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public Growing open(Path file) throws IOException {
      Growing growing = real.open(file);
      return new Growing() {
        @Override
        public void append(ByteBuffer bytes) throws IOException {
          room();
          growing.append(bytes);
        }

        @Override
        public void sync() throws IOException {
          growing.sync();
        }

        @Override
        public void close() throws IOException {
          growing.close();
        }
      };
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
      room();
      real.replace(file, content);
    }

    @Override
    public void truncate(Path file, long size) throws IOException {
      real.truncate(file, size);
    }

    @Override
    public void delete(Path file) throws IOException {
      real.delete(file);
    }

    @Override
    public void createDirectories(Path path) throws IOException {
      real.createDirectories(path);
    }

    @Override
    public void syncDirectory(Path path) throws IOException {
      real.syncDirectory(path);
    }
  }

  @Test
  void diskThatIsFullForAWhile_isTold_andNothingIsMissingAfterwards() throws Exception {
    Journal journal = journal();
    SampleTail tail = new SampleTail(18).commands(2_000).quiet();
    FullDisk disk = new FullDisk();
    try (Sealer sealer =
        Sealer.start(settings(journal, List.of()), disk, tail, Optional.empty(), heard)) {
      await().until(() -> !heard.signed.isEmpty());
      disk.full.set(true);
      await().until(() -> heard.said.contains("stopped No space left on device"));
      int before = heard.signed.size();
      disk.full.set(false);
      await().until(() -> heard.signed.size() > before);
      assertThat(sealer).isNotNull();
    }

    assertThat(heard.said).startsWith("working", "stopped No space left on device", "working");
    Journal.Verdict verdict = journal.verify();
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.report().proved()).isEqualTo(tail.sequence());
  }
}

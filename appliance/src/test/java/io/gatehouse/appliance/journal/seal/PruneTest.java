package io.gatehouse.appliance.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.verifier.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A payload may be gone only if a record in the tree says that its key was shredded. */
class PruneTest {
  private static final UUID FIRST = new UUID(1, 1);
  private static final UUID SECOND = new UUID(2, 2);

  @TempDir private Path directory;
  private Journal journal;
  private SampleTail tail;

  @BeforeEach
  void twoSessionsOfAClass() throws Exception {
    journal = Journal.in(directory);
    tail = new SampleTail(21).commands(20).quiet();
    tail.add(new SampleTail.Sample(36, 9, FIRST, -1, tail.bytes(100)));
    tail.add(new SampleTail.Sample(36, 9, SECOND, -1, tail.bytes(100)));
    journal.seal(tail, 50);
    tail.start();
  }

  private Path payload() {
    return directory.resolve("segments/00000000000000000000.9.payload");
  }

  private void prune(UUID... keys) throws Exception {
    ByteArrayOutputStream cbor = new ByteArrayOutputStream();
    cbor.writeBytes(new byte[] {(byte) 0xa3, 0, 9, 1, (byte) (0x80 + keys.length)});
    for (UUID key : keys) {
      ByteBuffer id = ByteBuffer.allocate(17).put((byte) 0x50);
      id.putLong(key.getMostSignificantBits()).putLong(key.getLeastSignificantBits());
      cbor.writeBytes(id.array());
    }
    cbor.writeBytes(new byte[] {2, (byte) 0x82, 0x61, 'a', 0x61, 'b'});
    tail.add(new SampleTail.Sample(5, 0, SampleTail.NONE, -1, cbor.toByteArray()));
    journal.seal(tail, 50);
  }

  @Test
  void payloadsWhoseKeysArePruned_mayBeGone() throws Exception {
    prune(FIRST, SECOND);
    Files.delete(payload());
    assertThat(journal.verify().findings()).isEmpty();

    Files.createFile(payload());
    assertThat(journal.verify().findings()).isEmpty();
  }

  @Test
  void payloadWhoseKeyNobodyPruned_isMissing() throws Exception {
    prune(FIRST);
    Files.delete(payload());

    assertThat(journal.verify().findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.MISSING);
              assertThat(finding.file()).isEqualTo("segments/00000000000000000000.9.payload");
              assertThat(finding.text()).contains("no pruned record");
            });
  }

  @Test
  void pruneRecordThatIsChanged_doesNotCount() throws Exception {
    prune(FIRST, SECOND);
    Files.delete(payload());
    List<Path> clear;
    try (var files = Files.list(directory.resolve("segments"))) {
      clear = files.filter(file -> file.toString().endsWith(".0.payload")).sorted().toList();
    }
    byte[] bytes = Files.readAllBytes(clear.getLast());
    bytes[bytes.length - 10] ^= 1;
    Files.write(clear.getLast(), bytes);

    assertThat(journal.verify().report().counts()).containsOnlyKeys(Kind.ALTERED, Kind.MISSING);
  }
}

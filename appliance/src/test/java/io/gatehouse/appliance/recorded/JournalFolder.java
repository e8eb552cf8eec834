package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.journal.key.DataKeys;
import io.gatehouse.appliance.journal.key.Found;
import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.journal.record.RecordReader;
import io.gatehouse.appliance.journal.seal.SigningKey;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.verifier.Finding;
import io.gatehouse.verifier.Report;
import io.gatehouse.verifier.Verification;
import io.gatehouse.verifier.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * A journal of a gate under test, with its keys. It is read with a reader of its own, after what is
 * documented, when the gate that writes it has ended.
 */
public final class JournalFolder {
  private static final String WRAPPING = "wrapping secret of this test, of 32 bytes or more";
  private static final int ROW = 128;
  private static final int HEAD = 96;

  private final Path folder;
  private final Path journal;
  private final VerifierKey verifier;

  private JournalFolder(Path folder, Path journal, VerifierKey verifier) {
    this.folder = folder;
    this.journal = journal;
    this.verifier = verifier;
  }

  /** Makes keys. */
  public static JournalFolder make(Path folder) throws Exception {
    Files.createDirectories(folder);
    SigningKey key = SigningKey.generate("gate.example/node7", SigningKey.Algorithm.ED25519);
    Files.write(folder.resolve("signing.pem"), key.pem());
    Files.writeString(folder.resolve("verifier.txt"), key.verifier() + "\n");
    Files.writeString(folder.resolve("wrapping"), WRAPPING);
    return new JournalFolder(folder, folder.resolve("journal"), key.verifier());
  }

  public Path journal() {
    return journal;
  }

  /** The same where it is found under another path. */
  public JournalFolder seenAt(Path place) {
    return new JournalFolder(folder, place, verifier);
  }

  public Path folder() {
    return folder;
  }

  /**
   * The section of the configuration.
   *
   * @param more keys of it, each a line
   */
  public String section(String more) {
    return """
    journal:
      directory: %s
      keys: %s
      node: 7
      wrapping: {name: k1, secret: {file: %s}}
      signing-key: %s
      verifier-key: %s
      tail-file-mib: 8
      checkpoint-seconds: 1
    """
            .formatted(
                journal(),
                folder.resolve("keys"),
                folder.resolve("wrapping"),
                folder.resolve("signing.pem"),
                folder.resolve("verifier.txt"))
        + more.indent(2);
  }

  /** One record. */
  public record Entry(
      Kind kind, long sequence, UUID session, long answers, Map<String, Datum> fields) {
    public Datum field(String name) {
      return Objects.requireNonNull(fields.get(name), name);
    }

    public List<Datum> rows(String name) {
      return ((Datum.Row) field(name)).values();
    }

    /** The values that were bound, but for those that are null. */
    public List<byte[]> values() {
      return rows("binds").stream()
          .map(bind -> ((Datum.Row) bind).values().get(2))
          .filter(Datum.Bytes.class::isInstance)
          .map(value -> ((Datum.Bytes) value).value())
          .toList();
    }

    public String text(String name) {
      return JournalFolder.text(field(name));
    }
  }

  public static String text(Datum datum) {
    return switch (datum) {
      case Datum.Text text -> text.value();
      case Datum.Bytes bytes -> new String(bytes.value(), StandardCharsets.UTF_8);
      case Datum.Nothing _ -> "";
      case Datum other -> other.toString();
    };
  }

  /** What the verifier says. */
  public record Audit(Report report, List<Finding> findings) {}

  public Audit audit() {
    List<Finding> findings = new ArrayList<>();
    return new Audit(
        Verification.verify(journal(), List.of(verifier), null, findings::add), findings);
  }

  /** All that is in the segments. */
  public List<Entry> entries() throws Exception {
    List<Entry> entries = new ArrayList<>();
    each(entries::add);
    return entries;
  }

  public void each(Consumer<Entry> reader) throws Exception {
    Map<UUID, SecretKey> keys = new HashMap<>();
    Map<UUID, ByteArrayOutputStream> parts = new HashMap<>();
    try (Secret secret = Secret.of(WRAPPING.getBytes(StandardCharsets.UTF_8));
        DataKeys stored =
            DataKeys.open(
                folder.resolve("keys"),
                KeyEncryptionKey.of("k1", secret),
                List.of(),
                Clock.systemUTC());
        Stream<Path> files = Files.list(journal().resolve("segments"))) {
      for (Path file :
          files
              .filter(one -> one.toString().endsWith(".rows"))
              .sorted(Comparator.comparing(Path::toString))
              .toList()) {
        segment(file, id -> keys.computeIfAbsent(id, one -> find(stored, one)), parts, reader);
      }
    }
  }

  private static SecretKey find(DataKeys stored, UUID id) {
    try {
      return ((Found.Live) stored.find(id)).key();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void segment(
      Path rows,
      Function<UUID, SecretKey> keys,
      Map<UUID, ByteArrayOutputStream> parts,
      Consumer<Entry> reader)
      throws Exception {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(rows));
    String name = rows.getFileName().toString().replace(".rows", "");
    Map<Integer, RandomAccessFile> payloads = new HashMap<>();
    try {
      for (int at = 0; at < all.limit(); at += ROW) {
        Kind kind = Kind.of(all.get(at + 1)).orElseThrow();
        int retention = Short.toUnsignedInt(all.getShort(at + 2));
        RandomAccessFile file = payloads.get(retention);
        if (file == null) {
          Path path = rows.resolveSibling(name + "." + retention + ".payload");
          file = new RandomAccessFile(path.toFile(), "r");
          payloads.put(retention, file);
        }
        byte[] payload = new byte[all.getInt(at + 4)];
        file.readFully(payload);
        UUID key = new UUID(all.getLong(at + 64), all.getLong(at + 72));
        byte[] clear =
            kind.payload() == Kind.Payload.CLEAR
                ? payload
                : decrypt(all.slice(at, HEAD), payload, keys.apply(key));
        UUID session = new UUID(all.getLong(at + 48), all.getLong(at + 56));
        if (kind == Kind.PART) {
          parts.computeIfAbsent(session, one -> new ByteArrayOutputStream()).write(clear);
        } else {
          Map<String, Datum> fields = RecordReader.read(kind, clear);
          ByteArrayOutputStream whole = parts.remove(session);
          if (whole != null) {
            assertThat(fields.get("parts")).isNotEqualTo(new Datum.Count(0));
            fields = RecordReader.read(kind, whole.toByteArray());
          }
          reader.accept(
              new Entry(kind, all.getLong(at + 8), session, all.getLong(at + 80), fields));
        }
      }
    } finally {
      for (RandomAccessFile file : payloads.values()) {
        file.close();
      }
    }
  }

  private static byte[] decrypt(ByteBuffer head, byte[] payload, SecretKey key) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    byte[] nonce = ByteBuffer.allocate(12).putLong(4, head.getLong(8)).array();
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce));
    cipher.updateAAD(head.duplicate());
    return cipher.doFinal(payload);
  }
}

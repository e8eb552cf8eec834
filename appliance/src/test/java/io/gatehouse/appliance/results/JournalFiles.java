package io.gatehouse.appliance.results;

import io.gatehouse.appliance.journal.key.DataKey;
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
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** A journal on a disk: what a configuration says of it, and what is in it once its gate ended. */
final class JournalFiles {
  private static final int ROW = 128;
  private static final int HEAD = 96;
  private static final String SECRET = "w".repeat(32);

  private final Path folder;
  private final SigningKey signing;

  /** In a folder, with keys that are made now. */
  JournalFiles(Path folder) throws IOException, GeneralSecurityException {
    this.folder = folder;
    signing = SigningKey.generate("gate.example/test", SigningKey.Algorithm.ED25519);
    Files.write(folder.resolve("signing.pem"), signing.pem());
    Files.writeString(folder.resolve("verifier.key"), signing.verifier() + "\n");
    Files.writeString(folder.resolve("wrapping.key"), SECRET);
  }

  /** The section of the configuration. */
  String section(String sync) {
    return """
    journal:
      directory: journal
      keys: keys
      wrapping: {name: k1, secret: {file: wrapping.key}}
      signing-key: signing.pem
      verifier-key: verifier.key
      sync: %s
    """
        .formatted(sync);
  }

  Path directory() {
    return folder.resolve("journal");
  }

  /** One record, in clear text. */
  record Entry(Kind kind, long sequence, long answers, Map<String, Datum> fields) {
    String text(String field) {
      return fields.get(field) instanceof Datum.Text(String value) ? value : "";
    }

    long count(String field) {
      return fields.get(field) instanceof Datum.Count(long value) ? value : -1;
    }

    boolean flag(String field) {
      return fields.get(field) instanceof Datum.Flag(boolean value) && value;
    }

    byte[] bytes(String field) {
      return fields.get(field) instanceof Datum.Bytes(byte[] value) ? value : new byte[0];
    }
  }

  /** Takes the records in their order. */
  interface Reader {
    void read(Entry entry) throws IOException;
  }

  List<Entry> all() throws Exception {
    List<Entry> all = new ArrayList<>();
    each(all::add);
    return all;
  }

  /** All that is sealed; decrypted in memory only. */
  void each(Reader reader) throws Exception {
    try (Secret secret = Secret.of(SECRET.getBytes(StandardCharsets.UTF_8));
        DataKeys keys =
            DataKeys.open(
                folder.resolve("keys"),
                KeyEncryptionKey.of("k1", secret),
                List.of(),
                Clock.systemUTC())) {
      for (Path rows : files("segments", ".rows")) {
        segment(rows, keys, reader);
      }
    }
  }

  private List<Path> files(String in, String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory().resolve(in))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static void segment(Path rows, DataKeys keys, Reader reader) throws Exception {
    String number = rows.getFileName().toString().replace(".rows", "");
    Map<Integer, DataInputStream> payloads = new HashMap<>();
    Map<UUID, DataKey> known = new HashMap<>();
    try (DataInputStream in = open(rows)) {
      for (byte[] row = in.readNBytes(ROW); row.length == ROW; row = in.readNBytes(ROW)) {
        ByteBuffer head = ByteBuffer.wrap(row);
        int retention = head.getShort(2);
        DataInputStream from = payloads.get(retention);
        if (from == null) {
          from = open(rows.resolveSibling(number + "." + retention + ".payload"));
          payloads.put(retention, from);
        }
        byte[] payload = from.readNBytes(head.getInt(4));
        Kind kind = Kind.of(row[1]).orElseThrow();
        UUID id = new UUID(head.getLong(64), head.getLong(72));
        if (kind.payload() == Kind.Payload.SECRET) {
          DataKey key = known.get(id);
          if (key == null) {
            key = ((Found.Live) keys.find(id)).key();
            known.put(id, key);
          }
          payload = decrypted(row, head.getLong(8), payload, key);
        }
        reader.read(
            new Entry(kind, head.getLong(8), head.getLong(80), RecordReader.read(kind, payload)));
      }
    } finally {
      known.values().forEach(DataKey::close);
      for (DataInputStream one : payloads.values()) {
        one.close();
      }
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20));
  }

  private static byte[] decrypted(byte[] row, long sequence, byte[] payload, DataKey key)
      throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(12).putLong(4, sequence).array();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce));
    cipher.updateAAD(row, 0, HEAD);
    return cipher.doFinal(payload);
  }

  /** What an auditor finds; nothing but what is not proved yet. */
  Report verified(List<Finding> findings) {
    return Verification.verify(directory(), List.of(signing.verifier()), null, findings::add);
  }
}

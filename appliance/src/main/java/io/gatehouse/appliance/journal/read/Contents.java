package io.gatehouse.appliance.journal.read;

import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.key.Found;
import io.gatehouse.appliance.journal.key.KeyShelf;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.journal.record.RecordReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** Makes records of payloads. Keeps the keys of some sessions in memory; not thread-safe. */
final class Contents implements AutoCloseable {
  private static final int MOST_KEYS = 256;
  private static final int TAG_BITS = 128;
  private static final int NONCE_BYTES = 12;

  private final KeyShelf shelf;
  private final Cipher cipher;
  private final Map<UUID, DataKey> keys = new LinkedHashMap<>(16, 0.75f, true);

  Contents(KeyShelf shelf) throws IOException {
    this.shelf = shelf;
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java has no AES-GCM", e);
    }
  }

  Content of(Entry entry) throws IOException {
    Optional<Kind> kind = Kind.of(entry.row().kind());
    if (!entry.row().known() || kind.isEmpty()) {
      return new Content.Unreadable("it is of a kind that only a newer version knows");
    }
    return switch (entry.stored().read()) {
      case Entry.Bytes.Pruned() -> new Content.Gone("pruned");
      case Entry.Bytes.Damaged(String what) -> new Content.Unreadable(what);
      case Entry.Bytes.There(byte[] bytes) ->
          entry.row().clear() ? said(kind.get(), bytes) : opened(entry.row(), kind.get(), bytes);
    };
  }

  private Content opened(Row row, Kind kind, byte[] payload) throws IOException {
    DataKey kept = keys.get(row.dataKey());
    if (kept != null) {
      return decrypted(row, kind, payload, kept);
    }
    return switch (shelf.find(row.dataKey())) {
      case Found.Shredded() -> new Content.Gone("its key was shredded");
      case Found.Unknown() -> new Content.Gone("its key is not among the keys");
      case Found.Locked(String why) -> new Content.Unreadable(why);
      case Found.Live(DataKey key) -> {
        keep(key);
        yield decrypted(row, kind, payload, key);
      }
    };
  }

  private void keep(DataKey key) {
    if (keys.size() >= MOST_KEYS) {
      UUID oldest = keys.keySet().iterator().next();
      DataKey dropped = keys.remove(oldest);
      if (dropped != null) {
        dropped.close();
      }
    }
    keys.put(key.id(), key);
  }

  private Content decrypted(Row row, Kind kind, byte[] payload, DataKey key) {
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(nonce).putLong(NONCE_BYTES - Long.BYTES, row.sequence());
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(row.head());
      return said(kind, cipher.doFinal(payload));
    } catch (GeneralSecurityException e) {
      return new Content.Unreadable("it is not what was encrypted: its row or its payload changed");
    }
  }

  private static Content said(Kind kind, byte[] payload) {
    if (kind == Kind.PART) {
      return new Content.Part(payload);
    }
    try {
      return new Content.Said(kind, RecordReader.read(kind, payload));
    } catch (RecordReader.Malformed e) {
      return new Content.Unreadable("it is not a record: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    keys.values().forEach(DataKey::close);
    keys.clear();
  }
}

package io.gatehouse.appliance.journal.tail;

import io.gatehouse.appliance.journal.key.ClearText;
import io.gatehouse.appliance.journal.key.Cover;
import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.record.Kind;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.UUID;
import java.util.zip.CRC32C;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Puts entries together in memory of its own, the payload as encrypted already: what is copied into
 * a file from here has never been clear. Not thread-safe.
 */
final class Composer {
  private static final int LEAST = 4 << 10;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 8 * Layout.TAG;

  private final UUID boot;
  private final long node;
  private final Cipher cipher;
  private final byte[] nonce = new byte[NONCE];
  private final ByteBuffer nonceView = ByteBuffer.wrap(nonce);
  private final CRC32C sum = new CRC32C();
  private byte[] entry = new byte[LEAST];
  private ByteBuffer view = ByteBuffer.wrap(entry);

  Composer(UUID boot, long node) throws GeneralSecurityException {
    this.boot = boot;
    this.node = node;
    cipher = Cipher.getInstance("AES/GCM/NoPadding");
  }

  static int entryBytes(Cover cover, int payload) {
    return switch (cover) {
      case ClearText clear -> Layout.LEAST_ENTRY + payload;
      case DataKey key -> Layout.LEAST_ENTRY + payload + Layout.TAG;
    };
  }

  /** The last one that was composed, from the first byte; until the next one is. */
  byte[] entry() {
    return entry;
  }

  /** What is in the row beside the payload. */
  record Row(Kind kind, UUID session, long answers, Sequence.Given given) {}

  void compose(Row row, Cover cover, byte[] payload, int offset, int length)
      throws GeneralSecurityException {
    int bytes = entryBytes(cover, length);
    if (entry.length < bytes) {
      entry = new byte[Math.max(bytes, Math.min(2 * entry.length, Layout.MOST_ENTRY))];
      view = ByteBuffer.wrap(entry);
    }
    head(row, cover, bytes - Layout.LEAST_ENTRY);
    switch (cover) {
      case ClearText clear -> System.arraycopy(payload, offset, entry, Layout.LEAST_ENTRY, length);
      case DataKey key -> encrypt(key, row.given.number(), payload, offset, length);
    }
    sum.reset();
    sum.update(entry, Layout.SUM, bytes - Layout.SUM);
    view.putInt(0, (int) sum.getValue());
  }

  private void head(Row row, Cover cover, int length) {
    view.position(Layout.SUM);
    view.put(Layout.VERSION).put((byte) row.kind.code()).putShort((short) cover.retentionClass());
    view.putInt(length).putLong(row.given.number());
    view.putLong(row.given.wall()).putLong(row.given.monotonic());
    id(boot);
    id(row.session);
    switch (cover) {
      case ClearText clear -> view.putLong(0).putLong(0);
      case DataKey key -> id(key.id());
    }
    view.putLong(row.answers).putLong(node);
  }

  private void id(UUID id) {
    view.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private void encrypt(DataKey key, long sequence, byte[] payload, int offset, int length)
      throws GeneralSecurityException {
    nonceView.putLong(NONCE - Long.BYTES, sequence);
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(entry, Layout.SUM, Layout.HEAD);
    cipher.doFinal(payload, offset, length, entry, Layout.LEAST_ENTRY);
  }
}

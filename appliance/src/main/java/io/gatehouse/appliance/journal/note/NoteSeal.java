package io.gatehouse.appliance.journal.note;

import io.gatehouse.appliance.journal.record.CborWriter;
import io.gatehouse.appliance.journal.record.ControlRecord.Reading;
import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.journal.record.RecordReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/** A note's bytes: a nonce of 12, then the record under AES-256-GCM. */
final class NoteSeal {
  /** More than any command line gives. */
  static final int MOST_BYTES = 256 << 10;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte[] BOUND = "gatehouse note 1".getBytes(StandardCharsets.US_ASCII);

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  NoteSeal(SecretKey key) {
    this.key = key;
  }

  byte[] seal(Reading note) throws IOException {
    CborWriter out = new CborWriter();
    note.write(out);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(out.array(), 0, out.length());
      byte[] whole =
          ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
      if (whole.length > MOST_BYTES) {
        throw new IOException("the arguments are too long to be put on record");
      }
      return whole;
    } catch (GeneralSecurityException e) {
      throw new IOException("the note cannot be encrypted", e);
    }
  }

  /** Empty if it is not a note under this key. */
  Optional<Reading> open(byte[] bytes) {
    if (bytes.length <= NONCE_BYTES) {
      return Optional.empty();
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES));
      byte[] clear = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
      return Optional.of(reading(RecordReader.read(Kind.READING, clear)));
    } catch (GeneralSecurityException | RecordReader.Malformed e) {
      return Optional.empty();
    }
  }

  private static Reading reading(Map<String, Datum> fields) {
    List<String> arguments =
        fields.get("arguments") instanceof Datum.Row(List<Datum> values)
            ? values.stream().map(NoteSeal::text).toList()
            : List.of();
    long records = fields.get("records") instanceof Datum.Count(long count) ? count : 0;
    return new Reading(
        text(fields.get("actor")),
        text(fields.get("action")),
        arguments,
        records,
        text(fields.get("result")));
  }

  private static String text(@Nullable Datum value) {
    return value instanceof Datum.Text(String text) ? text : "";
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(BOUND);
    return cipher;
  }
}

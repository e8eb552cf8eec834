package io.gatehouse.mcp.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ids of a conversation's events as its client knows them: those of the server, with the stream
 * that they stood in, sealed under a key of the conversation's own. So they say nothing, nothing is
 * kept for them, and one that was made up or given elsewhere is found out. On the conversation's
 * event loop.
 */
final class EventIds {

  /**
   * What an id says to the gate.
   *
   * @param call whose stream the event stood in; 0 of the one that is for no request
   * @param plans how many had ended by then, see {@link Bygone}
   * @param server the server's id
   */
  record Mark(long call, long plans, String server) {}

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** So that the length of an id says little, either. */
  private static final int BLOCK = 64;

  private final SecretKeySpec key;
  private long given;

  EventIds() {
    byte[] bytes = new byte[KEY_BYTES];
    RANDOM.nextBytes(bytes);
    key = new SecretKeySpec(bytes, "AES");
  }

  String seal(Mark mark) {
    byte[] server = mark.server().getBytes(StandardCharsets.UTF_8);
    int length = (2 * Long.BYTES + server.length + BLOCK - 1) / BLOCK * BLOCK;
    ByteBuffer plain = ByteBuffer.allocate(length);
    plain.putLong(mark.call()).putLong(mark.plans()).put(server);
    // Never one twice under a key: they are counted.
    byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(++given).array();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain.array());
      byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has AES-GCM", e);
    }
  }

  /** Empty if it was not given here. */
  Optional<Mark> open(String id) {
    try {
      byte[] all = Base64.getUrlDecoder().decode(id);
      if (all.length <= NONCE_BYTES) {
        return Optional.empty();
      }
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_BYTES));
      ByteBuffer plain =
          ByteBuffer.wrap(cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES));
      long call = plain.getLong();
      long plans = plain.getLong();
      return Optional.of(new Mark(call, plans, server(plain)));
    } catch (IllegalArgumentException | GeneralSecurityException notOfHere) {
      return Optional.empty();
    }
  }

  /** An id holds no NUL, which the last block is filled with. */
  private static String server(ByteBuffer padded) {
    String text = StandardCharsets.UTF_8.decode(padded).toString();
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}

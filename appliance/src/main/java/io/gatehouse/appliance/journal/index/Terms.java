package io.gatehouse.appliance.journal.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Makes blind terms and vouches for files, with one key. Not thread-safe. */
public final class Terms {
  static final int MAC_BYTES = 32;

  private static final int MOST_KEPT = 4_096;

  /** So that a term, a list and a head never have the same bytes to vouch for. */
  private static final byte TERM = 1;

  private static final byte LIST = 2;
  private static final byte HEAD = 3;

  private final Mac mac;
  private final Map<String, Long> kept = new LinkedHashMap<>(16, 0.75f, true);

  public Terms(SecretKey key) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
    }
  }

  /**
   * @param value a normal one
   */
  public long of(Facet facet, String value) {
    String whole = facet.name() + '\0' + value;
    Long known = kept.get(whole);
    if (known != null) {
      return known;
    }
    mac.update(TERM);
    mac.update(whole.getBytes(StandardCharsets.UTF_8));
    long term = ByteBuffer.wrap(mac.doFinal()).getLong();
    if (kept.size() >= MOST_KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    kept.put(whole, term);
    return term;
  }

  public long session(UUID session) {
    return of(Facet.SESSION, session.toString());
  }

  public long kind(int code) {
    return of(Facet.KIND, Integer.toString(code));
  }

  /** For a list of rows that belongs to a term of a segment. */
  long list(long segment, long term, ByteBuffer rows) {
    mac.update(LIST);
    mac.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(segment).putLong(term).flip());
    mac.update(rows);
    return ByteBuffer.wrap(mac.doFinal()).getLong();
  }

  byte[] head(ByteBuffer bytes) {
    mac.update(HEAD);
    mac.update(bytes);
    return mac.doFinal();
  }
}

package io.gatehouse.plugins.http;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One message of HTTP/1.1 (RFC 9112), in one array that is wiped: bodies and one header have
 * secrets. Used by one thread at a time.
 */
public final class WireBytes implements AutoCloseable {
  public static final int MOST = 1 << 20;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([2-5][0-9]{2})( .*)?");
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[16_384];
  private int length;

  /** With its end. */
  public void line(String text) {
    text(text);
    text("\r\n");
  }

  public void text(String text) {
    bytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A copy of them. */
  public void bytes(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      byte[] larger = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
      Arrays.fill(bytes, (byte) 0);
      bytes = larger;
    }
  }

  void into(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    out.flush();
  }

  /** Until the peer, which was told to, closes the connection. */
  void all(InputStream in) throws IOException, SecretUnavailableException {
    int read = 0;
    while (read >= 0) {
      length += read;
      if (length > MOST) {
        throw unreadable("is too long");
      }
      room(4_096);
      read = in.read(bytes, length, bytes.length - length);
    }
  }

  public int status() throws SecretUnavailableException {
    Matcher status = STATUS.matcher(head().split("\r\n", 2)[0]);
    if (!status.matches()) {
      throw unreadable("is not HTTP");
    }
    return Integer.parseInt(status.group(1));
  }

  /** A copy, for whoever wipes it. */
  public byte[] body() throws SecretUnavailableException {
    String head = head();
    int from = head.length() + END.length;
    Optional<String> transfer = header(head, "transfer-encoding");
    if (transfer.isPresent()) {
      if (!transfer.get().equalsIgnoreCase("chunked")
          || header(head, "content-length").isPresent()) {
        throw unreadable("is in a form that was not asked for");
      }
      return joined(from);
    }
    Optional<String> announced = header(head, "content-length");
    if (announced.isPresent() && !announced.get().equals(String.valueOf(length - from))) {
      throw unreadable("is not as long as it says");
    }
    return Arrays.copyOfRange(bytes, from, length);
  }

  /** Without the empty line behind it; no secret is in it. */
  private String head() throws SecretUnavailableException {
    for (int i = 0; i + END.length <= length; i++) {
      if (Arrays.equals(bytes, i, i + END.length, END, 0, END.length)) {
        return new String(bytes, 0, i, StandardCharsets.ISO_8859_1);
      }
    }
    throw unreadable("is not HTTP");
  }

  private static Optional<String> header(String head, String name) {
    return head.lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .reduce((one, other) -> one.equals(other) ? one : one + "," + other);
  }

  /** RFC 9112, section 7.1. */
  private byte[] joined(int from) throws SecretUnavailableException {
    byte[] joined = new byte[length - from];
    int size = 0;
    int at = from;
    while (true) {
      int end = lineEnd(at);
      int chunk = chunk(new String(bytes, at, end - at, StandardCharsets.ISO_8859_1));
      at = end + 2;
      if (chunk == 0) {
        byte[] exactly = Arrays.copyOf(joined, size);
        Arrays.fill(joined, (byte) 0);
        return exactly;
      }
      if (chunk > length - at - 2 || bytes[at + chunk] != '\r' || bytes[at + chunk + 1] != '\n') {
        Arrays.fill(joined, (byte) 0);
        throw unreadable("ends in the middle");
      }
      System.arraycopy(bytes, at, joined, size, chunk);
      size += chunk;
      at += chunk + 2;
    }
  }

  private static int chunk(String size) throws SecretUnavailableException {
    String digits = size.split(";", 2)[0].strip();
    if (!digits.matches("[0-9A-Fa-f]{1,6}")) {
      throw unreadable("has a part without a length");
    }
    return Integer.parseInt(digits, 16);
  }

  private int lineEnd(int from) throws SecretUnavailableException {
    for (int i = from; i + 1 < length; i++) {
      if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
        return i;
      }
    }
    throw unreadable("ends in the middle");
  }

  private static SecretUnavailableException unreadable(String how) {
    return new SecretUnavailableException(Reason.UNREADABLE, "the answer " + how);
  }

  /** Wipes it. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
    length = 0;
  }
}

package io.gatehouse.appliance.masking;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message of a server, as it came. */
public final class Received {
  private final char type;
  private final byte[] body;

  Received(char type, byte[] body) {
    this.type = type;
    this.body = body.clone();
  }

  public char type() {
    return type;
  }

  public byte[] body() {
    return body.clone();
  }

  /** For reports: what is not printable is left out. */
  public String text() {
    return type + " " + new String(body, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ");
  }

  /** A field of an ErrorResponse or NoticeResponse, such as {@code C} for its SQLSTATE. */
  public Optional<String> field(char code) {
    return Arrays.stream(new String(body, StandardCharsets.UTF_8).split("\0", -1))
        .filter(field -> !field.isEmpty() && field.charAt(0) == code)
        .map(field -> field.substring(1))
        .findFirst();
  }

  /** The fields of a DataRow; empty for NULL. */
  public List<Optional<byte[]>> fields() {
    List<Optional<byte[]>> fields = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(body);
    int count = in.getShort();
    for (int i = 0; i < count; i++) {
      int length = in.getInt();
      if (length < 0) {
        fields.add(Optional.empty());
      } else {
        byte[] field = new byte[length];
        in.get(field);
        fields.add(Optional.of(field));
      }
    }
    return fields;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Received that && type == that.type && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return 31 * type + Arrays.hashCode(body);
  }

  @Override
  public String toString() {
    return text();
  }
}

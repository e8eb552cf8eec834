package io.gatehouse.mcp.upstream;

import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Who the gate is at a server. What is secret of it is never in a String. */
public sealed interface Held {

  /** Nobody. */
  record Nobody() implements Held {}

  record Bearer(HeldSecret token) implements Held {}

  /**
   * A header of the server's own, such as {@code X-Api-Key}.
   *
   * @param name no header that says where a message ends or for whom it is
   */
  record Named(String name, HeldSecret value) implements Held {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Set<String> OTHERS =
        Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade");

    public Named {
      name = name.toLowerCase(Locale.ROOT);
      if (!NAME.matcher(name).matches() || OTHERS.contains(name)) {
        throw new IllegalArgumentException("a credential cannot be in a header of this name");
      }
    }
  }

  /** The name of the header that it needs for itself; empty if none. */
  private static String header(Held held) {
    return switch (held) {
      case Nobody _ -> "";
      case Bearer _ -> "authorization";
      case Named(String name, _) -> name;
    };
  }

  /** Whether a field of that name would stand beside it. */
  default boolean replaces(String name) {
    return header(this).equals(name);
  }

  /**
   * Writes it as a field.
   *
   * @throws IllegalStateException if it would be more than one; without it
   */
  default void write(ByteBuf out) {
    switch (this) {
      case Nobody _ -> {}
      case Bearer(HeldSecret token) -> field(out, "authorization: Bearer ", token);
      case Named(String name, HeldSecret value) -> field(out, name + ": ", value);
    }
  }

  private static void field(ByteBuf out, String before, HeldSecret value) {
    try (Secret secret = value.copy()) {
      for (byte b : secret.bytes()) {
        if (b < ' ' || b == 0x7F) {
          throw new IllegalStateException("the held credential is not of printable ASCII");
        }
      }
      ByteBufUtil.writeAscii(out, before);
      out.writeBytes(secret.bytes());
      ByteBufUtil.writeAscii(out, "\r\n");
    }
  }
}

package io.gatehouse.appliance.gated;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything that came back to a client. */
final class RawAnswers {
  private static final String BY_GATE = "denied by rule \"";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final StringBuilder types = new StringBuilder();
  private final Set<String> errors = new LinkedHashSet<>();

  /** A message of the server. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Message(char type, byte[] body) {}

  void add(Message message) {
    bytes.writeBytes(message.body());
    types.append(message.type());
    if (message.type() == 'E') {
      errors.add(error(new String(message.body(), UTF_8)));
    }
  }

  /** Whether the last that came is that the session is ready for more. */
  boolean ready() {
    return types.toString().endsWith("Z");
  }

  /** The types of all messages in order. */
  @Override
  public String toString() {
    return types.toString();
  }

  /** Each refusal of the gate by its rule, each other error by its code. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  /** Whether these bytes came, wherever a message ends. */
  boolean holds(byte[] wanted) {
    byte[] all = bytes.toByteArray();
    for (int i = 0; i + wanted.length <= all.length; i++) {
      if (Arrays.equals(all, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private static String error(String fields) {
    String code = "";
    String message = "";
    for (String field : fields.split("\0", -1)) {
      if (field.startsWith("C")) {
        code = field.substring(1);
      } else if (field.startsWith("M")) {
        message = field.substring(1);
      }
    }
    if (code.equals("57P03")) {
      // What it touches is being defined, or nobody knows it yet: this server is up.
      return "refused, 57P03";
    }
    if (code.equals("42501") && message.startsWith(BY_GATE)) {
      String rule = message.substring(BY_GATE.length());
      return "refused, " + rule.substring(0, rule.indexOf('"'));
    }
    return "error " + code;
  }
}

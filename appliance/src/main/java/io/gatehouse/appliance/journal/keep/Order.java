package io.gatehouse.appliance.journal.keep;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask for, as the lines of a file that {@code docs/journal-format.md} shows.
 *
 * @param id random, so that it is carried out once
 * @param signatures of its text, each by an operator who is found by trying
 */
public record Order(
    String id, Journal journal, Instant validUntil, Action action, List<String> signatures) {
  /** Of a file. */
  public static final int MOST_BYTES = 65_536;

  /** How long one may be valid from now on. */
  public static final Duration LONGEST = Duration.ofDays(31);

  private static final int MOST_SIGNATURES = 4;
  private static final int ID_BYTES = 16;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern ORIGIN = Pattern.compile("[^\\s+\\p{Cntrl}]{1,255}");

  /** Which journal it is for. */
  public record Journal(String origin, long node) {}

  public Order {
    signatures = List.copyOf(signatures);
  }

  /** It is not an order, or not in the one form that an order has. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /** Nobody has signed it yet. */
  public static Order of(Journal journal, Instant validUntil, Action action)
      throws MalformedException {
    byte[] id = new byte[ID_BYTES];
    new SecureRandom().nextBytes(id);
    return new Order(HexFormat.of().formatHex(id), journal, validUntil, action, List.of())
        .checked();
  }

  /** With one more signature. */
  public Order signed(OperatorKey by) throws MalformedException {
    List<String> all = new ArrayList<>(signatures);
    all.add(Base64.getEncoder().encodeToString(by.sign(text())));
    return new Order(id, journal, validUntil, action, all).checked();
  }

  private Order checked() throws MalformedException {
    return parse(bytes());
  }

  /** The operators who signed it, each once. A signature that is nobody's is a problem. */
  List<Operator> signers(List<Operator> known) throws MalformedException {
    String text = text();
    List<Operator> signers = new ArrayList<>();
    for (String one : signatures) {
      byte[] signature = Base64.getDecoder().decode(one);
      Operator by =
          known.stream()
              .filter(operator -> operator.signed(text, signature))
              .findFirst()
              .orElseThrow(
                  () -> new MalformedException("has a signature that is no operator's of it"));
      if (!signers.contains(by)) {
        signers.add(by);
      }
    }
    return signers;
  }

  /** What is signed. */
  String text() {
    StringBuilder text = new StringBuilder("gatehouse journal order 1\n");
    line(text, "id", id);
    line(text, "journal", journal.origin());
    line(text, "node", Long.toString(journal.node()));
    line(text, "valid-until", validUntil.toString());
    action.lines().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(' ').append(value).append('\n');
  }

  /** As a file. */
  public byte[] bytes() {
    StringBuilder whole = new StringBuilder(text());
    signatures.forEach(one -> line(whole, "sign", one));
    return whole.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Takes only what {@link #bytes} would have written. */
  public static Order parse(byte[] bytes) throws MalformedException {
    if (bytes.length > MOST_BYTES) {
      throw new MalformedException("is longer than an order can be");
    }
    Lines lines = new Lines(new String(bytes, StandardCharsets.UTF_8));
    lines.expect("gatehouse journal order 1");
    try {
      Order read =
          new Order(
              lines.value("id"),
              new Journal(lines.value("journal"), Long.parseLong(lines.value("node"))),
              Instant.parse(lines.value("valid-until")),
              Action.read(lines),
              signatures(lines));
      if (!java.util.Arrays.equals(read.bytes(), bytes)) {
        throw new MalformedException("is not in the one form that an order has");
      }
      return read.plausible();
    } catch (java.time.DateTimeException | IllegalArgumentException e) {
      throw new MalformedException("has a time, a number or a session that is none");
    }
  }

  private Order plausible() throws MalformedException {
    if (!ID.matcher(id).matches()
        || !ORIGIN.matcher(journal.origin()).matches()
        || journal.node() < 0
        || signatures.size() > MOST_SIGNATURES) {
      throw new MalformedException("has an id, a journal or signatures that no order has");
    }
    return this;
  }

  private static List<String> signatures(Lines lines) throws MalformedException {
    List<String> signatures = new ArrayList<>();
    for (String one = lines.find("sign"); one != null; one = lines.find("sign")) {
      Base64.getDecoder().decode(one);
      signatures.add(one);
    }
    lines.end();
    return signatures;
  }

  /** The lines of a text, one behind the other. */
  static final class Lines {
    private final String[] lines;
    private int at;

    Lines(String text) {
      lines = text.split("\n", -1);
    }

    void expect(String line) throws MalformedException {
      if (at >= lines.length || !lines[at++].equals(line)) {
        throw new MalformedException("does not begin with: " + line);
      }
    }

    String value(String key) throws MalformedException {
      return Optional.ofNullable(find(key))
          .orElseThrow(() -> new MalformedException("has no line " + key + " where it belongs"));
    }

    /** Null if the next line is another. */
    @Nullable String find(String key) {
      if (at < lines.length && lines[at].startsWith(key + " ")) {
        return lines[at++].substring(key.length() + 1);
      }
      return null;
    }

    void end() throws MalformedException {
      if (at != lines.length - 1 || !lines[at].isEmpty()) {
        throw new MalformedException("has a line that no order has, or does not end with a line");
      }
    }
  }
}

package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.identity.issued.IssuedName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What came as {@code Authorization: Bearer} (RFC 6750). Says nothing of its content. */
sealed interface Presented {
  /** A token68; exactly one space before it. The scheme's case does not count (RFC 9110). */
  Pattern BEARER = Pattern.compile("(?i:Bearer) ([A-Za-z0-9._~+/-]+=*)");

  /** Of an identity provider, or nothing at all. */
  record Token(String text) implements Presented {
    @Override
    public String toString() {
      return "token";
    }
  }

  /** A credential of the gate's own in one piece, by its form. */
  record Issued(String text) implements Presented {
    @Override
    public String toString() {
      return "issued";
    }
  }

  static Optional<Presented> read(String header) {
    Matcher matcher = BEARER.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String text = matcher.group(1);
    int dot = text.indexOf('.');
    boolean issued = dot > 0 && IssuedName.hasForm(text.substring(0, dot));
    return Optional.of(issued ? new Issued(text) : new Token(text));
  }
}

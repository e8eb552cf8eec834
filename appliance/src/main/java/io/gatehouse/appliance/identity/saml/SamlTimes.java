package io.gatehouse.appliance.identity.saml;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * Times of a response against the clock. SAML core, section 1.3.3: UTC, and no more than the form
 * with Z.
 */
record SamlTimes(Instant now, Duration skew) {
  private static final Pattern FORM =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");

  static Optional<Instant> find(Element element, String name) throws RefusedResponseException {
    Optional<String> text = Elements.attribute(element, name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    RefusedResponseException.unless(FORM.matcher(text.get()).matches(), SamlRefusal.TIME_INVALID);
    try {
      return Optional.of(Instant.parse(text.get()));
    } catch (DateTimeException e) {
      throw new RefusedResponseException(SamlRefusal.TIME_INVALID);
    }
  }

  static Instant require(Element element, String name) throws RefusedResponseException {
    return find(element, name)
        .orElseThrow(() -> new RefusedResponseException(SamlRefusal.TIME_INVALID));
  }

  /** Later than any clock that is right says. */
  boolean future(Instant time) {
    return time.isAfter(now.plus(skew));
  }

  /** From this time on it is not good; the skew is granted. */
  boolean over(Instant end) {
    return !now.isBefore(end.plus(skew));
  }
}

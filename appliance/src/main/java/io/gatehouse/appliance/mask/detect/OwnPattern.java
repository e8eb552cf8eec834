package io.gatehouse.appliance.mask.detect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.Consumer;

/**
 * A pattern of an operator's own, matched in time that grows with the text and never faster than
 * that: RE2 syntax, so without back references and look-around. Thread-safe.
 */
public final class OwnPattern {
  /** As many steps as keep one byte of text at well below a microsecond. */
  public static final int MOST_STEPS = 500;

  public static final int LONGEST = 1000;

  private final String name;
  private final Pattern pattern;

  private OwnPattern(String name, Pattern pattern) {
    this.name = name;
    this.pattern = pattern;
  }

  /** A pattern, or what is wrong with it. */
  public sealed interface Read {

    record Usable(OwnPattern pattern) implements Read {}

    record Problem(String text) implements Read {}
  }

  public static Read of(String name, String expression) {
    if (expression.length() > LONGEST) {
      return new Read.Problem("a pattern has at most " + LONGEST + " characters");
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      return new Read.Problem("is no pattern: " + e.getDescription());
    } catch (RuntimeException | StackOverflowError e) {
      return new Read.Problem("cannot be read as a pattern");
    }
    if (pattern.programSize() > MOST_STEPS) {
      return new Read.Problem(
          "the pattern has "
              + pattern.programSize()
              + " steps; at most "
              + MOST_STEPS
              + " are allowed");
    }
    if (pattern.matches("")) {
      return new Read.Problem("the pattern matches nothing at all, and so everywhere");
    }
    return new Read.Usable(new OwnPattern(name, pattern));
  }

  public String name() {
    return name;
  }

  /**
   * @param text well-formed UTF-8
   * @param offset where it stands in what findings are counted from
   */
  void find(byte[] text, int offset, Consumer<Finding> found) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      if (matcher.end() > matcher.start()) {
        found.accept(new Finding(name, offset + matcher.start(), offset + matcher.end()));
      }
    }
  }
}

package io.gatehouse.appliance.sql.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A place in the tokens, with the small words of every grammar. Its caller's thread owns it.
 *
 * @param <T> a dialect's token
 */
public abstract class TokenCursor<T extends Lexeme> {
  private final List<T> tokens;
  private final int maxDepth;
  private int index;
  private int depth;
  private int chained;

  protected TokenCursor(List<T> tokens, int maxDepth) {
    this.tokens = tokens;
    this.maxDepth = maxDepth;
  }

  // Places

  public int index() {
    return index;
  }

  public T token() {
    return tokens.get(index);
  }

  /** The token at a distance, or the last. */
  public T peek(int distance) {
    return tokens.get(Math.min(index + distance, tokens.size() - 1));
  }

  public T next() {
    T token = token();
    if (!token.last()) {
      index++;
    }
    return token;
  }

  /** The token before this one; none where the text begins. */
  public Optional<T> before() {
    return index == 0 ? Optional.empty() : Optional.of(tokens.get(index - 1));
  }

  public List<T> since(int from) {
    return tokens.subList(from, index);
  }

  /** Where a statement ends: at a semicolon or at the end. */
  public boolean atEnd() {
    return token().last() || token().symbol(";");
  }

  public NotReadException unexpected() {
    T token = token();
    String what = token.last() ? "the text ends too early" : "the syntax is not known";
    return new NotReadException(what + " here", token.start());
  }

  // Bounds

  /** Every method of the grammar that can reach itself runs in here. */
  public <R> R nested(Supplier<R> reading) {
    if (++depth > maxDepth) {
      throw new NotReadException("nested deeper than " + maxDepth, token().start());
    }
    R read = reading.get();
    depth--;
    return read;
  }

  /**
   * Notes a step that nests to the left without any nesting in the text, such as the second {@code
   * +} of {@code a + b + c}. Who walks the tree later must not run out of stack either.
   */
  public void chained(int steps) {
    if (steps > 16 && ++chained > 10 * maxDepth) {
      throw new NotReadException("a chain longer than " + 10 * maxDepth, token().start());
    }
  }

  // Words

  public boolean at(String keyword) {
    return token().word(keyword);
  }

  public boolean at(String keyword, String then) {
    return token().word(keyword) && peek(1).word(then);
  }

  public boolean atAny(String... keywords) {
    for (String keyword : keywords) {
      if (at(keyword)) {
        return true;
      }
    }
    return false;
  }

  public boolean take(String keyword) {
    if (at(keyword)) {
      index++;
      return true;
    }
    return false;
  }

  public boolean take(String keyword, String then) {
    if (at(keyword, then)) {
      index += 2;
      return true;
    }
    return false;
  }

  public boolean takeAny(String... keywords) {
    if (atAny(keywords)) {
      index++;
      return true;
    }
    return false;
  }

  public void expect(String... keywords) {
    for (String keyword : keywords) {
      if (!take(keyword)) {
        throw unexpected();
      }
    }
  }

  public boolean atSymbol(String symbol) {
    return token().symbol(symbol);
  }

  public boolean takeSymbol(String symbol) {
    if (atSymbol(symbol)) {
      index++;
      return true;
    }
    return false;
  }

  public void expectSymbol(String symbol) {
    if (!takeSymbol(symbol)) {
      throw unexpected();
    }
  }

  // Lists

  public <R> List<R> list(Supplier<R> item) {
    List<R> items = new ArrayList<>();
    do {
      items.add(item.get());
    } while (takeSymbol(","));
    return items;
  }

  public <R> R inParentheses(Supplier<R> inside) {
    expectSymbol("(");
    R read = inside.get();
    expectSymbol(")");
    return read;
  }
}

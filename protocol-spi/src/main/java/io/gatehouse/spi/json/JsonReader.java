package io.gatehouse.spi.json;

/**
 * Reads one text whole and writes its index. Calls itself nowhere, so that no text can exhaust the
 * stack. Used by one thread once.
 */
final class JsonReader {
  private enum Step {
    VALUE,
    FIRST_ITEM,
    FIRST_NAME,
    NAME,
    AFTER,
    DONE
  }

  private final byte[] bytes;
  private final JsonLimits limits;
  private final JsonScanner scanner;
  private final JsonTape tape = new JsonTape();

  /** The entries of the arrays and objects that are open. */
  private final int[] open;

  private int depth;
  private int values;

  JsonReader(byte[] bytes, JsonLimits limits) {
    this.bytes = bytes;
    this.limits = limits;
    scanner = new JsonScanner(bytes, limits.numberBytes());
    open = new int[limits.depth()];
  }

  JsonTape read() throws MalformedJsonException {
    if (bytes.length > limits.bytes()) {
      throw scanner.fault(JsonFault.TOO_MANY_BYTES);
    }
    if (bytes.length > 0 && bytes[0] == (byte) 0xEF) {
      throw scanner.fault(JsonFault.BYTE_ORDER_MARK);
    }
    Step step = Step.VALUE;
    while (step != Step.DONE) {
      scanner.space();
      step =
          switch (step) {
            case VALUE -> value();
            case FIRST_ITEM -> scanner.peek() == ']' ? closed(JsonKind.ARRAY) : value();
            case FIRST_NAME -> scanner.peek() == '}' ? closed(JsonKind.OBJECT) : name();
            case NAME -> name();
            case AFTER -> depth == 0 ? Step.DONE : after();
            case DONE -> Step.DONE;
          };
    }
    if (!scanner.atEnd()) {
      throw scanner.fault(JsonFault.TRAILING);
    }
    return tape;
  }

  private Step value() throws MalformedJsonException {
    byte first = scanner.peek();
    if (++values > limits.values()) {
      throw scanner.fault(JsonFault.TOO_MANY_VALUES);
    }
    if (depth > 0) {
      tape.count(open[depth - 1]);
    }
    int start = scanner.at();
    return switch (first) {
      case '{' -> opened(JsonKind.OBJECT, Step.FIRST_NAME);
      case '[' -> opened(JsonKind.ARRAY, Step.FIRST_ITEM);
      case '"' -> {
        string();
        yield Step.AFTER;
      }
      case 't' -> word("true", JsonKind.BOOLEAN);
      case 'f' -> word("false", JsonKind.BOOLEAN);
      case 'n' -> word("null", JsonKind.NULL);
      default -> {
        scanner.number();
        tape.add(JsonKind.NUMBER, start, scanner.at());
        yield Step.AFTER;
      }
    };
  }

  private Step word(String word, JsonKind kind) throws MalformedJsonException {
    int start = scanner.at();
    scanner.word(word);
    tape.add(kind, start, scanner.at());
    return Step.AFTER;
  }

  private void string() throws MalformedJsonException {
    int start = scanner.at();
    scanner.string();
    int entry = tape.add(JsonKind.STRING, start, scanner.at());
    if (scanner.escaped()) {
      tape.markEscaped(entry);
    }
  }

  private Step name() throws MalformedJsonException {
    string();
    scanner.space();
    scanner.expect(':');
    return Step.VALUE;
  }

  private Step opened(JsonKind kind, Step next) throws MalformedJsonException {
    if (depth == open.length) {
      throw scanner.fault(JsonFault.TOO_DEEP);
    }
    open[depth++] = tape.add(kind, scanner.at(), scanner.at());
    scanner.take();
    return next;
  }

  private Step after() throws MalformedJsonException {
    JsonKind kind = tape.kind(open[depth - 1]);
    boolean object = kind == JsonKind.OBJECT;
    byte sign = scanner.peek();
    if (sign == (object ? '}' : ']')) {
      return closed(kind);
    }
    scanner.expect(',');
    return object ? Step.NAME : Step.VALUE;
  }

  private Step closed(JsonKind kind) throws MalformedJsonException {
    scanner.take();
    int container = open[--depth];
    tape.close(container, scanner.at());
    if (kind == JsonKind.OBJECT) {
      JsonNames.requireDistinct(bytes, tape, container);
    }
    return Step.AFTER;
  }
}

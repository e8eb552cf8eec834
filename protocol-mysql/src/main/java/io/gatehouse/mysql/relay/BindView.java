package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.message.Parameter;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Objects;

/**
 * The values of a COM_STMT_EXECUTE where they lie: positions are parsed, values are decoded when
 * asked for. What servers read in other ways than each other, or than it says, is refused: the
 * engine must not decide on other values than those that run.
 */
final class BindView implements Binds {
  private static final int NULL = -1;
  private static final int LONG = -2;

  private final byte[] bound;
  private final int[] codes;
  private final int[] from;
  private final int[] lengths;
  private final LongData longData;
  private final boolean typed;
  private final boolean utf8;

  private BindView(byte[] bound, int[] codes, Known known, boolean typed) {
    this.bound = bound;
    this.codes = codes;
    this.longData = known.longData();
    this.typed = typed;
    this.utf8 = known.utf8();
    from = new int[codes.length];
    lengths = new int[codes.length];
  }

  /**
   * What the session knows of the statement.
   *
   * @param parameters as the server counted them
   * @param types of the execution before, none if there was none
   * @param longData what came ahead
   * @param utf8 whether text is that, as far as anybody knows
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Known(int parameters, int[] types, LongData longData, boolean utf8) {}

  /**
   * @param bound what follows the fixed part of the command; kept, not copied
   * @throws ProtocolException if it is not exactly that
   */
  static BindView parse(byte[] bound, Known known) {
    int parameters = known.parameters();
    if (parameters == 0) {
      if (bound.length > 0) {
        throw new ProtocolException("values for a statement without parameters");
      }
      return new BindView(bound, new int[0], known, true);
    }
    int bits = bits(parameters);
    need(bound, 0, bits + 1);
    // Servers take any number but 0 for a yes; clients say 1.
    int flag = bound[bits];
    if (flag != 0 && flag != 1) {
      throw new ProtocolException("it is not clear whether types come with the values");
    }
    int[] codes = flag == 1 ? types(bound, bits + 1, parameters) : known.types();
    if (codes.length != parameters) {
      throw new ProtocolException("values without the types that they have");
    }
    BindView view = new BindView(bound, codes, known, flag == 1);
    view.locate(bits + 1 + (flag == 1 ? 2 * parameters : 0));
    return view;
  }

  private static int bits(int parameters) {
    return (parameters + 7) / 8;
  }

  private static void need(byte[] bound, int at, int length) {
    if (length < 0 || length > bound.length - at) {
      throw new ProtocolException("message ends inside a field");
    }
  }

  private static int[] types(byte[] bound, int at, int parameters) {
    need(bound, at, 2 * parameters);
    int[] codes = new int[parameters];
    for (int i = 0; i < parameters; i++) {
      codes[i] = (bound[at + 2 * i] & 0xFF) | (bound[at + 2 * i + 1] & 0xFF) << 8;
    }
    return codes;
  }

  private void locate(int start) {
    for (int bit = codes.length; bit < 8 * bits(codes.length); bit++) {
      if (marked(bit)) {
        throw new ProtocolException("a value that there is not is NULL");
      }
    }
    int at = start;
    for (int i = 0; i < codes.length; i++) {
      BindType type = BindType.of(codes[i]);
      if (longData.of(i)) {
        lengths[i] = LONG;
      } else if (marked(i)) {
        lengths[i] = NULL;
      } else {
        at = locate(i, type, at);
      }
    }
    if (at != bound.length) {
      throw new ProtocolException("message goes on after its last field");
    }
  }

  private boolean marked(int parameter) {
    return (bound[parameter / 8] >> (parameter % 8) & 1) != 0;
  }

  private int locate(int parameter, BindType type, int at) {
    if (type == BindType.NULL) {
      throw new ProtocolException("a value without a type that is not NULL");
    }
    int fixed = type.bytes();
    if (fixed >= 0) {
      need(bound, at, fixed);
      from[parameter] = at;
      lengths[parameter] = fixed;
      return at + fixed;
    }
    need(bound, at, 1);
    int header = header(bound[at] & 0xFF);
    need(bound, at, header);
    long length = bound[at] & 0xFF;
    if (header > 1) {
      length = 0;
      for (int i = header - 1; i > 0; i--) {
        length = length << 8 | (bound[at + i] & 0xFF);
      }
    }
    if (length < 0 || length > bound.length - at - header) {
      throw new ProtocolException("message ends inside a field");
    }
    from[parameter] = at + header;
    lengths[parameter] = (int) length;
    return at + header + (int) length;
  }

  private static int header(int first) {
    return switch (first) {
      case 0xFC -> 3;
      case 0xFD -> 4;
      case 0xFE -> 9;
      case 0xFB, 0xFF -> throw new ProtocolException("not a length-encoded integer");
      default -> 1;
    };
  }

  /** The types to remember for the execution after this one. */
  int[] codes() {
    return codes;
  }

  /** Whether they came with the values, so that the server need not remember any. */
  boolean typed() {
    return typed;
  }

  /** What {@link #parse} was given, with the types in it. */
  void writeTyped(ByteBuf out) {
    int bits = bits(codes.length);
    out.writeBytes(bound, 0, bits).writeByte(1);
    for (int code : codes) {
      out.writeShortLE(code);
    }
    int values = bits + 1 + (typed ? 2 * codes.length : 0);
    out.writeBytes(bound, values, bound.length - values);
  }

  /** What is kept of it. */
  long bytes() {
    return bound.length + longData.bytes();
  }

  @Override
  public int count() {
    return codes.length;
  }

  /** The text says none: they come with the values. */
  @Override
  public int declaredTypes() {
    return 0;
  }

  @Override
  public String type(int index) {
    BindType type = BindType.of(codes[index]);
    return (codes[index] & Parameter.Type.UNSIGNED) != 0 && type.whole()
        ? type.wireName() + " unsigned"
        : type.wireName();
  }

  @Override
  public boolean binary(int index) {
    Objects.checkIndex(index, codes.length);
    return true;
  }

  @Override
  public Value value(int index) {
    if (lengths[index] == NULL) {
      return Value.NULL;
    }
    byte[] wire = wire(index);
    BindType type = BindType.of(codes[index]);
    // What comes in parts is a string, whatever type was said.
    BindType read = lengths[index] == LONG && type.bytes() >= 0 ? BindType.BLOB : type;
    boolean unsigned = (codes[index] & Parameter.Type.UNSIGNED) != 0;
    return BoundValue.decode(read, unsigned, wire, utf8)
        .orElseGet(() -> new Value.Opaque(type(index), wire));
  }

  private byte[] wire(int index) {
    return lengths[index] == LONG
        ? longData.value(index)
        : Arrays.copyOfRange(bound, from[index], from[index] + lengths[index]);
  }

  @Override
  public void raw(int index, Raw to) {
    switch (lengths[index]) {
      case NULL -> to.value(Unpooled.EMPTY_BUFFER, 0, -1);
      case LONG -> {
        byte[] value = longData.value(index);
        to.value(Unpooled.wrappedBuffer(value), 0, value.length);
      }
      default -> to.value(Unpooled.wrappedBuffer(bound), from[index], lengths[index]);
    }
  }
}

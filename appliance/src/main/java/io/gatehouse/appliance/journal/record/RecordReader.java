package io.gatehouse.appliance.journal.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads records back, field by field. What is not written as {@link CborWriter} writes it is
 * refused, so that there are no two ways to say the same. A record of a newer version may have more
 * fields than are known here: those have numbers for names.
 */
public final class RecordReader {
  private static final int DEEPEST = 8;

  private final byte[] bytes;
  private int at;

  /** The head that was read last. */
  private int major;

  private long argument;

  private RecordReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** It is not a record of this kind. Says where, and never what. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String what, int at) {
      super(what + " at byte " + at);
    }
  }

  /** The fields by name, in their order. */
  public static Map<String, Datum> read(Kind kind, byte[] payload) throws Malformed {
    RecordReader reader = new RecordReader(payload);
    Map<String, Datum> fields = reader.fields(kind.fields());
    if (reader.at != payload.length) {
      throw new Malformed("more than a record", reader.at);
    }
    return fields;
  }

  private Map<String, Datum> fields(List<Field> known) throws Malformed {
    int start = at;
    head();
    if (major != Major.MAP) {
      throw new Malformed("no record", start);
    }
    int count = count(argument);
    Map<String, Datum> fields = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      int place = at;
      head();
      if (major != Major.UNSIGNED || argument != i) {
        throw new Malformed("a field out of order", place);
      }
      Datum value = value(0);
      if (i < known.size()) {
        Field field = known.get(i);
        if (!fits(field.type(), value)) {
          throw new Malformed("another type of value than " + field.name() + " has", place);
        }
        fields.put(field.name(), value);
      } else {
        fields.put(Integer.toString(i), value);
      }
    }
    if (count < known.size()) {
      throw new Malformed("fewer fields than it has", at);
    }
    return fields;
  }

  private static boolean fits(Field.Type type, Datum value) {
    return switch (value) {
      case Datum.Nothing _ -> true;
      case Datum.Text _ -> type == Field.Type.TEXT;
      case Datum.Count _ -> type == Field.Type.NUMBER;
      case Datum.Flag _ -> type == Field.Type.FLAG;
      case Datum.Bytes _ -> type == Field.Type.BYTES;
      case Datum.Row(List<Datum> values) ->
          type == Field.Type.ROWS
              || (type == Field.Type.TEXTS
                  && values.stream().allMatch(one -> one instanceof Datum.Text));
    };
  }

  private Datum value(int depth) throws Malformed {
    int start = at;
    if (depth > DEEPEST) {
      throw new Malformed("arrays in arrays", start);
    }
    if (at < bytes.length) {
      switch (bytes[at]) {
        case Major.FALSE, Major.TRUE -> {
          return new Datum.Flag(bytes[at++] == Major.TRUE);
        }
        case Major.NULL -> {
          at++;
          return new Datum.Nothing();
        }
        default -> {}
      }
    }
    head();
    return switch (major) {
      case Major.UNSIGNED -> new Datum.Count(argument);
      case Major.NEGATIVE -> new Datum.Count(-1 - argument);
      case Major.BYTES -> new Datum.Bytes(string(argument));
      case Major.TEXT -> new Datum.Text(text(string(argument), start));
      case Major.ARRAY -> array(count(argument), depth);
      default -> throw new Malformed("a value of an unknown type", start);
    };
  }

  private Datum array(int count, int depth) throws Malformed {
    List<Datum> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value(depth + 1));
    }
    return new Datum.Row(values);
  }

  /** Every value takes a byte at least, so no count is larger than what is left. */
  private int count(long wanted) throws Malformed {
    if (wanted > bytes.length - at) {
      throw new Malformed("it ends early", at);
    }
    return (int) wanted;
  }

  private byte[] string(long wanted) throws Malformed {
    int count = count(wanted);
    at += count;
    return Arrays.copyOfRange(bytes, at - count, at);
  }

  private static String text(byte[] bytes, int start) throws Malformed {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("text that is no UTF-8", start);
    }
  }

  private void head() throws Malformed {
    int start = at;
    int first = octet();
    int size = first & 0x1f;
    major = first >>> 5;
    argument = size;
    if (size < 24) {
      return;
    }
    if (size > 27) {
      throw new Malformed("a head of an unknown form", start);
    }
    argument = 0;
    for (int i = 0; i < 1 << (size - 24); i++) {
      argument = argument << 8 | octet();
    }
    long shortest = size == 24 ? 24 : 1L << (8 << (size - 25));
    if (argument >= 0 && argument < shortest) {
      throw new Malformed("a head that could be shorter", start);
    }
    if (argument < 0) {
      throw new Malformed("a number that is too large", start);
    }
  }

  private int octet() throws Malformed {
    if (at >= bytes.length) {
      throw new Malformed("it ends early", at);
    }
    return bytes[at++] & 0xff;
  }
}

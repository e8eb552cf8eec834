package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The form that bound values and attributes of queries share. */
final class Parameters {
  /** A type and the length of an empty name. */
  static final int LEAST_TYPE_BYTES = 2;

  private Parameters() {}

  static List<Parameter.Type> readTypes(ByteBuf body, int count, boolean named) {
    Bodies.need(body, Math.multiplyExact(count, LEAST_TYPE_BYTES));
    List<Parameter.Type> types = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int code = Fields.int16(body);
      types.add(new Parameter.Type(code, named ? Fields.text(Fields.lenencBytes(body)) : ""));
    }
    return types;
  }

  /**
   * @param absent of which no value is there
   */
  static List<Parameter> readValues(ByteBuf body, List<Parameter.Type> types, BitSet absent) {
    List<Parameter> values = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      Parameter.Type type = types.get(i);
      boolean none = absent.get(i) || type.column() == ColumnType.NULL;
      values.add(new Parameter(type, none ? null : BinaryValue.read(body, type.column())));
    }
    return values;
  }

  static void writeTypes(ByteBuf out, List<Parameter> parameters, boolean named) {
    for (Parameter parameter : parameters) {
      out.writeShortLE(parameter.type().code());
      if (named) {
        Fields.writeLenenc(out, parameter.type().name());
      }
    }
  }

  static void writeValues(ByteBuf out, List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      byte[] value = parameter.value();
      if (value != null) {
        BinaryValue.write(out, parameter.type().column(), value);
      }
    }
  }

  static BitSet nulls(List<Parameter> parameters) {
    BitSet nulls = new BitSet();
    for (int i = 0; i < parameters.size(); i++) {
      nulls.set(i, parameters.get(i).value() == null);
    }
    return nulls;
  }
}

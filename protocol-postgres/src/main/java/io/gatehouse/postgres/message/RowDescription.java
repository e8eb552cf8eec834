package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The columns of the rows that follow, or that an Execute will give. */
public record RowDescription(List<Field> fields) implements BackendMessage {

  /** An empty name and eighteen bytes. */
  private static final int LEAST_FIELD_BYTES = 19;

  /**
   * One column.
   *
   * @param name its label
   * @param tableOid where it comes from, 0 if it is no simple column
   * @param column its number there, 0 if it is no simple column
   * @param typeSize negative for a variable width
   * @param format 0 text, 1 binary; 0 also where not yet known
   */
  public record Field(
      String name,
      int tableOid,
      int column,
      int typeOid,
      int typeSize,
      int typeModifier,
      int format) {

    public Field {
      Bodies.checkTerminated(name);
    }

    private static Field decode(ByteBuf body) {
      return new Field(
          Fields.lenientString(body),
          Fields.int32(body),
          Fields.int16(body),
          Fields.int32(body),
          Fields.int16(body),
          Fields.int32(body),
          Fields.int16(body));
    }

    private void encode(ByteBuf out) {
      Fields.writeString(out, name);
      out.writeInt(tableOid);
      out.writeShort(column);
      out.writeInt(typeOid);
      out.writeShort(typeSize);
      out.writeInt(typeModifier);
      out.writeShort(format);
    }
  }

  public RowDescription {
    Fields.checkCount16(fields.size());
    fields = List.copyOf(fields);
  }

  public static RowDescription decode(ByteBuf body) {
    int count = Fields.count16(body, LEAST_FIELD_BYTES);
    List<Field> fields = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      fields.add(Field.decode(body));
    }
    Bodies.end(body);
    return new RowDescription(fields);
  }

  @Override
  public byte type() {
    return BackendType.ROW_DESCRIPTION;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeShort(fields.size());
    for (Field field : fields) {
      field.encode(out);
    }
  }
}

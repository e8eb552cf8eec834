package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One thing that a server tells of a session that has changed ("Session State Information"). */
public sealed interface SessionChange {
  int VARIABLES = 0;
  int SCHEMA = 1;

  void encode(ByteBuf out);

  static SessionChange decode(ByteBuf block) {
    int type = Fields.int8(block);
    byte[] data = Fields.lenencBytes(block);
    ByteBuf body = Unpooled.wrappedBuffer(data);
    return switch (type) {
      case VARIABLES -> Variables.decode(body);
      case SCHEMA -> {
        Schema schema = new Schema(Fields.lenient(Fields.lenencBytes(body)));
        Bodies.end(body);
        yield schema;
      }
      default -> new Other(type, data);
    };
  }

  private static void write(ByteBuf out, int type, Consumer<ByteBuf> writer) {
    ByteBuf data = Unpooled.buffer();
    writer.accept(data);
    out.writeByte(type);
    Fields.writeLenenc(out, data.readableBytes());
    out.writeBytes(data);
  }

  /**
   * Variables and their new values; MySQL tells each by itself, MariaDB several together.
   *
   * @param settings in the server's order
   */
  record Variables(List<Setting> settings) implements SessionChange {
    public Variables {
      settings = List.copyOf(settings);
    }

    private static Variables decode(ByteBuf body) {
      List<Setting> settings = new ArrayList<>();
      while (body.isReadable()) {
        String name = Fields.lenient(Fields.lenencBytes(body));
        settings.add(new Setting(name, Fields.lenient(Fields.lenencBytes(body))));
      }
      return new Variables(settings);
    }

    @Override
    public void encode(ByteBuf out) {
      write(
          out,
          VARIABLES,
          data -> {
            for (Setting setting : settings) {
              Fields.writeLenenc(data, setting.name());
              Fields.writeLenenc(data, setting.value());
            }
          });
    }
  }

  /** A variable's new value. */
  record Setting(String name, String value) {}

  /** The database that names without one are looked for in. */
  record Schema(String name) implements SessionChange {
    @Override
    public void encode(ByteBuf out) {
      write(out, SCHEMA, data -> Fields.writeLenenc(data, name));
    }
  }

  /** What the gate does not look into: transactions, GTIDs. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  record Other(int type, byte[] data) implements SessionChange {
    @Override
    public void encode(ByteBuf out) {
      write(out, type, block -> block.writeBytes(data));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Other that && type == that.type && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
      return 31 * type + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
      return "Other[" + type + ", " + data.length + " bytes]";
    }
  }
}

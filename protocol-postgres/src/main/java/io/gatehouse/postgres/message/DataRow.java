package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row; null is NULL. */
public record DataRow(List<byte @Nullable []> values) implements BackendMessage {

  // not compact: then javac would leave the annotations of the parameters out of the class file
  public DataRow(List<byte @Nullable []> values) {
    this.values = Fields.copyOfValues(values);
  }

  static DataRow decode(ByteBuf body) {
    DataRow message = new DataRow(Fields.values(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return BackendType.DATA_ROW;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    Fields.writeValues(out, values);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DataRow that && Bodies.sameValues(values, that.values);
  }

  @Override
  public int hashCode() {
    return Bodies.hashValues(values);
  }

  @Override
  public String toString() {
    return "DataRow[" + values.size() + " values]";
  }
}

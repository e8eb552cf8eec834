package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a COM_QUERY; null is NULL. */
public record TextRow(List<byte @Nullable []> values) implements BackendMessage {

  // not compact: then javac would leave the annotations of the parameters out of the class file
  public TextRow(List<byte @Nullable []> values) {
    this.values = Bodies.copyOfValues(values);
  }

  public static TextRow decode(ByteBuf body, int columns) {
    Bodies.need(body, columns);
    List<byte @Nullable []> values = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      values.add(Fields.value(body));
    }
    Bodies.end(body);
    return new TextRow(values);
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    for (byte[] value : values) {
      Fields.writeValue(out, value);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TextRow that && Bodies.sameValues(values, that.values);
  }

  @Override
  public int hashCode() {
    return Bodies.hashValues(values);
  }

  @Override
  public String toString() {
    return "TextRow[" + values.size() + " values]";
  }
}

package io.gatehouse.postgres.value;

import io.gatehouse.postgres.message.RowDescription;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.ResultDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RowDescription in the gate's words. */
public final class ResultDescriptions {
  private ResultDescriptions() {}

  public static ResultDescription of(RowDescription description) {
    return new ResultDescription(
        description.fields().stream()
            .map(
                field ->
                    new ResultDescription.Column(
                        field.name(),
                        Integer.toUnsignedLong(field.tableOid()),
                        field.column(),
                        Integer.toUnsignedString(field.typeOid()),
                        field.typeModifier(),
                        field.format() == 1))
            .toList());
  }

  public static RowRewriter rewriter(
      ResultDescription description, List<@Nullable FieldMask> masks) {
    int count = description.columns().size();
    int[] types = new int[count];
    int[] formats = new int[count];
    for (int i = 0; i < count; i++) {
      types[i] = Integer.parseUnsignedInt(description.columns().get(i).type());
      formats[i] = description.columns().get(i).binary() ? 1 : 0;
    }
    return new RowRewriter(types, formats, masks);
  }
}

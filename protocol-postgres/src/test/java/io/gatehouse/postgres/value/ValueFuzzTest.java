package io.gatehouse.postgres.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.BackendDecoder;
import io.gatehouse.postgres.message.DataRow;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.value.Unmaskable;
import io.gatehouse.spi.value.ValueCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fuzz targets; without {@code JAZZER_FUZZ=1} they run over the seeds beside them. */
class ValueFuzzTest {
  private static final int[] TYPES = {
    TypeOid.BOOL,
    TypeOid.BYTEA,
    TypeOid.CHAR,
    TypeOid.NAME,
    TypeOid.INT8,
    TypeOid.INT2,
    TypeOid.INT4,
    TypeOid.TEXT,
    TypeOid.OID,
    TypeOid.JSON,
    TypeOid.FLOAT4,
    TypeOid.FLOAT8,
    TypeOid.UNKNOWN,
    TypeOid.BPCHAR,
    TypeOid.VARCHAR,
    TypeOid.DATE,
    TypeOid.TIMESTAMP,
    TypeOid.TIMESTAMPTZ,
    TypeOid.NUMERIC,
    TypeOid.UUID,
    TypeOid.JSONB,
    0
  };

  private static final FieldMask STARS = _ -> new Value.Text("***");
  private static final List<@Nullable FieldMask> MASKS = Arrays.asList(null, STARS, null);

  /** An input is an index of a type, a format, and a field. */
  @FuzzTest
  void field(byte[] input) {
    if (input.length < 2) {
      return;
    }
    ValueCodec codec = ValueCodecs.of(TYPES[(input[0] & 0xFF) % TYPES.length]);
    boolean binary = (input[1] & 1) == 1;
    byte[] field = Arrays.copyOfRange(input, 2, input.length);
    Value value = codec.decode(Unpooled.wrappedBuffer(field), binary);
    if (value instanceof Value.Opaque opaque) {
      assertThat(opaque.wire()).isEqualTo(field);
      return;
    }
    ByteBuf out = Unpooled.buffer();
    try {
      codec.encode(value, binary, out);
    } catch (ValueCodec.Unencodable e) {
      // a zero character, which a client may send and no server ever does
      assertThat(new String(field, StandardCharsets.UTF_8)).contains("\0");
      return;
    }
    assertThat(codec.decode(out, binary)).isEqualTo(value);
  }

  /** An input is the body of a Bind or of a FunctionCall. */
  @FuzzTest
  void binds(byte[] input) {
    BindView bind = new BindView();
    FunctionCallView call = new FunctionCallView();
    try {
      bind.wrap(Unpooled.wrappedBuffer(input), TYPES);
      readAll(bind);
      for (int i = 0; i < bind.resultFormatCount(); i++) {
        assertThat(bind.resultFormat(i)).isBetween((int) Short.MIN_VALUE, (int) Short.MAX_VALUE);
      }
    } catch (ProtocolException e) {
      assertThat(bind.count()).isZero();
    }
    try {
      call.wrap(Unpooled.wrappedBuffer(input));
      readAll(call);
    } catch (ProtocolException e) {
      assertThat(call.count()).isZero();
    }
  }

  private static void readAll(Binds binds) {
    for (int i = 0; i < binds.count(); i++) {
      assertThat(binds.type(i)).isNotEmpty();
      assertThat(binds.value(i)).isNotNull();
    }
  }

  /** An input is the body of a DataRow of three columns, of which the second is masked. */
  @FuzzTest
  void row(byte[] input) {
    RowRewriter rewriter =
        new RowRewriter(
            new int[] {TypeOid.INT4, TypeOid.TEXT, TypeOid.INT4}, new int[] {0, 0, 1}, MASKS);
    ByteBuf out = Unpooled.buffer();
    try {
      rewriter.rewrite(Unpooled.wrappedBuffer(input), out);
    } catch (ProtocolException | Unmaskable e) {
      assertThat(out.isReadable()).isFalse();
      return;
    }
    byte type = out.readByte();
    assertThat(out.readInt()).isEqualTo(out.readableBytes() + 4);
    DataRow masked = (DataRow) BackendDecoder.decode(type, out);
    DataRow original = (DataRow) BackendDecoder.decode(type, Unpooled.wrappedBuffer(input));
    assertThat(masked.values().get(0)).isEqualTo(original.values().get(0));
    assertThat(masked.values().get(1)).asString().isEqualTo("***");
    assertThat(masked.values().get(2)).isEqualTo(original.values().get(2));
    assertThat(List.of(masked.values().size(), original.values().size())).containsOnly(3);
  }
}

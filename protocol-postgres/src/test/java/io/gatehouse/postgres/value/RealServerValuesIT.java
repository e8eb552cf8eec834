package io.gatehouse.postgres.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.Bind;
import io.gatehouse.postgres.message.DataRow;
import io.gatehouse.postgres.message.Execute;
import io.gatehouse.postgres.message.FrontendMessage;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RandomBodies;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.spi.testing.Wire;
import io.gatehouse.spi.value.ValueCodec;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each type's codec against what PostgreSQL 18 writes and reads. */
class RealServerValuesIT {
  private static final long SEED = 19_970_129L;
  private static final int BATCH = 200;
  private static final int[] TEXT = {0};
  private static final int[] BINARY = {1};

  private static final Map<String, Integer> TYPES =
      Map.ofEntries(
          Map.entry("bool", TypeOid.BOOL),
          Map.entry("int2", TypeOid.INT2),
          Map.entry("int4", TypeOid.INT4),
          Map.entry("int8", TypeOid.INT8),
          Map.entry("oid", TypeOid.OID),
          Map.entry("float4", TypeOid.FLOAT4),
          Map.entry("float8", TypeOid.FLOAT8),
          Map.entry("numeric", TypeOid.NUMERIC),
          Map.entry("text", TypeOid.TEXT),
          Map.entry("varchar", TypeOid.VARCHAR),
          Map.entry("bpchar", TypeOid.BPCHAR),
          Map.entry("name", TypeOid.NAME),
          Map.entry("\"char\"", TypeOid.CHAR),
          Map.entry("bytea", TypeOid.BYTEA),
          Map.entry("uuid", TypeOid.UUID),
          Map.entry("json", TypeOid.JSON),
          Map.entry("jsonb", TypeOid.JSONB),
          Map.entry("date", TypeOid.DATE),
          Map.entry("timestamp", TypeOid.TIMESTAMP),
          Map.entry("timestamptz", TypeOid.TIMESTAMPTZ),
          Map.entry("time", TypeOid.TIME),
          Map.entry("timetz", TypeOid.TIMETZ),
          Map.entry("inet", TypeOid.INET),
          Map.entry("cidr", TypeOid.CIDR),
          Map.entry("macaddr", TypeOid.MACADDR),
          Map.entry("bit", TypeOid.BIT),
          Map.entry("varbit", TypeOid.VARBIT),
          Map.entry("xml", TypeOid.XML));

  private final RawConnection server = RawConnection.ready();

  static Stream<String> types() {
    return TYPES.keySet().stream().sorted();
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** What the server wrote for one value. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  private record Forms(byte[] text, byte[] binary) {}

  @ParameterizedTest
  @MethodSource("types")
  void whatTheServerWritesIsReadAndWrittenTheSame(String type) {
    server.ask(new Query("SET timezone = 'UTC'"));
    int oid = Objects.requireNonNull(TYPES.get(type));
    RandomLiterals literals = new RandomLiterals(SEED + oid);
    for (int round = 0; round < RandomBodies.rounds(); round += BATCH) {
      List<byte[]> values = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        values.add(literals.next(type).getBytes(StandardCharsets.UTF_8));
      }
      List<Forms> written = ask(oid, values, TEXT);
      written.forEach(forms -> check(oid, forms));
      checkThatTheServerReads(oid, written);
    }
  }

  private static void check(int oid, Forms forms) {
    String place =
        "seed "
            + SEED
            + ", type "
            + oid
            + ", text "
            + new String(forms.text(), StandardCharsets.UTF_8);
    ValueCodec codec = ValueCodecs.of(oid);
    Value fromText = codec.decode(Unpooled.wrappedBuffer(forms.text()), false);
    Value fromBinary = codec.decode(Unpooled.wrappedBuffer(forms.binary()), true);
    assertThat(fromText).as(place).isEqualTo(fromBinary).isNotInstanceOf(Value.Opaque.class);
    assertThat(encode(oid, fromBinary, false)).as(place).isEqualTo(forms.text());
    assertThat(HexFormat.of().formatHex(encode(oid, fromText, true)))
        .as(place)
        .isEqualTo(HexFormat.of().formatHex(forms.binary()));
  }

  /** Sends our binary forms as parameters: they must come back as they went. */
  private void checkThatTheServerReads(int oid, List<Forms> written) {
    List<byte[]> ours =
        written.stream()
            .map(forms -> ValueCodecs.of(oid).decode(Unpooled.wrappedBuffer(forms.text()), false))
            .map(value -> encode(oid, value, true))
            .toList();
    List<Forms> again = ask(oid, ours, BINARY);
    for (int i = 0; i < ours.size(); i++) {
      assertThat(again.get(i).binary()).as("seed " + SEED).isEqualTo(ours.get(i));
    }
  }

  private static byte[] encode(int oid, Value value, boolean binary) {
    return Wire.written(out -> ValueCodecs.of(oid).encode(value, binary, out));
  }

  private List<Forms> ask(int oid, List<byte[]> values, int[] format) {
    List<FrontendMessage> batch = new ArrayList<>();
    batch.add(new Parse("", "SELECT $1", new int[] {oid}));
    for (byte[] value : values) {
      for (int[] resultFormat : List.of(TEXT, BINARY)) {
        batch.add(new Bind("", "", format, List.of(value), resultFormat));
        batch.add(new Execute("", 0));
      }
    }
    batch.add(Sync.INSTANCE);
    List<byte[]> fields = fields(server.ask(batch.toArray(FrontendMessage[]::new)));
    assertThat(fields).hasSize(2 * values.size());
    List<Forms> forms = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      forms.add(new Forms(fields.get(2 * i), fields.get(2 * i + 1)));
    }
    return forms;
  }

  private static List<byte[]> fields(List<BackendMessage> messages) {
    return messages.stream()
        .filter(DataRow.class::isInstance)
        .map(row -> Objects.requireNonNull(((DataRow) row).values().getFirst()))
        .toList();
  }

  @Test
  void offsetOfTheSessionIsKept() {
    for (String zone : List.of("Asia/Kolkata", "America/New_York", "Europe/Berlin", "UTC")) {
      server.ask(new Query("SET timezone = '" + zone + "'"));
      for (String literal : List.of("2020-07-01 12:00:00.5+00", "1700-01-01 00:00:00+00")) {
        Forms forms =
            ask(TypeOid.TIMESTAMPTZ, List.of(literal.getBytes(StandardCharsets.UTF_8)), TEXT)
                .getFirst();
        Value value =
            ValueCodecs.of(TypeOid.TIMESTAMPTZ).decode(Unpooled.wrappedBuffer(forms.text()), false);
        assertThat(value).isInstanceOf(Value.Instant.class);
        assertThat(encode(TypeOid.TIMESTAMPTZ, value, false)).as(zone).isEqualTo(forms.text());
        assertThat(encode(TypeOid.TIMESTAMPTZ, value, true)).as(zone).isEqualTo(forms.binary());
      }
    }
  }

  @Test
  void otherDateStylesStayOpaque() {
    for (String style : List.of("SQL, DMY", "SQL, MDY", "Postgres", "German")) {
      server.ask(new Query("SET datestyle = '" + style + "'"));
      for (int oid : new int[] {TypeOid.DATE, TypeOid.TIMESTAMP, TypeOid.TIMESTAMPTZ}) {
        byte[] literal = "2020-02-01".getBytes(StandardCharsets.UTF_8);
        Forms forms = ask(oid, List.of(literal), TEXT).getFirst();
        assertThat(ValueCodecs.of(oid).decode(Unpooled.wrappedBuffer(forms.text()), false))
            .isInstanceOf(Value.Opaque.class);
      }
    }
  }

  @Test
  void escapedByteaIsRead() {
    server.ask(new Query("SET bytea_output = escape"));
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    Forms forms = ask(TypeOid.BYTEA, List.of(all), BINARY).getFirst();
    assertThat(ValueCodecs.of(TypeOid.BYTEA).decode(Unpooled.wrappedBuffer(forms.text()), false))
        .isEqualTo(new Value.Bytes(all));
  }
}

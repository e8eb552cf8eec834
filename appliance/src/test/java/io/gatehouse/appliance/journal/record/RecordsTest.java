package io.gatehouse.appliance.journal.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Binds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordsTest {
  private static final SessionRecord.From FROM =
      new SessionRecord.From(7, "ann", "192.0.2.7:5000", "main", "bank");

  static Stream<JournalRecord> one_of_each() {
    return Stream.of(
        new RecorderRecord.RecorderStarted("0.1", "gate-1", "os", "c0", "p0"),
        new RecorderRecord.RecorderStopped("drained"),
        new RecorderRecord.Recovered(
            List.of(new RecorderRecord.Hole(7, 8)), 12, List.of("3/0"), "os", false, 2),
        new RecorderRecord.Gap(
            List.of(new RecorderRecord.Hole(7, 7)), 1, 2_000_000_000_000_000_000L, "no-space", 3),
        new RecorderRecord.Pruned(
            2, List.of(new byte[16]), List.of("ed25519:0", "ed25519:1"), "6b"),
        new RecorderRecord.Hold(
            "case-7",
            true,
            List.of("ed25519:0"),
            new RecorderRecord.Scope(-1L, null, List.of(new java.util.UUID(1, 2))),
            "6b"),
        new RecorderRecord.KeyEvent("rotated", "k-1", "journal", "AES-256-GCM"),
        new RecorderRecord.Time("chrony", true, -1234, 99),
        new SessionRecord.SessionOpened(
            FROM,
            new SessionRecord.Who(
                "ann", Set.of("b", "a"), "token", null, "https://idp.example", "t-1", true),
            new SessionRecord.Where("core", "postgresql", "gate", null, "4711"),
            "psql",
            "TLSv1.3",
            null),
        new SessionRecord.LoginRefused(FROM, "password"),
        new SessionRecord.DecisionInputs(4, List.of("bank", "public"), "gate", "none", "UTF8"),
        new SessionRecord.SessionClosed("client_terminated", 3, 1, 5_000_000_000L),
        intent(),
        new CommandRecord.CommandOutcome(
            "succeeded",
            70_000,
            1L << 33,
            12,
            null,
            List.of(new CommandRecord.Masked(1, "ssn", "keep-last", 70_000)),
            List.of(new CommandRecord.Found(2, "cards/1", "pan", "mask", 1))),
        new CommandRecord.Result(0, true, Unpooled.wrappedBuffer(new byte[] {1, 2, 3}), false),
        new ControlRecord.Changed("policy", "p0", "p1", "ann", "bob", "+ rule"),
        new ControlRecord.Administration("ann", "::1", "kill", "done"),
        new ControlRecord.Reading("ann", "search", List.of("table=bank.cards"), 3, "done"),
        new ControlRecord.Entitlements(
            "p0",
            List.of(
                new ControlRecord.Entitlement(
                    "ann", List.of("a", "b"), "core", "read", "analysts"))),
        new CredentialRecord.Issued(
            "gh-0123456789",
            new CredentialRecord.To(
                "ann", Set.of("b", "a"), null, "https://idp.example", "t-1", "token"),
            2_000_000_000_000_000_000L,
            "192.0.2.7"),
        new CredentialRecord.Revoked("gh-0123456789", "ann", "192.0.2.7"),
        new CredentialRecord.Refreshed("gh-0123456789", "ann", Set.of("b", "a"), Set.of()),
        new CredentialRecord.Withdrawn("gh-0123456789", "ann", "invalid_grant"),
        new CredentialRecord.LoggedOut("https://idp.example", null, "s-1", "l-1", "192.0.2.7"));
  }

  private static CommandRecord.CommandIntent intent() {
    return new CommandRecord.CommandIntent(
        new CommandRecord.Asked(
            9,
            "execute",
            "sql",
            Unpooled.copiedBuffer("SELECT 'Grüße' FROM bank.cards WHERE id = $1", UTF_8),
            -1,
            "",
            new Two()),
        Understood.of(
            List.of(
                new Command(
                    Operation.READ,
                    List.of(
                        Access.indirect(
                            Operation.READ, Resource.of(Resource.Kind.TABLE, "bank", "cards"))),
                    Set.of(Trait.SYSTEM_DATA),
                    Certainty.EXACT,
                    "select from bank.cards",
                    ""))),
        new CommandRecord.Decided("allow", "readers", "p0", null, "left-out"));
  }

  /** A number, and NULL. */
  private record Two() implements Binds {
    private static final ByteBuf LAID = Unpooled.wrappedBuffer(new byte[] {9, 0, 0, 0, 1});

    @Override
    public int count() {
      return 2;
    }

    @Override
    public int declaredTypes() {
      return 2;
    }

    @Override
    public String type(int index) {
      return "23";
    }

    @Override
    public boolean binary(int index) {
      return index == 0;
    }

    @Override
    public Value value(int index) {
      return index == 0 ? new Value.Int(1) : Value.NULL;
    }

    @Override
    public void raw(int index, Raw to) {
      to.value(LAID, 1, index == 0 ? 4 : -1);
    }
  }

  private static byte[] written(JournalRecord one) {
    CborWriter out = new CborWriter();
    one.write(out);
    return Arrays.copyOf(out.array(), out.length());
  }

  @ParameterizedTest
  @MethodSource("one_of_each")
  void record_isReadBack_andHasOneForm(JournalRecord one) throws Exception {
    byte[] bytes = written(one);
    Map<String, Datum> fields = RecordReader.read(one.kind(), bytes);
    assertThat(fields.keySet())
        .containsExactlyElementsOf(one.kind().fields().stream().map(Field::name).toList());
    assertThat(written(one)).isEqualTo(bytes);
    assertThatThrownBy(() -> RecordReader.read(one.kind(), Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(RecordReader.Malformed.class);
    for (int i = 0; i < bytes.length; i++) {
      byte[] part = Arrays.copyOf(bytes, i);
      assertThatThrownBy(() -> RecordReader.read(one.kind(), part))
          .isInstanceOf(RecordReader.Malformed.class);
    }
  }

  @Test
  void kinds_haveARecordEach() {
    Set<Kind> made = one_of_each().map(JournalRecord::kind).collect(Collectors.toSet());
    made.add(Kind.PART); // bytes of others
    assertThat(made).containsExactlyInAnyOrder(Kind.values());
  }

  @Test
  void intent_saysWhatCameAndWhatWasDecided() throws Exception {
    Map<String, Datum> fields = RecordReader.read(Kind.COMMAND_INTENT, written(intent()));
    assertThat(fields.get("text"))
        .isInstanceOfSatisfying(
            Datum.Bytes.class,
            text ->
                assertThat(new String(text.value(), UTF_8))
                    .isEqualTo("SELECT 'Grüße' FROM bank.cards WHERE id = $1"));
    assertThat(fields.get("prepared-by")).isEqualTo(new Datum.Count(-1));
    assertThat(fields.get("accesses"))
        .asString()
        .contains("read", "table", "bank", "cards", "Flag[value=true]");
    assertThat(fields.get("binds"))
        .isInstanceOfSatisfying(
            Datum.Row.class,
            binds -> {
              assertThat(binds.values()).hasSize(2);
              assertThat(value(binds, 0))
                  .isInstanceOfSatisfying(
                      Datum.Bytes.class,
                      one -> assertThat(one.value()).containsExactly(0, 0, 0, 1));
              assertThat(value(binds, 1)).isEqualTo(new Datum.Nothing());
            });
    assertThat(fields.get("verdict")).isEqualTo(new Datum.Text("allow"));
    assertThat(fields.get("reason")).isEqualTo(new Datum.Nothing());
    assertThat(fields.get("results")).isEqualTo(new Datum.Text("left-out"));
  }

  private static Datum value(Datum.Row binds, int index) {
    return ((Datum.Row) binds.values().get(index)).values().getLast();
  }

  /** As RFC 8949 has them in appendix A. */
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "23, 17",
    "24, 1818",
    "100, 1864",
    "1000, 1903e8",
    "1000000, 1a000f4240",
    "1000000000000, 1b000000e8d4a51000",
    "-1, 20",
    "-1000, 3903e7",
    "9223372036854775807, 1b7fffffffffffffff",
    "-9223372036854775808, 3b7fffffffffffffff",
  })
  void number_hasItsShortestHead(long number, String bytes) throws Exception {
    byte[] written = written(new RecorderRecord.Gap(List.of(), number, 0, "", 0));
    assertThat(HexFormat.of().formatHex(written))
        .isEqualTo("a50080" + "01" + bytes + "0200" + "0360" + "0400");
    assertThat(RecordReader.read(Kind.GAP, written).get("from")).isEqualTo(new Datum.Count(number));
  }

  /** There is one way to say a thing. */
  @ParameterizedTest
  @CsvSource({
    "a1001801, a head that could be shorter",
    "bf0060ff, a head of an unknown form",
    "a1010160, a field out of order",
    "a10001, another type of value",
    "a0, fewer fields",
    "a10062c328, text that is no UTF-8",
    "a1007affffffff, it ends early",
    "a1005bffffffffffffffff, a number that is too large",
    "80, no record",
  })
  void otherForms_areRefused(String bytes, String why) {
    assertThatThrownBy(
            () -> RecordReader.read(Kind.RECORDER_STOPPED, HexFormat.of().parseHex(bytes)))
        .isInstanceOf(RecordReader.Malformed.class)
        .hasMessageContaining(why);
  }

  @Test
  void anyBytes_areARecordOrMalformed() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Kind> kinds = List.of(Kind.values());
    List<byte[]> samples = new ArrayList<>();
    one_of_each().forEach(one -> samples.add(written(one)));
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Kind kind = kinds.get(random.nextInt(kinds.size()));
      try {
        assertThat(RecordReader.read(kind, bytes)).isNotEmpty();
      } catch (RecordReader.Malformed expected) {
        assertThat(expected).hasMessageContaining("at byte");
      } catch (RuntimeException fault) {
        throw new AssertionError("seed " + seed + ", " + HexFormat.of().formatHex(bytes), fault);
      }
    }
  }

  @Test
  void page_listsEveryKindWithItsFields() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("..", "docs", "journal-records.md"));
    for (Kind kind : Kind.values()) {
      String fields =
          kind.fields().stream()
              .map(
                  field -> field.type().name().toLowerCase(Locale.ROOT) + " `" + field.name() + "`")
              .collect(Collectors.joining(", "));
      fields = kind == Kind.PART ? "bytes, without a name" : fields;
      assertThat(lines).contains("| " + kind.code() + " | " + kind.label() + " | " + fields + " |");
    }
    assertThat(lines.stream().filter(line -> line.matches("\\| \\d+ .*")))
        .hasSameSizeAs(Kind.values());
  }
}

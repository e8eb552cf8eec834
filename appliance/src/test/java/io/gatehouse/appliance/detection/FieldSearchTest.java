package io.gatehouse.appliance.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.mask.detect.Detector;
import io.gatehouse.appliance.mask.detect.Kind;
import io.gatehouse.appliance.mask.detect.OwnPattern;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import io.gatehouse.plugin.Verdict.OnFinding;
import io.gatehouse.postgres.value.RowRewriter;
import io.gatehouse.spi.value.Unmaskable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of one field, whatever its type. */
final class FieldSearchTest {
  private static final Tally.Place PLACE = new Tally.Place(1, 2, Optional.empty());
  private static final Detector ALL = new Detector(EnumSet.allOf(Kind.class), List.of());
  private static final String PAN = "4111 1111 1111 1111";

  private final Tally tally = new Tally();

  private static Search.Part part(String detector, OnFinding found, Search.Finder finder) {
    return new Search.Part("rule", detector, "v1", Set.of(), found, false, finder);
  }

  private FieldSearch search(ValueType type, boolean binary, Search.Part... parts) {
    return new FieldSearch(new Search(List.of(parts)), type, binary, PLACE, tally);
  }

  private FieldSearch hiding(ValueType type) {
    return search(type, false, part("all", OnFinding.MASK, ALL::find));
  }

  private static Value.Text text(String value) {
    return new Value.Text(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          pay with 4111 1111 1111 1111, thanks|pay with [pan], thanks
          4111111111111111|[pan]
          a@example.com;b@example.com|[email];[email]
          Grüße an zoë, 536-22-8726 — und 10.1.2.3|Grüße an zoë, [ssn] — und [ipv4]
          """)
  void findingInAText_isReplacedByItsKind_andTheRestStays(String text, String marked) {
    assertThat(hiding(ValueType.of(TypeFamily.TEXT)).mask(text(text))).isEqualTo(text(marked));
  }

  @Test
  void fieldWithoutFinding_isTheVeryValue() {
    Value.Text plain = text("order 4111 of 2026-11-21");
    assertThat(hiding(ValueType.of(TypeFamily.TEXT)).mask(plain)).isSameAs(plain);
    Value.Json json = new Value.Json("{\"a\": [1, \"b\\n\"]}");
    assertThat(hiding(ValueType.of(TypeFamily.JSON)).mask(json)).isSameAs(json);
    assertThat(hiding(ValueType.of(TypeFamily.TEXT)).mask(Value.NULL)).isSameAs(Value.NULL);
    assertThat(tally.found()).isEmpty();
  }

  @Test
  void markedText_fitsItsColumn() {
    assertThat(hiding(ValueType.of(TypeFamily.BPCHAR, 20)).mask(text("4111111111111111    ")))
        .isEqualTo(text("[pan]" + " ".repeat(15)));
    assertThat(hiding(ValueType.of(TypeFamily.VARCHAR, 9)).mask(text("1.2.3.4 a")))
        .isEqualTo(text("[ipv4] a"));
    assertThat(hiding(ValueType.of(TypeFamily.VARCHAR, 5)).mask(text("::1 b")))
        .isEqualTo(text("[ipv6"));
    assertThat(hiding(ValueType.of(TypeFamily.NAME)).mask(text("::1" + "x ".repeat(30))))
        .isEqualTo(text("::1" + "x ".repeat(30)));
    assertThat(hiding(ValueType.of(TypeFamily.XML)).mask(text("<a b='4111111111111111'/>")))
        .isEqualTo(text("<masked/>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"card": "4111 1111 1111 1111", "n": 1}     | {"card": "[pan]", "n": 1}
          {"card":4111111111111111,"b":[true,null]}   | {"card":0,"b":[true,null]}
          {"4111111111111111": {}}                    | {"[pan]": {}}
          "\\u0034111111111111111"                    | "[pan]"
          ["a\\n4111111111111111\\n\\"b\\" \\\\ c"]   | ["a\\u000a[pan]\\u000a\\"b\\" \\\\ c"]
          {"m": "a\\u0040example.com"}                | {"m": "[email]"}
          [-4111111111111111,12]                      | [0,12]
          {"e": "grüße a@example.com \\ud83d\\ude00"} | {"e": "grüße [email] 😀"}
          """)
  void findingInJson_leavesItJson(String json, String marked) {
    assertThat(hiding(ValueType.of(TypeFamily.JSONB)).mask(new Value.Json(json)))
        .isEqualTo(new Value.Json(marked));
  }

  @Test
  void jsonThatIsNone_becomesTheWholeMask_ifAnythingIsFound() {
    assertThat(hiding(ValueType.of(TypeFamily.JSON)).mask(new Value.Json("{\"a\": \"" + PAN)))
        .isEqualTo(new Value.Json("{}"));
  }

  @Test
  void alert_leavesTheValue_andCounts() {
    Value.Text both = text(PAN + " and a@example.com, b@example.com");
    FieldSearch search =
        search(ValueType.of(TypeFamily.TEXT), false, part("a", OnFinding.ALERT, ALL::find));
    assertThat(search.mask(both)).isSameAs(both);
    assertThat(search.mask(both)).isSameAs(both);
    assertThat(tally.found())
        .containsExactly(
            found("a", "pan", OnFinding.ALERT, 2), found("a", "email", OnFinding.ALERT, 4));
  }

  @Test
  void tally_endsSomewhere_andCountsOn() {
    Search.Part part = part("a", OnFinding.ALERT, ALL::find);
    for (int result = 1; result <= Tally.MOST_PLACES + 50; result++) {
      FieldSearch field =
          new FieldSearch(
              new Search(List.of(part)),
              ValueType.of(TypeFamily.TEXT),
              false,
              new Tally.Place(result, 1, Optional.empty()),
              tally);
      field.mask(text(PAN));
    }
    assertThat(tally.found()).hasSize(Tally.MOST_PLACES + 1);
    assertThat(tally.found().getLast().result()).isZero();
    assertThat(tally.found().stream().mapToLong(Found::count).sum())
        .isEqualTo(Tally.MOST_PLACES + 50);
  }

  private static Found found(String detector, String kind, OnFinding action, long count) {
    return new Found("rule", detector, "v1", 1, 2, Optional.empty(), kind, false, action, count);
  }

  @Test
  void twoDetectors_eachDoTheirs_andFindingsThatOverlapBecomeOne() {
    Detector cards = new Detector(EnumSet.of(Kind.PAN), List.of());
    OwnPattern own =
        ((OwnPattern.Read.Usable) OwnPattern.of("long", "card [0-9 ]+[0-9]")).pattern();
    FieldSearch search =
        search(
            ValueType.of(TypeFamily.TEXT),
            false,
            part("a", OnFinding.MASK, cards::find),
            part("b", OnFinding.MASK, new Detector(Set.of(), List.of(own))::find),
            part("c", OnFinding.ALERT, new Detector(EnumSet.of(Kind.EMAIL), List.of())::find));
    assertThat(search.mask(text("my card " + PAN + " of a@example.com")))
        .isEqualTo(text("my [long] of a@example.com"));
    assertThat(tally.found()).extracting(Found::kind).containsExactly("pan", "long", "email");
  }

  @Test
  void textThatIsTooLongForPatterns_isTreatedAsAFinding() {
    Search.Part patterned =
        new Search.Part(
            "rule", "own", "v1", Set.of("p"), OnFinding.MASK, false, (_, _, _) -> List.of());
    FieldSearch search = search(ValueType.of(TypeFamily.TEXT), false, patterned);
    Value.Text fits = text("x".repeat(Looking.MOST_FOR_PATTERNS));
    assertThat(search.mask(fits)).isSameAs(fits);
    assertThat(search.mask(text(fits.value() + "x"))).isEqualTo(text("[too-long]"));
    FieldSearch json = search(ValueType.of(TypeFamily.JSON), false, patterned);
    String most = "x".repeat(Looking.MOST_FOR_PATTERNS - 2);
    assertThat(json.mask(new Value.Json("[\"" + most + "\",\"ab\",\"c\",\"\",7]")))
        .isEqualTo(new Value.Json("[\"" + most + "\",\"ab\",\"[too-long]\",\"\",0]"));
    assertThat(tally.found()).extracting(Found::kind).containsExactly("too-long");
    assertThat(tally.found()).extracting(Found::count).containsExactly(3L);
  }

  @Test
  void arrayInText_isReplacedAsAWhole() {
    Value.Opaque array =
        new Value.Opaque(
            "array of 25", "{a,\"4111 1111 1111 1111\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(hiding(ValueType.of(TypeFamily.ARRAY)).mask(array)).isEqualTo(text("{}"));
    assertThat(hiding(ValueType.of(TypeFamily.OTHER)).mask(array)).isEqualTo(Value.NULL);
  }

  /** Lengths from 48 to 57 read as digits, those of letters as letters. */
  @Test
  void elementBehindALengthThatReadsAsADigit_isFound() {
    for (int length = 19; length < 130; length++) {
      String element = PAN + " ".repeat(length - PAN.length());
      byte[] array = array(25, element, "x");
      FieldSearch search =
          search(ValueType.of(TypeFamily.ARRAY), true, part("a", OnFinding.MASK, ALL::find));
      assertThat(search.mask(new Value.Opaque("array of 25", array)))
          .as("length " + length)
          .isEqualTo(text("{}"));
      assertThat(search.mask(new Value.Opaque("2249", row(row(array)))))
          .as("length " + length)
          .isEqualTo(text("{}"));
    }
  }

  @Test
  void binaryThatIsNeitherArrayNorRow_isLookedThroughAsItStands() {
    FieldSearch search =
        search(ValueType.of(TypeFamily.OTHER), true, part("a", OnFinding.MASK, ALL::find));
    assertThat(search.mask(new Value.Opaque("20000", PAN.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(Value.NULL);
    byte[] cut = java.util.Arrays.copyOf(array(25, PAN, "x"), 60);
    assertThat(search.mask(new Value.Opaque("20000", cut))).isInstanceOf(Value.class);
    for (int size = 0; size < 70; size++) {
      byte[] bytes = java.util.Arrays.copyOf(row(array(25, PAN, "x")), size);
      assertThat(search.mask(new Value.Opaque("20000", bytes))).isNotNull();
    }
  }

  private static byte[] array(int type, String... elements) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(20)
            .putInt(1)
            .putInt(0)
            .putInt(type)
            .putInt(elements.length)
            .putInt(1)
            .array());
    for (String element : elements) {
      byte[] bytes = element.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  /** NULL, and then a field. */
  private static byte[] row(byte[] field) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(12).putInt(2).putInt(23).putInt(-1).array());
    out.writeBytes(ByteBuffer.allocate(8).putInt(1009).putInt(field.length).array());
    out.writeBytes(field);
    return out.toByteArray();
  }

  @Test
  void detectorThatFails_endsTheResult_withoutTheValue() {
    FieldSearch failing =
        search(
            ValueType.of(TypeFamily.TEXT),
            false,
            part(
                "a",
                OnFinding.ALERT,
                (bytes, from, to) -> {
                  throw new IllegalStateException(new String(bytes, StandardCharsets.UTF_8));
                }));
    RowRewriter rewriter = new RowRewriter(new int[] {25}, new int[] {0}, List.of(failing));
    ByteBuf row = Unpooled.buffer().writeShort(1).writeInt(6);
    row.writeCharSequence("secret", StandardCharsets.US_ASCII);
    ByteBuf out = Unpooled.buffer();
    assertThatThrownBy(() -> rewriter.rewrite(row, out))
        .isInstanceOf(Unmaskable.class)
        .hasMessage(
            "column 1 could not be masked: its mask failed with java.lang.IllegalStateException");
    assertThat(out.isReadable()).isFalse();
  }
}

package io.gatehouse.appliance.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.mask.ColumnMask.Reveals;
import io.gatehouse.appliance.mask.MaskCatalog.Found;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.plugin.Mask;
import io.gatehouse.plugin.MaskKind;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MaskCatalogTest {
  private static final ValueType TEXT = ValueType.of(TypeFamily.TEXT);
  private static final ValueType INT4 = ValueType.of(TypeFamily.INT4);
  private static final ValueType DATE = ValueType.of(TypeFamily.DATE);

  private final MaskCatalog catalog = TestMasks.catalog();

  private ColumnMask mask(String name, ValueType type, String... parameters) {
    return TestMasks.mask(catalog, name, type, parameters);
  }

  private String problem(String name, ValueType type, String... parameters) {
    return TestMasks.problem(catalog, name, type, parameters);
  }

  private String text(String name, String value, String... parameters) {
    return ((Value.Text) mask(name, TEXT, parameters).mask(new Value.Text(value))).value();
  }

  @ParameterizedTest
  @CsvSource({
    "keep-last,123456789,****6789",
    "keep-last,12345678,****5678",
    "keep-last,1234567,****",
    "keep-last,'',****",
    "keep-last,€€€€😀😀😀😀,****😀😀😀😀",
    "keep-first,Zurich West,Zuri****",
    "keep-first,Basel,****",
    "email,joe@example.com,j***@example.com",
    "email,j@example.com,***@example.com",
    "email,😀x@example.com,😀***@example.com",
    "email,joe@example,****",
    "email,joe,****",
    "email,a@b@example.com,****",
    "email,joe smith@example.com,****",
    "email,@example.com,****",
    "phone,+41 44 668 18 00,+** ** *** ** 00",
    "phone,(212) 555-1234,(***) ***-**34",
    "phone,12345,****",
    "phone,+41 44 668 CALL,****",
    "pan,4111111111111111,************1111",
    "pan,4111-1111-1111-1111,****-****-****-1111",
    "pan,41111111111,****",
    "pan,4111111111111111 x,****",
    "pan,41111111111111111111,****",
    "iban,DE89370400440532013000,DE****************3000",
    "iban,DE89 3704 0044 0532 0130 00,DE** **** **** **** **30 00",
    "iban,DE8937040044,****",
    "iban,8989370400440532013000,****",
  })
  void partOfAText_isShownWhereItHasTheForm_andElseNone(String name, String value, String masked) {
    assertThat(text(name, value)).isEqualTo(masked);
  }

  @Test
  void partsOfACardNumber_areSixAndFourAtMost_andSixAreAlwaysHidden() {
    assertThat(text("pan", "4111111111111111", "first", "6", "last", "4"))
        .isEqualTo("411111******1111");
    assertThat(text("pan", "411111111111", "first", "6", "last", "4")).isEqualTo("********1111");
    assertThat(problem("pan", TEXT, "first", "7")).isEqualTo("first must be a number from 0 to 6");
    assertThat(problem("pan", TEXT, "last", "5")).isEqualTo("last must be a number from 0 to 4");
  }

  @Test
  void domainOfAnAddress_isHiddenWhereAsked() {
    assertThat(text("email", "joe@example.com", "domain", "hide")).isEqualTo("j***@***");
  }

  @Test
  void stars_doNotTellHowLongATextWas() {
    assertThat(text("keep-last", "12345678", "count", "2")).isEqualTo("****78");
    assertThat(text("keep-last", "1234567890123456", "count", "2")).isEqualTo("****56");
    assertThat(text("redact", "1")).isEqualTo(text("redact", "a longer one"));
  }

  @Test
  void textOfFixedLength_isReadWithoutItsBlanksAndWrittenWithThem() {
    ColumnMask last = mask("keep-last", ValueType.of(TypeFamily.BPCHAR, 12), "count", "2");
    assertThat(last.mask(new Value.Text("12345       "))).isEqualTo(new Value.Text("****45      "));
    assertThat(last.mask(new Value.Text("123         "))).isEqualTo(new Value.Text("****        "));
    ColumnMask redact = mask("redact", ValueType.of(TypeFamily.BPCHAR, 2));
    assertThat(redact.mask(new Value.Text("CH"))).isEqualTo(new Value.Text("**"));
  }

  @Test
  void maskThatWouldShowMoreThanHalfOfAColumn_isAProblem() {
    assertThat(problem("keep-last", ValueType.of(TypeFamily.VARCHAR, 7)))
        .isEqualTo("count must be at most half of the column's length, which is 7");
    assertThat(
            mask("keep-last", ValueType.of(TypeFamily.VARCHAR, 8)).mask(new Value.Text("12345678")))
        .isEqualTo(new Value.Text("****5678"));
  }

  @ParameterizedTest
  @CsvSource({
    "month,2026-11-01",
    "quarter,2026-10-01",
    "year,2026-01-01",
    "decade,2020-01-01",
  })
  void date_becomesTheFirstDayOfItsPeriod(String period, LocalDate first) {
    Value day = new Value.Date(LocalDate.parse("2026-11-21"));
    assertThat(mask("generalize", DATE, "to", period).mask(day)).isEqualTo(new Value.Date(first));
    Value time = new Value.Timestamp(LocalDateTime.parse("2026-11-21T10:11:12.5"));
    assertThat(mask("generalize", ValueType.of(TypeFamily.TIMESTAMP), "to", period).mask(time))
        .isEqualTo(new Value.Timestamp(first.atStartOfDay()));
  }

  /** Else two zones would show two halves of one secret, and an offset whether it was summer. */
  @Test
  void instant_isGeneralizedInUtc_whateverTheSessionsZone() {
    ColumnMask month = mask("generalize", ValueType.of(TypeFamily.TIMESTAMPTZ), "to", "month");
    Value november = new Value.Instant(OffsetDateTime.parse("2026-11-01T00:00:00Z"));
    for (String time :
        List.of("2026-12-01T01:00:00+02:00", "2026-12-01T00:00:00+01:00", "2026-11-30T23:00:00Z")) {
      assertThat(month.mask(new Value.Instant(OffsetDateTime.parse(time)))).isEqualTo(november);
    }
  }

  @ParameterizedTest
  @CsvSource({"round,1499,1000", "round,1501,2000", "bucket,1999,1000", "bucket,-1,-1000"})
  void number_goesToAStep(String name, long number, long step) {
    assertThat(mask(name, INT4, "to", "1000").mask(new Value.Int(number)))
        .isEqualTo(new Value.Int(step));
    assertThat(
            mask(name, ValueType.decimal(10, 2), "to", "1000")
                .mask(new Value.Decimal(BigDecimal.valueOf(number))))
        .isEqualTo(new Value.Decimal(BigDecimal.valueOf(step).setScale(2)));
    assertThat(
            mask(name, ValueType.of(TypeFamily.FLOAT8), "to", "1000").mask(new Value.Real(number)))
        .isEqualTo(new Value.Real(step));
  }

  @Test
  void stepBeyondTheTypesRange_givesWayToTheOneInside() {
    assertThat(mask("round", INT4, "to", "1000").mask(new Value.Int(Integer.MAX_VALUE)))
        .isEqualTo(new Value.Int(2147483000));
    assertThat(mask("bucket", INT4, "to", "1000").mask(new Value.Int(Integer.MIN_VALUE)))
        .isEqualTo(new Value.Int(-2147483000));
    assertThat(
            mask("round", ValueType.decimal(3, 0), "to", "10")
                .mask(new Value.Decimal(new BigDecimal("999"))))
        .isEqualTo(new Value.Decimal(new BigDecimal("990")));
  }

  @ParameterizedTest
  @EnumSource(TypeFamily.class)
  void specialAndOpaqueAndStrangeValues_neverPass_whateverTheMask(TypeFamily family) {
    ValueType type = TestMasks.example(family);
    List<Value> values =
        List.of(
            new Value.Special("Infinity"),
            new Value.Special("0044-03-15 BC"),
            new Value.Opaque("25", new byte[] {1, 2, 3}),
            new Value.Text("secret"),
            new Value.Int(4711),
            new Value.Json("{\"secret\": 1}"),
            new Value.Uuid(new UUID(4, 7)));
    for (ColumnMask mask : TestMasks.all(catalog, type)) {
      for (Value value : values) {
        assertThat(mask.mask(value)).as("%s of %s", mask, value).isNotEqualTo(value);
      }
      assertThat(mask.mask(values.get(0)))
          .as("%s", mask)
          .isEqualTo(mask.mask(values.get(1)))
          .isEqualTo(mask.mask(values.get(2)));
    }
  }

  @ParameterizedTest
  @EnumSource(TypeFamily.class)
  void wholeMask_isThereForEveryType_andTellsNothing(TypeFamily family) {
    ColumnMask whole = MaskCatalog.whole(TestMasks.example(family));
    assertThat(whole.reveals()).isEqualTo(Reveals.NOTHING);
    assertThat(whole.mask(Value.NULL))
        .isEqualTo(whole.mask(new Value.Text("secret")))
        .isEqualTo(whole.mask(new Value.Special("NaN")));
  }

  @Test
  void maskThatRevealsNothing_hasOneAnswerForAll_alsoForNullAndWhatHasNoPlaceInJava() {
    ColumnMask constant = mask("constant", ValueType.decimal(5, 2), "value", "7.5");
    assertThat(constant.reveals()).isEqualTo(Reveals.NOTHING);
    Value same = new Value.Decimal(new BigDecimal("7.50"));
    assertThat(constant.mask(Value.NULL)).isEqualTo(same);
    assertThat(constant.mask(new Value.Special("NaN"))).isEqualTo(same);
    assertThat(constant.mask(new Value.Decimal(BigDecimal.TEN))).isEqualTo(same);
    assertThat(mask("null", TEXT).reveals()).isEqualTo(Reveals.NOTHING);
    assertThat(mask("null", TEXT).mask(new Value.Text("x"))).isEqualTo(Value.NULL);
  }

  @Test
  void nullStaysNull_onlyWhereTheMaskSaysSo() {
    assertThat(mask("redact", TEXT).mask(Value.NULL)).isEqualTo(new Value.Text("****"));
    ColumnMask keeping = mask("redact", TEXT, "keep-null", "true");
    assertThat(keeping.mask(Value.NULL)).isEqualTo(Value.NULL);
    assertThat(keeping.reveals()).isEqualTo(Reveals.NULLNESS);
    ColumnMask partial = mask("email", TEXT);
    assertThat(partial.mask(Value.NULL)).isEqualTo(Value.NULL);
    assertThat(partial.reveals()).isEqualTo(Reveals.VALUE);
    assertThat(mask("email", TEXT, "keep-null", "false").mask(Value.NULL))
        .isEqualTo(new Value.Text("****"));
  }

  @Test
  void enumeration_becomesALabelThatIsGiven_orNull() {
    ValueType colour = ValueType.enumeration(List.of("red", "green"));
    assertThat(mask("constant", colour, "value", "red").mask(new Value.Opaque("1", new byte[1])))
        .isEqualTo(new Value.Text("red"));
    assertThat(problem("constant", colour, "value", "blue")).contains("value is none of enum");
    assertThat(problem("redact", colour)).contains("use null, or constant with a label");
    assertThat(mask("null", colour).mask(Value.NULL)).isEqualTo(Value.NULL);
  }

  @ParameterizedTest
  @CsvSource({
    "INT2,32768",
    "INT4,x7",
    "INT4,1.5",
    "BOOL,yes",
    "UUID,1-1-1-1-1",
    "DATE,2026-02-30",
    "DATE,-0001-01-01",
    "JSONB,{",
    "JSONB,\"\\u0000\"",
    "JSON,[1e999999]",
    "BYTEA,0g",
    "FLOAT8,NaN",
    "FLOAT4,1e300",
    "TIMESTAMP,2026-01-01T00:00:00.5",
    "CHAR,ab",
    "INET,1.2.3.4",
    "ARRAY,{}",
    "OTHER,x7",
  })
  void constantThatTheTypeCannotHold_isAProblem_whichDoesNotRepeatIt(
      TypeFamily family, String value) {
    assertThat(problem("constant", ValueType.of(family), "value", value))
        .contains("value is none of")
        .doesNotContain(" " + value);
  }

  @Test
  void constantThatWouldBeCutOrRounded_isAProblem() {
    assertThat(problem("constant", ValueType.of(TypeFamily.VARCHAR, 3), "value", "abcd"))
        .contains("varchar(3)");
    assertThat(problem("constant", ValueType.decimal(4, 1), "value", "1.25"))
        .contains("numeric(4,1)");
    assertThat(problem("constant", ValueType.decimal(3, 1), "value", "100"))
        .contains("numeric(3,1)");
  }

  @ParameterizedTest
  @CsvSource({
    "keep-last,INT4", "email,DATE", "hash,DATE", "hash,JSONB", "tokenize,INT2", "tokenize,UUID",
    "generalize,TEXT", "generalize,TIME", "round,TEXT", "bucket,BOOL", "redact,OTHER",
        "redact,ENUM",
  })
  void maskThatIsNotDefinedForAType_isAProblemWhenItIsMade(String name, TypeFamily family) {
    assertThat(problem(name, ValueType.of(family), TestMasks.parameters(name)))
        .contains("the mask " + name + " is not defined for " + ValueType.of(family));
  }

  @Test
  void parameterThatIsMissingOrUnknownOrWrong_isAProblem() {
    assertThat(problem("constant", TEXT)).isEqualTo("the mask constant needs the parameter value");
    assertThat(problem("redact", TEXT, "with", "x"))
        .isEqualTo("the mask redact has no parameter with");
    assertThat(problem("redact", TEXT, "keep-null", "maybe"))
        .isEqualTo("keep-null must be true or false");
    assertThat(problem("generalize", DATE, "to", "week"))
        .isEqualTo("to must be one of decade, month, quarter, year");
    assertThat(problem("round", INT4, "to", "0.5")).isEqualTo("to must be a value of int4");
    assertThat(problem("round", INT4, "to", "-1"))
        .isEqualTo("to must be a positive number of at most 18 digits");
    assertThat(problem("hash", TEXT, "key", "another"))
        .isEqualTo("key must be the name of a configured mask key");
    assertThat(problem("hide", TEXT)).startsWith("there is no mask of that name");
  }

  /** One from a plugin. */
  private record Foreign(String label, boolean valueIndependent, UnaryOperator<Value> function)
      implements Mask, MaskKind {

    @Override
    public String name() {
      return "foreign";
    }

    @Override
    public Made make(Map<String, String> parameters, ValueType type) {
      return new Made.Ready(this);
    }

    @Override
    public boolean keepsNull() {
      return false;
    }

    @Override
    public Value mask(Value original) {
      return function.apply(original);
    }
  }

  private static ColumnMask foreign(ValueType type, UnaryOperator<Value> function) {
    MaskCatalog catalog =
        new MaskCatalog(MaskKeys.NONE, List.of(new Foreign("foreign", false, function)));
    return TestMasks.mask(catalog, "foreign", type);
  }

  @Test
  void answerThatTheColumnCannotCarry_isReplacedByTheWholeMask() {
    Value value = new Value.Int(5);
    assertThat(foreign(INT4, _ -> new Value.Int(1L << 40)).mask(value)).isEqualTo(new Value.Int(0));
    assertThat(foreign(INT4, _ -> new Value.Text("5")).mask(value)).isEqualTo(new Value.Int(0));
    assertThat(foreign(TEXT, _ -> new Value.Text("a\0b")).mask(new Value.Text("x")))
        .isEqualTo(new Value.Text("****"));
    assertThat(
            foreign(ValueType.of(TypeFamily.VARCHAR, 3), _ -> new Value.Text("€€€€")).mask(value))
        .isEqualTo(new Value.Text("€€€"));
    assertThat(foreign(ValueType.of(TypeFamily.JSONB), _ -> new Value.Json("{")).mask(value))
        .isEqualTo(new Value.Json("{}"));
    assertThat(foreign(INT4, original -> new Value.Opaque("23", new byte[4])).mask(value))
        .isEqualTo(new Value.Int(0));
  }

  @Test
  void foreignMaskThatFailsWhenItIsMade_isAProblemWithoutItsWords() {
    Foreign broken =
        new Foreign(
            "foreign",
            true,
            _ -> {
              throw new IllegalStateException("a secret");
            });
    MaskCatalog catalog = new MaskCatalog(MaskKeys.NONE, List.of(broken));
    assertThat(catalog.of("foreign", Map.of(), TEXT))
        .isEqualTo(
            new Found.Problem("the mask foreign failed with java.lang.IllegalStateException"));
  }

  @Test
  void twoKindsOfOneName_areRefused() {
    Foreign foreign = new Foreign("foreign", false, value -> value);
    assertThatThrownBy(() -> new MaskCatalog(MaskKeys.NONE, List.of(foreign, foreign)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package io.gatehouse.appliance.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.mask.key.MaskKey;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Masks that compute with a key: the same for equals, within the type, and nothing else. */
class KeyedMasksTest {
  private static final long SEED = 20_010_812L;
  private static final ValueType TEXT = ValueType.of(TypeFamily.TEXT);
  private static final ValueType INT4 = ValueType.of(TypeFamily.INT4);
  private static final ValueType INT8 = ValueType.of(TypeFamily.INT8);

  private final MaskCatalog catalog = TestMasks.catalog();

  private ColumnMask mask(String name, ValueType type, String... more) {
    List<String> parameters = new ArrayList<>(List.of("key", "main"));
    Collections.addAll(parameters, more);
    return TestMasks.mask(catalog, name, type, parameters.toArray(String[]::new));
  }

  private static MaskCatalog with(String id, int fill) {
    return new MaskCatalog(MaskKeys.of(Map.of("main", TestMasks.key(id, fill))), List.of());
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }

  @Test
  void equalValuesOfAType_haveEqualHashes_andOthersDoNot() {
    ColumnMask one = mask("hash", TEXT);
    ColumnMask other = mask("hash", ValueType.of(TypeFamily.VARCHAR, 40));
    Set<Value> hashes = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      Value hash = one.mask(text("customer " + i));
      assertThat(hash).isEqualTo(other.mask(text("customer " + i)));
      assertThat(((Value.Text) hash).value()).matches("[a-z2-7]{26}");
      hashes.add(hash);
    }
    assertThat(hashes).hasSize(10_000);
  }

  @Test
  void hash_isOfTheType() {
    assertThat(mask("hash", ValueType.of(TypeFamily.VARCHAR, 10)).mask(text("x")))
        .isInstanceOfSatisfying(
            Value.Text.class, hash -> assertThat(hash.value()).matches("[a-z2-7]{10}"));
    assertThat(mask("hash", TEXT, "form", "hex", "length", "64").mask(text("x")))
        .isInstanceOfSatisfying(
            Value.Text.class, hash -> assertThat(hash.value()).matches("[0-9a-f]{64}"));
    UUID uuid =
        ((Value.Uuid)
                mask("hash", ValueType.of(TypeFamily.UUID)).mask(new Value.Uuid(new UUID(1, 2))))
            .value();
    assertThat(uuid.version()).isEqualTo(8);
    assertThat(uuid.variant()).isEqualTo(2);
    for (int i = -100; i < 100; i++) {
      long narrow =
          ((Value.Int) mask("hash", ValueType.of(TypeFamily.INT2)).mask(new Value.Int(i))).value();
      assertThat(narrow).isBetween(0L, (long) Short.MAX_VALUE);
      long wide = ((Value.Int) mask("hash", INT4).mask(new Value.Int(i))).value();
      assertThat(wide).isBetween(0L, (long) Integer.MAX_VALUE);
    }
    assertThat(mask("hash", ValueType.of(TypeFamily.BYTEA)).mask(new Value.Bytes(new byte[3])))
        .isInstanceOfSatisfying(Value.Bytes.class, hash -> assertThat(hash.value()).hasSize(32));
  }

  @Test
  void decimalsThatAreEqualButForTheirScale_haveEqualHashes() {
    ColumnMask hash = mask("hash", ValueType.of(TypeFamily.NUMERIC));
    assertThat(hash.mask(new Value.Decimal(new BigDecimal("10"))))
        .isEqualTo(hash.mask(new Value.Decimal(new BigDecimal("10.00"))))
        .isNotEqualTo(hash.mask(new Value.Decimal(new BigDecimal("1"))));
  }

  @Test
  void blanksAtTheEnd_areNoPartOfATextOfFixedLength() {
    ColumnMask hash = mask("hash", ValueType.of(TypeFamily.BPCHAR, 26));
    assertThat(hash.mask(text("x" + " ".repeat(25)))).isEqualTo(mask("hash", TEXT).mask(text("x")));
  }

  @Test
  void columnThatIsTooShort_isAProblem() {
    assertThat(
            TestMasks.problem(catalog, "hash", ValueType.of(TypeFamily.VARCHAR, 7), "key", "main"))
        .contains("it needs room for 8 characters");
    assertThat(
            TestMasks.problem(
                catalog, "tokenize", ValueType.of(TypeFamily.VARCHAR, 5), "key", "main"))
        .contains("6 digits");
  }

  @Test
  void anotherKey_givesOtherHashesAndTokens_andTheMaskSaysWhichItWas() {
    ColumnMask before = TestMasks.mask(with("k1", 1), "hash", TEXT, "key", "main");
    ColumnMask after = TestMasks.mask(with("k2", 2), "hash", TEXT, "key", "main");
    assertThat(before.mask(text("x"))).isNotEqualTo(after.mask(text("x")));
    assertThat(before.label()).isEqualTo("hash(key=k1)");
    assertThat(after.label()).isEqualTo("hash(key=k2)");
    ColumnMask token = TestMasks.mask(with("k1", 1), "tokenize", TEXT, "key", "main");
    ColumnMask other = TestMasks.mask(with("k2", 2), "tokenize", TEXT, "key", "main");
    assertThat(token.mask(text("4111111111111111")))
        .isNotEqualTo(other.mask(text("4111111111111111")));
  }

  @Test
  void tokens_keepTheFormAndAreOneToOne() {
    ColumnMask token = mask("tokenize", TEXT);
    Set<Value> tokens = new HashSet<>();
    Random random = new Random(SEED);
    Set<String> numbers = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      String number = String.format("%03d-%03d", random.nextInt(1000), random.nextInt(1000));
      numbers.add(number);
      Value masked = token.mask(text(number));
      assertThat(((Value.Text) masked).value()).as("seed %s", SEED).matches("\\d{3}-\\d{3}");
      tokens.add(masked);
    }
    assertThat(tokens).as("seed %s", SEED).hasSameSizeAs(numbers);
  }

  @Test
  void separators_doNotChangeAToken() {
    ColumnMask token = mask("tokenize", TEXT);
    String plain = ((Value.Text) token.mask(text("4111111111111111"))).value();
    String grouped = ((Value.Text) token.mask(text("4111-1111-1111-1111"))).value();
    assertThat(grouped.replace("-", "")).isEqualTo(plain).isNotEqualTo("4111111111111111");
  }

  @Test
  void scope_separatesTokens() {
    assertThat(mask("tokenize", TEXT, "scope", "hr").mask(text("4111111111111111")))
        .isNotEqualTo(mask("tokenize", TEXT).mask(text("4111111111111111")));
  }

  @Test
  void textWithFewerThanSixDigitsOrAnythingElse_isMaskedWholly() {
    ColumnMask token = mask("tokenize", TEXT);
    Value whole = text("****");
    assertThat(token.mask(text("12345"))).isEqualTo(whole);
    assertThat(token.mask(text("1-2-3-4-5"))).isEqualTo(whole);
    assertThat(token.mask(text("AB123456C"))).isEqualTo(whole);
    assertThat(token.mask(text("１２３４５６７８"))).isEqualTo(whole);
    assertThat(token.mask(text("1".repeat(101)))).isEqualTo(whole);
    assertThat(token.mask(text(""))).isEqualTo(whole);
    assertThat(token.mask(text("1".repeat(100)))).isNotEqualTo(whole);
  }

  @Test
  void integersBecomeIntegersOfTheirRange_oneToOne() {
    ColumnMask narrow = mask("tokenize", INT4);
    ColumnMask wide = mask("tokenize", INT8);
    Set<Value> tokens = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      Value token = narrow.mask(new Value.Int(i));
      assertThat(((Value.Int) token).value()).isBetween(0L, (long) Integer.MAX_VALUE);
      tokens.add(token);
      assertThat(((Value.Int) wide.mask(new Value.Int(i))).value())
          .isBetween(0L, 999_999_999_999_999_999L);
    }
    assertThat(tokens).hasSize(5_000);
    assertThat(narrow.mask(new Value.Int(-1))).isEqualTo(new Value.Int(0));
    assertThat(wide.mask(new Value.Int(Long.MAX_VALUE))).isEqualTo(new Value.Int(0));
    assertThat(wide.mask(new Value.Int(Long.MIN_VALUE))).isEqualTo(new Value.Int(0));
  }

  @Test
  void decimalsBecomeDecimalsOfTheirPrecision() {
    ColumnMask token = mask("tokenize", ValueType.decimal(16, 0));
    Value masked = token.mask(new Value.Decimal(new BigDecimal("42")));
    assertThat(((Value.Decimal) masked).value())
        .isBetween(BigDecimal.ZERO, new BigDecimal("9999999999999999"));
    assertThat(token.mask(new Value.Decimal(new BigDecimal("-42"))))
        .isEqualTo(new Value.Decimal(BigDecimal.ZERO));
  }

  @Test
  void maskUsedByManyThreads_givesEachTheSame() throws InterruptedException {
    ColumnMask hash = mask("hash", TEXT);
    ColumnMask token = mask("tokenize", TEXT);
    Value expectedHash = hash.mask(text("123456789"));
    Value expectedToken = token.mask(text("123456789"));
    List<Value> wrong = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int j = 0; j < 2_000; j++) {
                      hash.mask(text("other " + j));
                      wrong.add(hash.mask(text("123456789")));
                      wrong.add(token.mask(text("123456789")));
                      wrong.removeIf(v -> v.equals(expectedHash) || v.equals(expectedToken));
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void closedKey_endsEveryMaskThatUsesIt() {
    MaskKey key = TestMasks.key("k1", 1);
    MaskKeys keys = MaskKeys.of(Map.of("main", key));
    MaskCatalog own = new MaskCatalog(keys, List.of());
    ColumnMask hash = TestMasks.mask(own, "hash", TEXT, "key", "main");
    ColumnMask token = TestMasks.mask(own, "tokenize", TEXT, "key", "main");
    hash.mask(text("123456"));
    token.mask(text("123456"));
    keys.close();
    assertThatThrownBy(() -> hash.mask(text("123456")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the key k1 is closed");
    assertThatThrownBy(() -> token.mask(text("123456"))).isInstanceOf(IllegalStateException.class);
  }
}

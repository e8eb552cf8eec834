package io.gatehouse.appliance.mask.kind;

import io.gatehouse.appliance.mask.key.KeyedDigest;
import io.gatehouse.appliance.mask.key.MaskKey;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.appliance.mask.type.WholeValue;
import io.gatehouse.plugin.MaskKind;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A pseudonym: the same for equal values of one type under one key, so that rows can still be
 * joined and counted, and telling nothing else without the key.
 */
final class HashKind implements MaskKind {
  private static final String PURPOSE = "gatehouse mask hash 1";

  /** Forty bits in base 32. With fewer, values run together that are not equal. */
  private static final int LEAST_CHARACTERS = 8;

  private static final int LEAST_DIGITS = 8;
  private static final int WIDEST_DECIMAL = 18;
  private static final byte[] BASE_32 =
      "abcdefghijklmnopqrstuvwxyz234567".getBytes(StandardCharsets.US_ASCII);

  private final MaskKeys keys;

  HashKind(MaskKeys keys) {
    this.keys = keys;
  }

  @Override
  public String name() {
    return "hash";
  }

  @Override
  public Made make(Map<String, String> parameters, ValueType type) {
    Settings settings = new Settings(name(), parameters, type);
    boolean keepsNull = settings.flag("keep-null", true);
    Optional<MaskKey> key = Keys.named(settings, keys);
    boolean hex = false;
    int length = 0;
    if (type.textual()) {
      hex = settings.word("form", "base32", Set.of("base32", "hex")).equals("hex");
      length = length(settings, type, hex);
    } else if (!defined(type)) {
      settings.undefined(
          "use it for text, uuid, int2, int4, int8, bytea, or a numeric without scale");
    }
    if (key.isEmpty() || !settings.fine()) {
      return settings.failed();
    }
    Form form = new Form(type, hex, length, WholeValue.of(type));
    KeyedDigest digest = new KeyedDigest(key.get(), PURPOSE);
    String label = name() + "(key=" + key.get().id() + ")";
    return settings.made(new ByValue(label, keepsNull, value -> masked(value, digest, form)));
  }

  private static int length(Settings settings, ValueType type, boolean hex) {
    int room = room(type);
    if (room < LEAST_CHARACTERS) {
      settings.undefined("it needs room for " + LEAST_CHARACTERS + " characters");
      return LEAST_CHARACTERS;
    }
    int most = Math.min(room, hex ? 64 : 51);
    return settings.number("length", Math.min(most, hex ? 32 : 26), LEAST_CHARACTERS, most);
  }

  private static int room(ValueType type) {
    // a name of the server has 63
    int most = type.family() == TypeFamily.NAME ? 63 : 64;
    return type.length() == 0 ? most : type.length();
  }

  private static boolean defined(ValueType type) {
    return switch (type.family()) {
      case UUID, INT2, INT4, INT8, BYTEA -> true;
      case NUMERIC -> type.length() == 0 || (type.scale() == 0 && type.length() >= LEAST_DIGITS);
      default -> false;
    };
  }

  /** What the digest is written as. */
  private record Form(ValueType type, boolean hex, int length, Value whole) {}

  private static Value masked(Value value, KeyedDigest digest, Form form) {
    return switch (value) {
      case Value.Text text ->
          new Value.Text(written(digest.of((byte) 't', utf8(text, form)), form));
      case Value.Uuid uuid -> uuid(digest.of((byte) 'u', bytes(uuid.value())));
      case Value.Int number -> integer(digest.of((byte) 'i', bytes(number.value())), form);
      case Value.Bytes bytes -> new Value.Bytes(digest.of((byte) 'b', bytes.value()));
      case Value.Decimal number -> decimal(digest.of((byte) 'n', bytes(number.value())), form);
      default -> form.whole();
    };
  }

  private static byte[] utf8(Value.Text text, Form form) {
    boolean blanks = form.type().family() == TypeFamily.BPCHAR;
    String meant = blanks ? text.value().stripTrailing() : text.value();
    return meant.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  /** 1.0 and 1.00 are equal. In plain notation 1E9999 would fill pages. */
  private static byte[] bytes(BigDecimal number) {
    return number.stripTrailingZeros().toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String written(byte[] digest, Form form) {
    return form.hex()
        ? HexFormat.of().formatHex(digest).substring(0, form.length())
        : base32(digest, form.length());
  }

  private static String base32(byte[] digest, int length) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      int bit = 5 * i;
      int pair = (digest[bit / 8] & 0xFF) << 8;
      if (bit / 8 + 1 < digest.length) {
        pair |= digest[bit / 8 + 1] & 0xFF;
      }
      text[i] = BASE_32[pair >> (11 - bit % 8) & 31];
    }
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** RFC 9562, 5.8: version 8 is for forms of one's own. */
  private static Value uuid(byte[] digest) {
    ByteBuffer bits = ByteBuffer.wrap(digest);
    long high = (bits.getLong() & ~0xF000L) | 0x8000L;
    long low = (bits.getLong() & ~(3L << 62)) | 2L << 62;
    return new Value.Uuid(new UUID(high, low));
  }

  /** Never negative, which some schemas do not expect of numbers that name something. */
  private static Value integer(byte[] digest, Form form) {
    long bits = ByteBuffer.wrap(digest).getLong();
    return switch (form.type().family()) {
      case INT2 -> new Value.Int(bits & Short.MAX_VALUE);
      case INT4 -> new Value.Int(bits & Integer.MAX_VALUE);
      case INT8 -> new Value.Int(bits & Long.MAX_VALUE);
      default -> form.whole();
    };
  }

  private static Value decimal(byte[] digest, Form form) {
    int digits = form.type().length() == 0 ? WIDEST_DECIMAL : form.type().length();
    BigInteger bound = BigInteger.TEN.pow(Math.min(digits, WIDEST_DECIMAL));
    return new Value.Decimal(new BigDecimal(new BigInteger(1, digest).mod(bound)));
  }
}

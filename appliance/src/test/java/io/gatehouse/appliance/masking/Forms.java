package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The bytes that a value may become on its way out. What is short in binary form is taken with the
 * length that stands before it in rows, arrays, records and COPY, so that it is not found by
 * chance.
 */
final class Forms {
  private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
  private static final BigInteger BASE = BigInteger.valueOf(10_000);
  private static final int SHORTEST = 6;

  private final Map<String, byte[]> forms = new LinkedHashMap<>();

  private Forms() {}

  Map<String, byte[]> all() {
    return forms;
  }

  private Forms add(String form, byte[] bytes) {
    if (bytes.length >= SHORTEST) {
      forms.put(form, bytes);
    }
    return this;
  }

  private Forms add(String form, String text) {
    return add(form, text.getBytes(UTF_8));
  }

  /** Whatever stands for the text, in whole. */
  static Forms ofText(String text) {
    Forms forms = pieces(text);
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length >= SHORTEST) {
      forms.digests(bytes);
    }
    return forms;
  }

  /** The same for what may be a piece of the text. */
  static Forms pieces(String text) {
    Forms forms = new Forms();
    forms.add("text", text);
    forms.add("lower case", text.toLowerCase(Locale.ROOT));
    forms.add("upper case", text.toUpperCase(Locale.ROOT));
    forms.add("reversed", new StringBuilder(text).reverse().toString());
    forms.add(
        "reversed in hex",
        HexFormat.of()
            .withUpperCase()
            .formatHex(new StringBuilder(text).reverse().toString().getBytes(UTF_8)));
    forms.add("UTF-16BE", text.getBytes(UTF_16BE));
    forms.add("UTF-16LE", text.getBytes(UTF_16LE));
    return forms.encoded(text.getBytes(UTF_8));
  }

  static Forms ofBytes(byte[] bytes) {
    Forms forms = new Forms();
    forms.add("raw", bytes);
    forms.digests(bytes);
    return forms.encoded(bytes);
  }

  private Forms encoded(byte[] bytes) {
    if (bytes.length < SHORTEST) {
      return this;
    }
    add("hex", HexFormat.of().formatHex(bytes));
    add("upper case hex", HexFormat.of().withUpperCase().formatHex(bytes));
    add("escape", escaped(bytes));
    for (int before = 0; before < 3; before++) {
      add("base64 after " + before, base64(bytes, before));
    }
    return this;
  }

  private void digests(byte[] bytes) {
    for (String algorithm : new String[] {"MD5", "SHA-256"}) {
      try {
        byte[] digest = MessageDigest.getInstance(algorithm).digest(bytes);
        add(algorithm, digest);
        add(algorithm + " in hex", HexFormat.of().formatHex(digest));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte one : bytes) {
      if (one == '\\') {
        text.append("\\\\");
      } else if (one >= 0x20 && one < 0x7f) {
        text.append((char) one);
      } else {
        text.append("\\%03o".formatted(one & 0xff));
      }
    }
    return text.toString();
  }

  /** The characters that depend on nothing else, with so many bytes before in their group. */
  private static byte[] base64(byte[] bytes, int before) {
    byte[] padded = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, padded, before, bytes.length);
    byte[] all = Base64.getEncoder().withoutPadding().encode(padded);
    int from = (before * 8 + 5) / 6;
    return Arrays.copyOfRange(all, from, padded.length * 8 / 6);
  }

  static Forms ofNumber(BigDecimal number) {
    Forms forms = new Forms();
    BigDecimal plain = number.stripTrailingZeros();
    String text = plain.toPlainString();
    forms.add("text", text);
    for (int scale = Math.max(0, plain.scale()); scale < 8; scale++) {
      forms.add("numeric(" + scale + ")", numeric(plain, scale));
    }
    forms.add(
        "reversed float8",
        reversed(ByteBuffer.allocate(8), b -> b.putDouble(number.doubleValue())));
    forms.add("float8", prefixed(ByteBuffer.allocate(8).putDouble(number.doubleValue())));
    if (plain.scale() <= 0) {
      long whole = plain.longValueExact();
      forms.add("grouped", String.format(Locale.ROOT, "%,d", whole));
      forms.add("apart", String.format(Locale.ROOT, "%,d", whole).replace(',', '\''));
      forms.add("exponent", text.charAt(0) + "." + text.substring(1) + "e+");
      forms.add("in hex", Long.toHexString(whole));
      forms.add("reversed int8", reversed(ByteBuffer.allocate(8), b -> b.putLong(whole)));
      forms.add("int8", prefixed(ByteBuffer.allocate(8).putLong(whole)));
      if (whole == (int) whole) {
        forms.add("int4", prefixed(ByteBuffer.allocate(4).putInt((int) whole)));
      }
    }
    return forms;
  }

  /** Without its length and the number of its digits: trailing zeros may be there or not. */
  private static byte[] numeric(BigDecimal number, int scale) {
    int groups = (scale + 3) / 4;
    BigInteger rest = number.movePointRight(groups * 4).toBigIntegerExact();
    short[] digits = new short[32];
    int count = 0;
    while (rest.signum() > 0) {
      BigInteger[] parts = rest.divideAndRemainder(BASE);
      digits[count++] = parts[1].shortValueExact();
      rest = parts[0];
    }
    int last = 0;
    while (digits[last] == 0) {
      last++;
    }
    ByteBuffer out = ByteBuffer.allocate(6 + (count - last) * 2);
    out.putShort((short) (count - 1 - groups)).putShort((short) 0).putShort((short) scale);
    for (int i = count - 1; i >= last; i--) {
      out.putShort(digits[i]);
    }
    return out.array();
  }

  static Forms ofDate(LocalDate day) {
    Forms forms = new Forms();
    int days = (int) ChronoUnit.DAYS.between(EPOCH, day);
    forms.add("text", day.toString());
    for (String pattern :
        new String[] {"dd.MM.yyyy", "MM/dd/yyyy", "dd/MM/yyyy", "yyyyMMdd", "dd-MM-yyyy"}) {
      forms.add(pattern, DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(day));
    }
    forms.add("date", prefixed(ByteBuffer.allocate(4).putInt(days)));
    forms.add("timestamp", prefixed(ByteBuffer.allocate(8).putLong(days * 86_400_000_000L)));
    forms.add("epoch", String.valueOf(day.atStartOfDay().toEpochSecond(ZoneOffset.UTC)));
    return forms;
  }

  static Forms ofInstant(OffsetDateTime instant) {
    Forms forms = new Forms();
    OffsetDateTime utc = instant.withOffsetSameInstant(ZoneOffset.UTC);
    long micros = ChronoUnit.MICROS.between(EPOCH.atStartOfDay().atOffset(ZoneOffset.UTC), utc);
    forms.add("day", utc.toLocalDate().toString());
    forms.add("timestamptz", prefixed(ByteBuffer.allocate(8).putLong(micros)));
    forms.add("epoch", String.valueOf(utc.toEpochSecond()));
    int days = (int) ChronoUnit.DAYS.between(EPOCH, utc.toLocalDate());
    forms.add("date", prefixed(ByteBuffer.allocate(4).putInt(days)));
    return forms;
  }

  static Forms ofUuid(UUID uuid) {
    Forms forms = new Forms();
    forms.add("text", uuid.toString());
    forms.add("upper case", uuid.toString().toUpperCase(Locale.ROOT));
    forms.add("without dashes", uuid.toString().replace("-", ""));
    ByteBuffer raw = ByteBuffer.allocate(16);
    raw.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    forms.add("raw", raw.array());
    forms.add("base64", base64(raw.array(), 0));
    return forms;
  }

  /** An IPv4 or IPv6 address as the server writes it. */
  static Forms ofAddress(String text, byte[] address) {
    Forms forms = new Forms();
    forms.add("text", text);
    // Both families differ from the operating system's; see inet_send.
    byte family = (byte) (address.length == 4 ? 2 : 3);
    ByteBuffer raw = ByteBuffer.allocate(4 + address.length);
    raw.put(family).put((byte) (address.length * 8)).put((byte) 0).put((byte) address.length);
    forms.add("inet", raw.put(address).array());
    forms.add("reversed", new StringBuilder(text).reverse().toString().getBytes(ISO_8859_1));
    return forms;
  }

  /** With the last byte first. */
  private static byte[] reversed(ByteBuffer value, Consumer<ByteBuffer> put) {
    put.accept(value.order(ByteOrder.LITTLE_ENDIAN));
    byte[] bytes = new byte[value.capacity()];
    value.rewind().get(bytes);
    return bytes;
  }

  private static byte[] prefixed(ByteBuffer value) {
    int length = value.position();
    return ByteBuffer.allocate(4 + length).putInt(length).put(value.flip()).array();
  }
}

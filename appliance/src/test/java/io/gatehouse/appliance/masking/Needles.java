package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Random secrets and the bytes that tell them, kept so that this process's memory does not hold
 * them: what makes one whole is for the moment only. Immutable.
 */
final class Needles {
  private static final byte VEIL = 0x5a;
  private static final int BLOCK = 1 << 24;
  private static final int LONGEST = 128;
  private static final int AROUND = 200;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Needle(String form, byte[] veiled) {}

  private final byte[] word;
  private final byte[] amount;
  private final byte[] salary;
  private final byte[] ident;
  private final byte[] raw;
  private final List<Needle> needles = new ArrayList<>();
  private final BitSet starts = new BitSet(1 << 16);

  Needles(SplittableRandom random) {
    StringBuilder letters = new StringBuilder("q");
    for (int i = 0; i < 11; i++) {
      letters.append((char) ((i % 2 == 0 ? 'A' : 'a') + random.nextInt(26)));
    }
    word = veil(letters.toString());
    amount = veil(String.valueOf(random.nextLong(1_000_000_000_000_000L, 9_000_000_000_000_000L)));
    salary = veil(String.valueOf(random.nextLong(1_000_000_000_000_000L, 9_000_000_000_000_000L)));
    ident =
        veil(
            new UUID(random.nextLong() | Long.MIN_VALUE, random.nextLong() | Long.MIN_VALUE)
                .toString());
    byte[] bytes = new byte[12];
    random.nextBytes(bytes);
    raw = veil(HexFormat.of().formatHex(bytes));
    words();
    numbers("amount", amount);
    numbers("salary", salary);
    ByteBuffer groups = ByteBuffer.allocate(8);
    String digits = plain(salary);
    for (int i = 0; i < 16; i += 4) {
      groups.putShort(Short.parseShort(digits.substring(i, i + 4)));
    }
    add("numeric salary", groups.array());
    UUID uuid = UUID.fromString(plain(ident));
    add("ident", plain(ident).getBytes(UTF_8));
    add(
        "raw ident",
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array());
    add("raw", bytes);
    add("raw in hex", plain(raw).getBytes(UTF_8));
  }

  private void words() {
    String plain = plain(word);
    add("word", plain.getBytes(UTF_8));
    add("lower case word", plain.toLowerCase(Locale.ROOT).getBytes(UTF_8));
    add("upper case word", plain.toUpperCase(Locale.ROOT).getBytes(UTF_8));
    add("word in UTF-16LE", plain.getBytes(UTF_16LE));
    add("word in UTF-16BE", plain.getBytes(UTF_16BE));
  }

  private void numbers(String name, byte[] veiled) {
    String plain = plain(veiled);
    long number = Long.parseLong(plain);
    add(name, plain.getBytes(UTF_8));
    add("binary " + name, ByteBuffer.allocate(8).putLong(number).array());
    add(
        "reversed binary " + name,
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
  }

  private static byte[] veil(String text) {
    return veil(text.getBytes(UTF_8));
  }

  private static byte[] veil(byte[] bytes) {
    byte[] veiled = bytes.clone();
    for (int i = 0; i < veiled.length; i++) {
      veiled[i] ^= VEIL;
    }
    return veiled;
  }

  private static String plain(byte[] veiled) {
    return new String(veil(veiled), UTF_8);
  }

  private void add(String form, byte[] bytes) {
    needles.add(new Needle(form, veil(bytes)));
    starts.set(ByteBuffer.wrap(bytes).getShort() & 0xffff);
  }

  List<String> forms() {
    return needles.stream().map(Needle::form).toList();
  }

  /** SQL with the secrets in the place of {@code :word} and the like. For the moment only. */
  String whole(String sql) {
    return sql.replace(":word", plain(word))
        .replace(":amount", plain(amount))
        .replace(":salary", plain(salary))
        .replace(":ident", plain(ident))
        .replace(":raw", plain(raw));
  }

  /** The same for the server to put together. */
  String inParts(String sql) {
    return sql.replace(":word", parts(word))
        .replace(":amount", parts(amount))
        .replace(":salary", parts(salary))
        .replace(":ident", parts(ident))
        .replace(":raw", parts(raw));
  }

  private static String parts(byte[] veiled) {
    String plain = plain(veiled);
    int half = plain.length() / 2;
    return "('" + plain.substring(0, half) + "' || '" + plain.substring(half) + "')";
  }

  /** Something that holds all of it, as objects do. */
  List<Object> objects() {
    String text = plain(word);
    UUID uuid = UUID.fromString(plain(ident));
    return List.of(
        text,
        "€" + text,
        text.toCharArray(),
        text.toLowerCase(Locale.ROOT),
        text.toUpperCase(Locale.ROOT),
        plain(amount),
        Long.valueOf(plain(amount)),
        Long.reverseBytes(Long.parseLong(plain(amount))),
        plain(salary),
        new BigDecimal(plain(salary)),
        Long.reverseBytes(Long.parseLong(plain(salary))),
        uuid,
        uuid.toString(),
        HexFormat.of().parseHex(plain(raw)),
        plain(raw));
  }

  /** Where each that is there is first, with what is around it. */
  Map<String, String> in(byte[] bytes) {
    Map<String, String> found = new LinkedHashMap<>();
    search(bytes, bytes.length, 0, found);
    return found;
  }

  Map<String, String> in(Path file) throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      int kept = 0;
      long offset = 0;
      int read = in.readNBytes(block, 0, BLOCK);
      while (read > 0) {
        search(block, kept + read, offset, found);
        int end = kept + read;
        kept = Math.min(LONGEST, end);
        offset += end - kept;
        System.arraycopy(block, end - kept, block, 0, kept);
        read = in.readNBytes(block, kept, BLOCK - kept);
      }
    }
    return found;
  }

  private void search(byte[] bytes, int end, long offset, Map<String, String> found) {
    for (int at = 0; at + 1 < end; at++) {
      if (starts.get(((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff))) {
        for (Needle needle : needles) {
          if (starts(bytes, at, end, needle.veiled())) {
            found.merge(
                needle.form(),
                (offset + at) + " " + around(bytes, at, end),
                (first, again) -> first.length() < 2_000 ? first + "\n" + again : first);
          }
        }
      }
    }
  }

  private static boolean starts(byte[] bytes, int at, int end, byte[] veiled) {
    if (at + veiled.length > end) {
      return false;
    }
    for (int i = 0; i < veiled.length; i++) {
      if ((byte) (bytes[at + i] ^ VEIL) != veiled[i]) {
        return false;
      }
    }
    return true;
  }

  private static String around(byte[] bytes, int at, int end) {
    byte[] some = Arrays.copyOfRange(bytes, Math.max(0, at - AROUND), Math.min(end, at + AROUND));
    return new String(some, UTF_8)
        .chars()
        .mapToObj(c -> c > ' ' && c < 127 ? String.valueOf((char) c) : " ")
        .collect(Collectors.joining());
  }
}

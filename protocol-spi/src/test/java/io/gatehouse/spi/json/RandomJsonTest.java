package io.gatehouse.spi.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random values written and read, and the same with something wrong. */
class RandomJsonTest {
  private static final int ROUNDS = Boolean.getBoolean("gatehouse.long") ? 2_000_000 : 20_000;
  private static final byte[] TELLING =
      "{}[]\",:\\u0eE+-.truefalsn \n\u0000".getBytes(StandardCharsets.ISO_8859_1);

  private interface Check {
    void run(Random random) throws Exception;
  }

  private static void rounds(Check check) {
    long seed = new Random().nextLong();
    for (int round = 0; round < ROUNDS; round++) {
      try {
        check.run(new Random(seed + round));
      } catch (AssertionError | Exception e) {
        throw new AssertionError("seed " + (seed + round), e);
      }
    }
  }

  @Test
  void what_is_written_is_read_as_it_was() {
    rounds(
        random -> {
          Object plain = plain(random, 4);
          JsonText text =
              JsonText.read(spaced(JsonWriter.bytes(plain), random), JsonLimits.DEFAULTS);
          assertThat(text.root().plain()).isEqualTo(plain);
        });
  }

  @Test
  void a_value_replaced_changes_nothing_else() {
    rounds(
        random -> {
          JsonText text =
              JsonText.read(
                  spaced(JsonWriter.bytes(plain(random, 4)), random), JsonLimits.DEFAULTS);
          List<JsonValue> all = JsonPath.parse("**").select(text.root());
          JsonValue chosen = all.get(random.nextInt(all.size()));
          assertThat(chosen.detached().plain()).isEqualTo(chosen.plain());
          assertThat(chosen.detached().in().bytes()).isEqualTo(chosen.bytes());
          JsonEdit edit = new JsonEdit(text);
          edit.text(chosen, "instead");
          byte[] after = edit.bytes();
          int shift = after.length - text.bytes().length;
          assertThat(Arrays.copyOf(after, chosen.start()))
              .isEqualTo(Arrays.copyOf(text.bytes(), chosen.start()));
          assertThat(Arrays.copyOfRange(after, chosen.end() + shift, after.length))
              .isEqualTo(Arrays.copyOfRange(text.bytes(), chosen.end(), text.bytes().length));
          JsonText.read(after, JsonLimits.DEFAULTS);
        });
  }

  @Test
  void values_taken_out_leave_the_others() {
    rounds(
        random -> {
          JsonText text =
              JsonText.read(
                  spaced(JsonWriter.bytes(plain(random, 4)), random), JsonLimits.DEFAULTS);
          JsonEdit edit = new JsonEdit(text);
          List<JsonValue> removed = new ArrayList<>();
          for (JsonValue value : JsonPath.parse("**").select(text.root())) {
            if (random.nextInt(4) == 0) {
              edit.remove(value);
              removed.add(value);
            }
          }
          assertThat(JsonText.read(edit.bytes(), JsonLimits.DEFAULTS).root().plain())
              .isEqualTo(without(text.root(), removed));
        });
  }

  @Test
  void anything_is_json_or_refused() {
    rounds(
        random -> {
          byte[] bytes = wrong(JsonWriter.bytes(plain(random, 3)), random);
          try {
            JsonText text = JsonText.read(bytes, JsonLimits.DEFAULTS);
            assertThat(new JsonEdit(text).bytes()).isSameAs(bytes);
            assertThat(Utf8.valid(bytes, 0, bytes.length)).isTrue();
            Object plain = text.root().plain();
            assertThat(JsonText.read(JsonWriter.bytes(plain), JsonLimits.DEFAULTS).root().plain())
                .isEqualTo(plain);
          } catch (MalformedJsonException e) {
            assertThat(e.position()).isBetween(0, bytes.length);
          } catch (RuntimeException e) {
            throw new AssertionError(HexFormat.of().formatHex(bytes), e);
          }
        });
  }

  @Test
  void utf8_is_what_the_jdk_says() {
    rounds(
        random -> {
          byte[] bytes = wrong(string(random).getBytes(StandardCharsets.UTF_8), random);
          boolean valid = true;
          try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
          } catch (CharacterCodingException e) {
            valid = false;
          }
          assertThat(Utf8.valid(bytes, 0, bytes.length)).isEqualTo(valid);
        });
  }

  private static @Nullable Object without(JsonValue value, List<JsonValue> removed) {
    if (removed.contains(value)) {
      return null;
    }
    return switch (value.kind()) {
      case OBJECT -> {
        Map<String, @Nullable Object> left = new LinkedHashMap<>();
        for (JsonMember member : value.members()) {
          if (!removed.contains(member.value())) {
            left.put(member.name(), without(member.value(), removed));
          }
        }
        yield left;
      }
      case ARRAY -> {
        List<@Nullable Object> left = new ArrayList<>();
        for (JsonValue item : value.items()) {
          if (!removed.contains(item)) {
            left.add(without(item, removed));
          }
        }
        yield left;
      }
      case STRING, NUMBER, BOOLEAN, NULL -> value.plain();
    };
  }

  private static @Nullable Object plain(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> string(random);
      case 1 -> new BigDecimal(random.nextInt(-999, 999)).movePointRight(random.nextInt(-9, 9));
      case 2 -> random.nextBoolean();
      case 3 -> null;
      case 4 -> "s" + random.nextInt(9);
      case 5 -> {
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          items.add(plain(random, depth - 1));
        }
        yield items;
      }
      default -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = random.nextInt(random.nextInt(8) == 0 ? 20 : 5); i > 0; i--) {
          members.put(random.nextBoolean() ? "n" + i : string(random), plain(random, depth - 1));
        }
        yield members;
      }
    };
  }

  private static String string(Random random) {
    StringBuilder string = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int point = random.nextInt(random.nextBoolean() ? 0x80 : 0x110000);
      boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      string.appendCodePoint(half ? '\\' : point);
    }
    return string.toString();
  }

  /** Space at every place between two signs where it may stand. */
  private static byte[] spaced(byte[] json, Random random) {
    StringBuilder spaced = new StringBuilder();
    boolean quoted = false;
    boolean escaped = false;
    for (char c : new String(json, StandardCharsets.UTF_8).toCharArray()) {
      boolean sign = !quoted && "{}[]:,\"".indexOf(c) >= 0;
      if (sign && random.nextBoolean()) {
        spaced.append(" \n\r\t".charAt(random.nextInt(4)));
      }
      spaced.append(c);
      quoted ^= c == '"' && !escaped;
      escaped = c == '\\' && !escaped;
    }
    return spaced.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] wrong(byte[] right, Random random) {
    byte[] bytes = right.clone();
    for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1, 2 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
        default -> bytes = Arrays.copyOf(bytes, at);
      }
    }
    return bytes;
  }
}

package io.gatehouse.spi.json;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a text. Values are replaced or taken out; every other byte is copied as it stood. The
 * last word on a value counts, and what happens to an array or object counts more than what happens
 * inside. Used by one thread.
 *
 * <p>A value may stand in one place only in a text, but the same value may stand in others, and in
 * names: whoever masks says all places.
 */
public final class JsonEdit {
  private static final byte[] NOTHING = {};

  private final JsonText text;

  /** By entry; null: taken out. */
  private final Map<Integer, byte @Nullable []> changes = new TreeMap<>();

  public JsonEdit(JsonText text) {
    this.text = text;
  }

  /** A string instead. */
  public void text(JsonValue at, String replacement) {
    put(at, JsonWriter.bytes(replacement));
  }

  public void number(JsonValue at, BigDecimal replacement) {
    put(at, JsonWriter.bytes(replacement));
  }

  /** The word null instead. */
  public void nothing(JsonValue at) {
    put(at, JsonWriter.bytes(null));
  }

  /** Anything that {@link JsonWriter#bytes} writes instead. */
  public void plain(JsonValue at, @Nullable Object replacement) {
    put(at, JsonWriter.bytes(replacement));
  }

  /** For a string that holds JSON itself: the same with changes, as a string again. */
  public void nested(JsonValue at, JsonEdit inner) {
    if (!at.is(JsonKind.STRING)) {
      throw new IllegalStateException("JSON in JSON stands in a string, not in " + at.kind());
    }
    if (!inner.unchanged()) {
      put(at, JsonWriter.string(inner.bytes()));
    }
  }

  /** Takes out an item, or a member with its name; the text's one value becomes null. */
  public void remove(JsonValue at) {
    if (at.entry() == 0) {
      nothing(at);
      return;
    }
    require(at);
    changes.put(at.entry(), null);
  }

  public boolean unchanged() {
    return changes.isEmpty();
  }

  /** The text with its changes; the very bytes that came if there are none. */
  public byte[] bytes() {
    if (unchanged()) {
      return text.bytes();
    }
    byte[] from = text.bytes();
    ByteArrayOutputStream out = new ByteArrayOutputStream(from.length + 64);
    int copied = 0;
    for (Cut cut : cuts().values()) {
      if (cut.start >= copied) {
        out.write(from, copied, cut.start - copied);
        out.write(cut.instead, 0, cut.instead.length);
        copied = cut.end;
      }
    }
    out.write(from, copied, from.length - copied);
    return out.toByteArray();
  }

  private void put(JsonValue at, byte[] replacement) {
    require(at);
    changes.put(at.entry(), replacement);
  }

  private void require(JsonValue at) {
    if (at.in() != text) {
      throw new IllegalArgumentException("a value of another text");
    }
  }

  /** What lies in another cut begins before that ends, and is passed over. */
  private SortedMap<Integer, Cut> cuts() {
    SortedMap<Integer, Cut> cuts = new TreeMap<>();
    JsonTape tape = text.tape();
    BitSet removed = new BitSet();
    changes.forEach(
        (entry, instead) -> {
          if (instead == null) {
            removed.set(entry);
          } else {
            add(cuts, tape.start(entry), tape.end(entry), instead);
          }
        });
    if (!removed.isEmpty()) {
      for (int entry = 0; entry < tape.entries(); entry++) {
        JsonKind kind = tape.kind(entry);
        if (kind == JsonKind.OBJECT) {
          cutFrom(entry, 1, removed, cuts);
        } else if (kind == JsonKind.ARRAY) {
          cutFrom(entry, 0, removed, cuts);
        }
      }
    }
    return cuts;
  }

  /**
   * One that stays behind it: cut up to the next, which takes the comma along. None that stays
   * behind: cut from the end of the last that stays, or from the first where none does.
   *
   * @param name how many entries stand before a value
   */
  private void cutFrom(int container, int name, BitSet removed, Map<Integer, Cut> cuts) {
    JsonTape tape = text.tape();
    int end = tape.next(container);
    if (removed.nextSetBit(container + 1) < 0 || removed.nextSetBit(container + 1) >= end) {
      return;
    }
    int lastKept = -1;
    int last = -1;
    for (int at = container + 1; at < end; at = tape.next(at + name)) {
      last = at + name;
      lastKept = removed.get(last) ? lastKept : last;
    }
    for (int at = container + 1; at < lastKept; at = tape.next(at + name)) {
      if (removed.get(at + name)) {
        add(cuts, tape.start(at), tape.start(tape.next(at + name)), NOTHING);
      }
    }
    if (lastKept != last) {
      int from = lastKept < 0 ? tape.start(container + 1) : tape.end(lastKept);
      add(cuts, from, tape.end(last), NOTHING);
    }
  }

  /** Of two that begin alike the longer one counts. */
  private static void add(Map<Integer, Cut> cuts, int start, int end, byte[] instead) {
    cuts.merge(
        start, new Cut(start, end, instead), (one, other) -> one.end >= other.end ? one : other);
  }

  /** What is left out, and what stands there instead. */
  private static final class Cut {
    private final int start;
    private final int end;
    private final byte[] instead;

    Cut(int start, int end, byte[] instead) {
      this.start = start;
      this.end = end;
      this.instead = instead;
    }
  }
}

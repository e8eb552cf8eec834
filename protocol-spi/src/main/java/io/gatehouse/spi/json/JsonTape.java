package io.gatehouse.spi.json;

import java.util.Arrays;

/**
 * The index of a text: an entry for each value and each name, in the order of the text. What an
 * array or object holds follows it; a member is the entry of its name and then its value.
 *
 * <pre>
 *   word 0   escapes in the string (bit 0), members or items (bits 1..31)
 *   word 1   its first byte
 *   word 2   the byte after its last
 *   word 3   the entry after all that it holds
 * </pre>
 */
final class JsonTape {
  private static final int WORDS = 4;
  private static final int FIRST_ENTRIES = 32;
  private static final int ESCAPED = 1;
  private static final int COUNT_SHIFT = 1;

  private JsonKind[] kinds = new JsonKind[FIRST_ENTRIES];
  private int[] words = new int[FIRST_ENTRIES * WORDS];
  private int entries;

  int entries() {
    return entries;
  }

  int add(JsonKind kind, int start, int end) {
    int entry = entries++;
    int at = entry * WORDS;
    if (at == words.length) {
      words = Arrays.copyOf(words, words.length * 2);
      kinds = Arrays.copyOf(kinds, kinds.length * 2);
    }
    kinds[entry] = kind;
    words[at + 1] = start;
    words[at + 2] = end;
    words[at + 3] = entries;
    return entry;
  }

  /** Takes over an entry of another index, whose bytes and entries begin where these begin. */
  void addMoved(JsonTape from, int entry, int firstByte, int firstEntry) {
    int moved = add(from.kind(entry), from.start(entry) - firstByte, from.end(entry) - firstByte);
    words[moved * WORDS] = from.words[entry * WORDS];
    words[moved * WORDS + 3] = from.next(entry) - firstEntry;
  }

  void markEscaped(int entry) {
    words[entry * WORDS] |= ESCAPED;
  }

  /** One more value lies in this array or object. */
  void count(int container) {
    words[container * WORDS] += 1 << COUNT_SHIFT;
  }

  /** All that this array or object holds is there. */
  void close(int container, int end) {
    words[container * WORDS + 2] = end;
    words[container * WORDS + 3] = entries;
  }

  JsonKind kind(int entry) {
    return kinds[entry];
  }

  boolean escaped(int entry) {
    return (words[entry * WORDS] & ESCAPED) != 0;
  }

  /** Members or items that it holds. */
  int size(int entry) {
    return words[entry * WORDS] >>> COUNT_SHIFT;
  }

  int start(int entry) {
    return words[entry * WORDS + 1];
  }

  int end(int entry) {
    return words[entry * WORDS + 2];
  }

  int next(int entry) {
    return words[entry * WORDS + 3];
  }
}

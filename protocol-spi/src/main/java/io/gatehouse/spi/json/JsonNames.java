package io.gatehouse.spi.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The names of an object's members. */
final class JsonNames {
  /** Up to here comparing all with all is cheaper than a set. */
  private static final int FEW = 12;

  private JsonNames() {}

  /** Of two members with one name each reader takes the one it likes. */
  static void requireDistinct(byte[] bytes, JsonTape tape, int object)
      throws MalformedJsonException {
    if (tape.size(object) > FEW) {
      requireDistinctOfMany(bytes, tape, object);
      return;
    }
    int end = tape.next(object);
    for (int name = object + 1; name < end; name = tape.next(name + 1)) {
      for (int other = object + 1; other < name; other = tape.next(other + 1)) {
        if (same(bytes, tape, name, other)) {
          throw new MalformedJsonException(JsonFault.REPEATED_NAME, tape.start(name));
        }
      }
    }
  }

  /** A set of strings stays fast where a hostile peer has all of them hash alike. */
  private static void requireDistinctOfMany(byte[] bytes, JsonTape tape, int object)
      throws MalformedJsonException {
    Set<String> seen = HashSet.newHashSet(tape.size(object));
    int end = tape.next(object);
    for (int name = object + 1; name < end; name = tape.next(name + 1)) {
      if (!seen.add(JsonStrings.text(bytes, tape, name))) {
        throw new MalformedJsonException(JsonFault.REPEATED_NAME, tape.start(name));
      }
    }
  }

  private static boolean same(byte[] bytes, JsonTape tape, int name, int other) {
    if (tape.escaped(name) || tape.escaped(other)) {
      return JsonStrings.text(bytes, tape, name).equals(JsonStrings.text(bytes, tape, other));
    }
    return Arrays.equals(
        bytes, tape.start(name), tape.end(name), bytes, tape.start(other), tape.end(other));
  }
}

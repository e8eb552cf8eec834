package io.gatehouse.appliance.journal.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a hand can do to the files of a journal, chosen by a seed. Works on a copy in memory. */
final class Tampering {
  private enum Deed {
    FLIP,
    OVERWRITE,
    TRUNCATE,
    APPEND,
    DELETE,
    SWAP_FILES,
    REMOVE_RECORD,
    SWAP_RECORDS,
    DUPLICATE_RECORD,
    APPEND_RECORD,
    CUT_OUT,
    REMOVE_NOTE,
    SWAP_NOTES,
    DUPLICATE_NOTE,
    SET_CHECKPOINT_BACK,
    EDIT_SIGNATURE
  }

  private final Random random;
  private final TreeMap<String, byte[]> files;
  private String said = "";

  Tampering(long seed, Map<String, byte[]> files) {
    // java.util.Random begins alike for seeds that are near each other
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.files = new TreeMap<>(files);
  }

  /** What was done, in words. */
  String said() {
    return said;
  }

  /** The files as they are after so many deeds. */
  Map<String, byte[]> tampered(int deeds) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < deeds; i++) {
      doOne();
      all.append(i == 0 ? "" : "; ").append(said);
    }
    said = all.toString();
    return files;
  }

  private void doOne() {
    Deed deed = Deed.values()[random.nextInt(Deed.values().length)];
    said = deed.name();
    switch (deed) {
      case FLIP, OVERWRITE, TRUNCATE, APPEND, CUT_OUT -> bytes(deed, any(""));
      case DELETE -> files.remove(named(deed, any("")));
      case SWAP_FILES -> swapFiles();
      case REMOVE_RECORD, SWAP_RECORDS, DUPLICATE_RECORD, APPEND_RECORD ->
          records(deed, any(".rows"));
      case REMOVE_NOTE, SWAP_NOTES, DUPLICATE_NOTE -> notes(deed);
      case SET_CHECKPOINT_BACK -> setBack();
      case EDIT_SIGNATURE -> editSignature();
    }
  }

  private String any(String end) {
    // by kind first, or most of it would be done to tiles
    List<String> kinds = List.of(".rows", ".payload", "tile/", "checkpoint", ".log");
    String kind = end.isEmpty() ? kinds.get(random.nextInt(kinds.size())) : end;
    List<String> fit =
        files.keySet().stream()
            .filter(name -> kind.equals("checkpoint") ? name.endsWith(kind) : name.contains(kind))
            .toList();
    // an earlier deed may have taken the last one away
    return fit.isEmpty() ? any("") : fit.get(random.nextInt(fit.size()));
  }

  private String named(Object deed, String name) {
    said = deed + " " + name;
    return name;
  }

  private byte[] of(String name) {
    return files.getOrDefault(name, new byte[0]).clone();
  }

  private void bytes(Deed deed, String name) {
    byte[] bytes = of(named(deed, name));
    if (bytes.length == 0) {
      return;
    }
    int at = random.nextInt(bytes.length);
    int length = 1 + random.nextInt(Math.min(400, bytes.length - at));
    said += " at " + at + " for " + length;
    switch (deed) {
      case FLIP -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case OVERWRITE -> Arrays.fill(bytes, at, at + length, (byte) random.nextInt(256));
      case TRUNCATE -> bytes = Arrays.copyOf(bytes, at);
      case APPEND -> bytes = join(bytes, noise(length));
      default ->
          bytes =
              join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
    }
    files.put(name, bytes);
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private void swapFiles() {
    String one = any("");
    String end = one.contains("tile/") ? "tile/" : one.substring(one.lastIndexOf('.') + 1);
    String two = one.startsWith("tree/check") ? "tree/checkpoints.log" : any(end);
    byte[] first = of(one);
    files.put(one, of(two));
    files.put(two, first);
    said = "SWAP_FILES " + one + " " + two;
  }

  private void records(Deed deed, String name) {
    List<byte[]> rows = new ArrayList<>();
    byte[] bytes = of(name);
    for (int at = 0; at + 128 <= bytes.length; at += 128) {
      rows.add(Arrays.copyOfRange(bytes, at, at + 128));
    }
    if (rows.isEmpty()) {
      return;
    }
    int one = random.nextInt(rows.size());
    int two = random.nextInt(rows.size());
    switch (deed) {
      case REMOVE_RECORD ->
          rows.subList(one, Math.min(rows.size(), one + 1 + random.nextInt(3))).clear();
      case SWAP_RECORDS -> rows.set(one, rows.set(two, rows.get(one)));
      case DUPLICATE_RECORD -> rows.add(one, rows.get(two));
      default -> rows.add(random.nextBoolean() ? rows.get(one) : noise(128));
    }
    said = deed + " " + name + " " + one + " " + two;
    files.put(name, join(rows.toArray(new byte[0][])));
  }

  private List<byte[]> noteList() {
    List<byte[]> notes = new ArrayList<>();
    String log = new String(of("tree/checkpoints.log"), StandardCharsets.UTF_8);
    for (String note : log.split("(?<=\\n)(?=gate\\.example/node7\\n)", -1)) {
      notes.add(note.getBytes(StandardCharsets.UTF_8));
    }
    return notes;
  }

  private void notes(Deed deed) {
    List<byte[]> notes = noteList();
    int one = random.nextInt(notes.size());
    int two = random.nextInt(notes.size());
    switch (deed) {
      case REMOVE_NOTE -> notes.remove(one);
      case SWAP_NOTES -> notes.set(one, notes.set(two, notes.get(one)));
      default -> notes.add(one, notes.get(two));
    }
    said = deed + " " + one + " " + two + " of " + notes.size();
    files.put("tree/checkpoints.log", join(notes.toArray(new byte[0][])));
  }

  private void setBack() {
    List<byte[]> notes = noteList();
    int one = random.nextInt(notes.size());
    said = "SET_CHECKPOINT_BACK to " + one + " of " + notes.size();
    files.put("tree/checkpoint", notes.get(one));
  }

  private void editSignature() {
    String name = random.nextBoolean() ? "tree/checkpoint" : "tree/checkpoints.log";
    byte[] bytes = of(name);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<Integer> lines = new ArrayList<>();
    for (int at = text.indexOf("\n\n"); at >= 0; at = text.indexOf("\n\n", at + 1)) {
      lines.add(at + 2);
    }
    if (lines.isEmpty()) {
      return;
    }
    int line = lines.get(random.nextInt(lines.size()));
    int width = text.indexOf('\n', line) - line;
    if (width <= 0) {
      return;
    }
    int at = line + random.nextInt(width);
    bytes[at] = (byte) "ABCDabcd0123+/=".charAt(random.nextInt(15));
    said = "EDIT_SIGNATURE " + name + " at " + at;
    files.put(name, bytes);
  }
}

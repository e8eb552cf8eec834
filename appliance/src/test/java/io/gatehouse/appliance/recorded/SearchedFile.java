package io.gatehouse.appliance.recorded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A file of any size, in which texts are looked for as programs keep them. */
record SearchedFile(Path file) {
  private static final int PART = 8 << 20;

  /** The forms of the text that are there; a name for each. */
  List<String> forms(String text) throws IOException {
    Map<String, String> wanted = new TreeMap<>();
    Charset bytes = StandardCharsets.ISO_8859_1;
    wanted.put("bytes", text);
    wanted.put("characters", new String(text.getBytes(StandardCharsets.UTF_16BE), bytes));
    wanted.put(
        "characters of a string", new String(text.getBytes(StandardCharsets.UTF_16LE), bytes));
    wanted.put("base64", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    return search(wanted);
  }

  /** The forms of a key that are there; a name for each. */
  List<String> forms(byte[] key) throws IOException {
    Map<String, String> wanted = new TreeMap<>();
    wanted.put("bytes", new String(key, StandardCharsets.ISO_8859_1));
    wanted.put("base64", Base64.getEncoder().encodeToString(key));
    wanted.put("hexadecimal", HexFormat.of().formatHex(key));
    return search(wanted);
  }

  private List<String> search(Map<String, String> wanted) throws IOException {
    int longest = wanted.values().stream().mapToInt(String::length).max().orElseThrow();
    List<String> found = new ArrayList<>();
    String before = "";
    try (InputStream in = Files.newInputStream(file)) {
      for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
        String both = before + new String(part, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> form : wanted.entrySet()) {
          if (both.contains(form.getValue())) {
            found.add(form.getKey());
          }
        }
        before = both.substring(Math.max(0, both.length() - longest));
      }
    }
    return found.stream().distinct().toList();
  }
}

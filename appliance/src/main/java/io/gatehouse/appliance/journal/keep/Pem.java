package io.gatehouse.appliance.journal.keep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** What is in a file in PEM. */
final class Pem {
  private static final int LONGEST = 16_384;

  private Pem() {}

  static byte[] read(Path file, String label) throws IOException {
    if (Files.size(file) > LONGEST) {
      throw new IOException(file + " is too long to be a key");
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String begin = "-----BEGIN " + label + "-----";
    int from = text.indexOf(begin);
    int until = text.indexOf("-----END " + label + "-----");
    if (from < 0 || until < from) {
      throw new IOException(file + " is no PEM file with a " + label);
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), until).strip());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is not a whole PEM file", e);
    }
  }
}

package io.gatehouse.appliance.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The steps that this program knows. Only ever added to: what was released stays as it is. */
final class Migrations {
  private static final List<String> NAMES =
      List.of("issued-credentials", "refreshed-groups", "definition-pins");

  private Migrations() {}

  static List<Migration> shipped() {
    List<Migration> migrations = new ArrayList<>();
    for (String name : NAMES) {
      int number = migrations.size() + 1;
      migrations.add(new Migration(number, name, text(number, name)));
    }
    return List.copyOf(migrations);
  }

  private static String text(int number, String name) {
    String file = String.format(Locale.ROOT, "%03d-%s.sql", number, name);
    try (InputStream stream = Migrations.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

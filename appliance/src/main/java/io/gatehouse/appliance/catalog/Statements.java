package io.gatehouse.appliance.catalog;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The gate's own statements about a catalog. They are run with the search path {@link #PATH}, so
 * that their operators are those of pg_catalog.
 */
final class Statements {
  static final String PATH = "pg_catalog, pg_temp";

  /** What event-trigger.sql quotes its function with. */
  private static final String BODY_QUOTE = "$gatehouse$";

  private static final Pattern SNAPSHOT = Pattern.compile("[0-9]+:[0-9]+:[0-9,]*");

  private static final String REPORTER_SOURCE = sha256(reporterBody());
  private static final String REPORTER =
      read("reporter.sql").replace("${reporter}", REPORTER_SOURCE);
  private static final String REPORTED = read("marker-reported.sql");
  private static final String FINGERPRINT = read("marker-fingerprint.sql");
  private static final String CATALOG = read("catalog.sql");
  private static final String WATCH = read("watch.sql");
  private static final String COLUMN_TYPES = read("column-types.sql");
  private static final String SESSION = read("session.sql");

  private Statements() {}

  static String session() {
    return SESSION;
  }

  static String columnTypes() {
    return COLUMN_TYPES;
  }

  static String catalog(boolean reported) {
    return CATALOG
        .replace("${marker}", marker(reported))
        .replace("${reporter}", REPORTER)
        .replace("${reporter-source}", REPORTER_SOURCE);
  }

  static String watch(boolean reported, String snapshot) {
    if (!SNAPSHOT.matcher(snapshot).matches()) {
      throw new IllegalArgumentException("not a snapshot");
    }
    return WATCH
        .replace("${snapshot}", snapshot)
        .replace("${marker}", marker(reported))
        .replace("${reporter}", REPORTER);
  }

  private static String marker(boolean reported) {
    return reported ? REPORTED : FINGERPRINT;
  }

  private static String reporterBody() {
    String script = content("event-trigger.sql");
    int from = script.indexOf(BODY_QUOTE) + BODY_QUOTE.length();
    return script.substring(from, script.indexOf(BODY_QUOTE, from));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Without its comments: they are for whoever reads the file. */
  private static String read(String resource) {
    return content(resource).lines().filter(line -> !line.startsWith("--")).collect(joining("\n"));
  }

  private static String content(String resource) {
    try (InputStream content = Statements.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw new IllegalStateException(resource + " is not in the jar");
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

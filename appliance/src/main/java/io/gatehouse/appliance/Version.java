package io.gatehouse.appliance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Gatehouse this is. */
public final class Version {
  private Version() {}

  public static String read() {
    Properties properties = new Properties();
    try (InputStream content = Version.class.getResourceAsStream("version.properties")) {
      if (content != null) {
        properties.load(content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}

package io.gatehouse.plugins.http;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a source proves itself with, in a file that may be replaced. */
public final class SecretFile {
  private SecretFile() {}

  /**
   * What it has now, line ends at its end not counted; whoever has it wipes it.
   *
   * @param key that names the file in the configuration, for messages
   */
  public static byte[] content(String key, Path file) throws SecretUnavailableException {
    try {
      byte[] content = Files.readAllBytes(file);
      int end = content.length;
      while (end > 0 && (content[end - 1] == '\n' || content[end - 1] == '\r')) {
        end--;
      }
      byte[] exactly = Arrays.copyOf(content, end);
      Arrays.fill(content, (byte) 0);
      if (end == 0) {
        throw new SecretUnavailableException(Reason.DENIED, key + ": " + file + " is empty");
      }
      return exactly;
    } catch (IOException e) {
      throw new SecretUnavailableException(
          Reason.DENIED, key + ": " + file + " cannot be read: " + e.getClass().getSimpleName());
    }
  }
}

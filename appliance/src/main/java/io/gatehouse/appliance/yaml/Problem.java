package io.gatehouse.appliance.yaml;

/**
 * One thing that is wrong with a file.
 *
 * @param file as the user named it
 * @param line from 1; 0 where the problem has no line
 * @param path the key path, empty for the file as a whole
 * @param message what is wrong and what is expected
 */
public record Problem(String file, int line, String path, String message) {

  @Override
  public String toString() {
    String place = line == 0 ? file : file + ":" + line;
    return path.isEmpty() ? place + ": " + message : place + ": " + path + ": " + message;
  }
}

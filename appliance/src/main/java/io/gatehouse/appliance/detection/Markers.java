package io.gatehouse.appliance.detection;

import io.gatehouse.appliance.mask.detect.Finding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** Puts {@code [kind]} in the place of what was found. */
final class Markers {
  private Markers() {}

  /**
   * The same text with a marker for each finding; findings that lie over each other become one, of
   * the kind that begins first.
   *
   * @param found in the part, at least one
   */
  static byte[] put(byte[] bytes, int from, int to, List<Finding> found) {
    List<Finding> sorted =
        found.stream()
            .sorted(
                Comparator.comparingInt(Finding::start)
                    .thenComparing(Comparator.comparingInt(Finding::end).reversed()))
            .toList();
    ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
    int copied = from;
    for (int i = 0; i < sorted.size(); ) {
      Finding first = sorted.get(i);
      int end = first.end();
      while (++i < sorted.size() && sorted.get(i).start() < end) {
        end = Math.max(end, sorted.get(i).end());
      }
      out.write(bytes, copied, first.start() - copied);
      out.writeBytes(("[" + first.kind() + "]").getBytes(StandardCharsets.US_ASCII));
      copied = end;
    }
    out.write(bytes, copied, to - copied);
    return out.toByteArray();
  }
}

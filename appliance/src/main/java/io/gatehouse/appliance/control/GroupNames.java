package io.gatehouse.appliance.control;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Groups in one column: percent-encoded, so that a blank can only be what is between two. */
final class GroupNames {
  private GroupNames() {}

  static String encode(Set<String> groups) {
    return groups.stream()
        .sorted()
        .map(group -> URLEncoder.encode(group, StandardCharsets.UTF_8))
        .collect(Collectors.joining(" "));
  }

  static Set<String> decode(String encoded) {
    return encoded.isEmpty()
        ? Set.of()
        : Arrays.stream(encoded.split(" ", -1))
            .map(group -> URLDecoder.decode(group, StandardCharsets.UTF_8))
            .collect(Collectors.toUnmodifiableSet());
  }
}

package io.gatehouse.appliance.house;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is over a limit and allowed to stay so, each with its size today. Nothing may grow, and what
 * shrinks takes its entry with it.
 */
record Ratchet(Map<String, Integer> allowed) {

  /** Each line is a size and what has it; {@code #} starts a comment. */
  static Ratchet parse(List<String> lines) {
    Map<String, Integer> allowed = new LinkedHashMap<>();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.strip().split(" ", 2);
        allowed.put(parts[1], Integer.valueOf(parts[0]));
      }
    }
    return new Ratchet(allowed);
  }

  /** What is wrong, given everything that is over a limit now; empty is good. */
  List<String> complaints(Map<String, Integer> over) {
    List<String> complaints = new ArrayList<>();
    over.forEach(
        (what, size) -> {
          Integer was = allowed.get(what);
          if (was == null) {
            complaints.add(what + " has " + size);
          } else if (size > was) {
            complaints.add(what + " has grown from " + was + " to " + size);
          } else if (size < was) {
            complaints.add(what + " has shrunk to " + size + ": lower its line in the ratchet");
          }
        });
    for (String what : allowed.keySet()) {
      if (!over.containsKey(what)) {
        complaints.add(what + " is within its limit: delete its line in the ratchet");
      }
    }
    return complaints;
  }
}

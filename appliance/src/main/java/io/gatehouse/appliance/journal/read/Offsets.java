package io.gatehouse.appliance.journal.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the payloads of each class stand in their files before every 256th row of a segment. */
public final class Offsets {
  /** Rows from one to the next. */
  public static final int STEP = 256;

  private final List<Map<Integer, Long>> steps = new ArrayList<>();

  public Offsets() {
    steps.add(Map.of());
  }

  public int known() {
    return steps.size();
  }

  public Map<Integer, Long> before(int step) {
    return steps.get(step);
  }

  public void add(Map<Integer, Long> next) {
    steps.add(new TreeMap<>(next));
  }
}

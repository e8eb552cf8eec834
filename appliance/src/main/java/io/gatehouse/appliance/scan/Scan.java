package io.gatehouse.appliance.scan;

import java.util.ArrayList;
import java.util.List;

/** What a scan came to. */
public final class Scan {
  private final List<Proposal> proposals = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private int tables;
  private int columns;

  void add(Table table, List<Proposal> found) {
    tables++;
    columns += table.textual().size();
    proposals.addAll(found);
  }

  /** Something was not looked at. */
  void skipped(String what, String why) {
    skipped.add(what + ": " + why);
  }

  List<Proposal> proposals() {
    return List.copyOf(proposals);
  }

  List<String> skipped() {
    return List.copyOf(skipped);
  }

  int tables() {
    return tables;
  }

  /** Those that can hold texts. */
  int columns() {
    return columns;
  }

  /** How many columns are proposed for sure, and how many are for somebody to decide. */
  public String summary() {
    long certain = proposals.stream().filter(Proposal::certain).count();
    return certain + " proposed, " + (proposals.size() - certain) + " to decide";
  }

  /** Whether all was looked at. */
  public boolean complete() {
    return skipped.isEmpty();
  }
}

package io.gatehouse.appliance.journal.keep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an order is for. */
public sealed interface Action {
  /** Of holds and classes: they are in clear text in the journal. */
  Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** As they stand in the order. */
  List<String> lines();

  /** How many operators must have signed it. */
  int operators();

  /** For records and logs. */
  default String words() {
    return String.join(", ", lines().subList(0, Math.min(lines().size(), 3)));
  }

  /**
   * Makes what is old unreadable.
   *
   * @param retention the name of the class
   * @param until null for all that the class need not keep
   */
  record Prune(String retention, @Nullable Instant until) implements Action {
    @Override
    public List<String> lines() {
      List<String> lines = new ArrayList<>(List.of("prune " + retention));
      add(lines, "until", until);
      return lines;
    }

    @Override
    public int operators() {
      return 2;
    }
  }

  /** Keeps from being pruned what it covers. */
  record Hold(String name, Covered covered) implements Action {
    @Override
    public List<String> lines() {
      List<String> lines = new ArrayList<>(List.of("hold " + name));
      add(lines, "from", covered.from());
      add(lines, "until", covered.until());
      covered.sessions().forEach(one -> lines.add("session " + one));
      return lines;
    }

    @Override
    public int operators() {
      return 1;
    }
  }

  /** Ends a hold. */
  record Lift(String name) implements Action {
    @Override
    public List<String> lines() {
      return List.of("lift " + name);
    }

    @Override
    public int operators() {
      return 2;
    }
  }

  private static void add(List<String> lines, String key, @Nullable Instant time) {
    if (time != null) {
      lines.add(key + " " + time);
    }
  }

  /** Reads what {@link #lines} says. */
  static Action read(Order.Lines lines) throws Order.MalformedException {
    String prune = lines.find("prune");
    if (prune != null) {
      return new Prune(name(prune), time(lines, "until"));
    }
    String hold = lines.find("hold");
    if (hold != null) {
      return new Hold(name(hold), covered(lines));
    }
    return new Lift(name(lines.value("lift")));
  }

  private static Covered covered(Order.Lines lines) throws Order.MalformedException {
    Instant from = time(lines, "from");
    Instant until = time(lines, "until");
    if (from != null && until != null && !from.isBefore(until)) {
      throw new Order.MalformedException("covers no time: it ends before it begins");
    }
    return new Covered(from, until, sessions(lines));
  }

  private static String name(String name) throws Order.MalformedException {
    if (!NAME.matcher(name).matches()) {
      throw new Order.MalformedException("has a name that is none");
    }
    return name;
  }

  private static @Nullable Instant time(Order.Lines lines, String key) {
    String time = lines.find(key);
    return time == null ? null : Instant.parse(time);
  }

  private static List<UUID> sessions(Order.Lines lines) {
    List<UUID> sessions = new ArrayList<>();
    for (String one = lines.find("session"); one != null; one = lines.find("session")) {
      sessions.add(UUID.fromString(one));
    }
    return sessions;
  }
}

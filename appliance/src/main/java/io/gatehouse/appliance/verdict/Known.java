package io.gatehouse.appliance.verdict;

import io.gatehouse.appliance.policy.Plan;
import io.gatehouse.appliance.policy.SettledPlan;
import io.gatehouse.appliance.protection.Guard;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.plugin.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a text under one context: what each of its statements does, and what the
 * policy says of it. Holds no literal of the text. Immutable, shared by sessions.
 *
 * @param parts in the order in which they would run; none for a text without statements
 * @param settled the one verdict on all of it, where no circumstance and no session changes it and
 *     no result is searched; null otherwise
 * @param onRecord what the journal says of it; null where it is no text of its own
 */
public record Known(
    List<Part> parts, Verdict.@Nullable Allow settled, @Nullable OnRecord onRecord) {

  /** One statement. */
  public record Part(Analysed analysed, Plan plan, Guard guard) {

    /** Nothing is masked for the caller. */
    public Part(Analysed analysed, Plan plan) {
      this(analysed, plan, Guard.NONE);
    }

    /** Whether more than the verdict is to be asked before it runs. */
    private boolean guarded() {
      return guard.quiet() || guard.refused().isPresent() || !guard.targets().isEmpty();
    }
  }

  /** A record and its lists, as a 64-bit JVM with compressed references lays them out, roughly. */
  private static final int BYTES_EACH = 200;

  private static final int BYTES_A_PART = 400;
  private static final int BYTES_AN_ACCESS = 150;

  public static Known of(List<Part> parts) {
    return new Known(List.copyOf(parts), settledOf(parts), null);
  }

  /** The same, with what the journal says of it. */
  public Known onRecord(OnRecord said) {
    return new Known(parts, settled, said);
  }

  private static Verdict.@Nullable Allow settledOf(List<Part> parts) {
    Verdict.Bounds bounds = Verdict.Bounds.NONE;
    String rule = "";
    for (Part part : parts) {
      if (!part.analysed().consequences().isEmpty()
          || part.guarded()
          || !(part.plan() instanceof SettledPlan(Verdict verdict))
          || !(verdict instanceof Verdict.Allow allow)
          || !allow.sought().isEmpty()) {
        return null;
      }
      bounds = bounds.and(allow.bounds());
      rule = rule.isEmpty() ? allow.rule() : rule;
    }
    return rule.isEmpty() ? null : new Verdict.Allow(rule, bounds);
  }

  /** Whether it runs whatever the circumstances, leaves nothing behind and has no bounds. */
  public boolean runsFreely() {
    return settled != null && settled.bounds().equals(Verdict.Bounds.NONE);
  }

  /**
   * The same when it is run by the name that it was kept under: running it does not give the name
   * again.
   */
  public Known behindName() {
    return new Known(parts.stream().map(Known::withoutNames).toList(), settled, onRecord);
  }

  private static Part withoutNames(Part part) {
    Analysed analysed = part.analysed();
    List<Consequence> left =
        analysed.consequences().stream()
            .filter(
                one ->
                    !(one instanceof Consequence.Prepares || one instanceof Consequence.Declares))
            .toList();
    return new Part(
        new Analysed(
            analysed.command(), left, analysed.awaitsNames(), analysed.lineage().behindName()),
        part.plan(),
        part.guard());
  }

  /** Whether it was not understood only because nobody knows what names mean. */
  public boolean awaitsNames() {
    return parts.stream().anyMatch(part -> part.analysed().awaitsNames());
  }

  public boolean leaves(Class<? extends Consequence> kind) {
    return parts.stream()
        .flatMap(part -> part.analysed().consequences().stream())
        .anyMatch(kind::isInstance);
  }

  /** Roughly what it costs to keep. */
  int weight() {
    int weight = BYTES_EACH + (onRecord == null ? 0 : onRecord.weight());
    for (Part part : parts) {
      weight +=
          BYTES_A_PART
              + BYTES_AN_ACCESS * part.analysed().command().accesses().size()
              + part.analysed().command().fingerprint().length();
    }
    return weight;
  }
}

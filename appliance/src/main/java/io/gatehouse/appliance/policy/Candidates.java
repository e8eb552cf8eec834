package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rules that may have a say in one command, in file order, and how they become a verdict.
 *
 * @param denies up to the first that is certain
 * @param holds up to the first that is certain
 * @param openers masks, limits, searches and allows
 * @param direct which of the accesses must be opened
 */
record Candidates(
    List<Candidate> denies,
    List<Candidate> holds,
    List<Candidate> openers,
    List<Access> accesses,
    BitSet direct) {

  Candidates {
    denies = List.copyOf(denies);
    holds = List.copyOf(holds);
    openers = List.copyOf(openers);
  }

  /**
   * A rule that matches, but for a condition that is still to be asked.
   *
   * @param known what its condition answered already; YES without one
   * @param residual the condition to be asked
   * @param opens the accesses that it opens
   * @param masked what it masks
   */
  record Candidate(
      Rule rule, Truth known, Optional<Condition> residual, BitSet opens, Set<Resource> masked) {

    Truth ask(Answers answers) {
      return residual.isPresent() ? answers.ask(residual.get()) : known;
    }
  }

  /** Who answers residual conditions. */
  @FunctionalInterface
  interface Answers {
    Truth ask(Condition condition);
  }

  boolean settled() {
    Predicate<Candidate> open = candidate -> candidate.residual().isPresent();
    return denies.stream().noneMatch(open)
        && (!denies.isEmpty()
            || (holds.stream().noneMatch(open)
                && (!holds.isEmpty() || openers.stream().noneMatch(open))));
  }

  Verdict decide(Answers answers) {
    for (Candidate deny : denies) {
      Truth truth = deny.ask(answers);
      if (truth != Truth.NO) {
        return Verdicts.deny(deny.rule(), truth);
      }
    }
    for (Candidate hold : holds) {
      Truth truth = hold.ask(answers);
      if (truth != Truth.NO) {
        return Verdicts.hold(hold.rule(), truth);
      }
    }
    Opening opening = new Opening();
    for (Candidate opener : openers) {
      opening.add(opener, opener.ask(answers));
    }
    return opening.verdict();
  }

  /**
   * Whether it would run or be held at best.
   *
   * @param restricting who answers for rules that deny and hold
   * @param opening who answers for the others
   */
  boolean openable(Answers restricting, Answers opening) {
    if (denies.stream().anyMatch(deny -> deny.ask(restricting) != Truth.NO)) {
      return false;
    }
    if (holds.stream().anyMatch(hold -> hold.ask(restricting) != Truth.NO)) {
      return true;
    }
    Opening best = new Opening();
    for (Candidate opener : openers) {
      best.add(opener, opener.ask(opening));
    }
    return !(best.verdict() instanceof Verdict.Deny);
  }

  /** A thing, or some fields of what it gives: each is masked by the first rule that names it. */
  private record Part(Resource resource, Verdict.Fields fields) {
    static Part of(Resource resource, Verdict.Fields fields) {
      return new Part(
          resource,
          switch (resource.kind()) {
            case TOOL, DOCUMENT, PROMPT, MODEL -> fields;
            default -> Verdict.Fields.ALL;
          });
    }
  }

  /** What masks, limits, searches and allows add up to. */
  private final class Opening {
    private final BitSet opened = new BitSet();
    private final Map<Part, Verdict.Masked> masked = new LinkedHashMap<>();
    private final List<Verdict.Sought> sought = new ArrayList<>();
    private Verdict.Bounds bounds = Verdict.Bounds.NONE;
    private String firstMask = "";
    private String firstAllow = "";

    private void add(Candidate opener, Truth truth) {
      if (truth == Truth.NO) {
        return;
      }
      bounds = bounds.and(opener.rule().limits());
      opener
          .rule()
          .treatment()
          .search()
          .map(
              one ->
                  new Verdict.Sought(
                      opener.rule().name(), one.detector(), one.found(), one.binaryPasses()))
          .ifPresent(this::seek);
      if (!opener.masked().isEmpty()) {
        opener.masked().forEach(one -> mask(one, opener.rule().treatment()));
        firstMask = firstMask.isEmpty() ? opener.rule().name() : firstMask;
      }
      if (truth == Truth.YES && !opener.opens().isEmpty()) {
        opened.or(opener.opens());
        firstAllow = firstAllow.isEmpty() ? opener.rule().name() : firstAllow;
      }
    }

    /** What is looked for already as strictly is not named again. */
    private void seek(Verdict.Sought one) {
      boolean there =
          sought.stream()
              .anyMatch(
                  other ->
                      other.detector().equals(one.detector())
                          && other.found().compareTo(one.found()) >= 0
                          && (one.binaryPasses() || !other.binaryPasses()));
      if (!there) {
        sought.add(one);
      }
    }

    /** The first rule says how, and the strictest how far. */
    private void mask(Resource one, Rule.Treatment treatment) {
      Part part = Part.of(one, treatment.fields());
      masked.merge(
          part,
          new Verdict.Masked(one, treatment.mask(), treatment.strength(), part.fields()),
          (first, next) ->
              first.strength().compareTo(next.strength()) >= 0
                  ? first
                  : new Verdict.Masked(one, first.mask(), next.strength(), part.fields()));
    }

    private Verdict verdict() {
      for (int i = direct.nextSetBit(0); i >= 0; i = direct.nextSetBit(i + 1)) {
        if (!opened.get(i)) {
          return Verdicts.defaultDeny(accesses.get(i));
        }
      }
      if (direct.isEmpty()) {
        return Verdicts.nothingTouched();
      }
      return masked.isEmpty()
          ? new Verdict.Allow(firstAllow, bounds, sought)
          : new Verdict.AllowMasked(firstMask, bounds, List.copyOf(masked.values()), sought);
    }
  }
}

package io.gatehouse.appliance.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.policy.SettledPlan;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VerdictCacheTest {
  private static final int FLOOD = Boolean.getBoolean("gatehouse.long") ? 1_000_000 : 100_000;
  private static final int HOT = 200;
  private static final long BOUND = 4 << 20;

  private final KeyedHash hash = new KeyedHash(new KeyedHash.Key(3, 4));

  private Digest digest(long text) {
    return new Digest().set(hash.reset().add(text).finish());
  }

  private static Known known(int accesses, int fingerprint) {
    List<Access> touched = new ArrayList<>();
    for (int i = 0; i < accesses; i++) {
      touched.add(Access.of(Operation.READ, Resource.of(Resource.Kind.COLUMN, "s", "t", "c" + i)));
    }
    Command command =
        new Command(
            Operation.READ, touched, Set.of(), Certainty.EXACT, "x".repeat(fingerprint), "");
    return Known.of(
        List.of(
            new Known.Part(
                new Analysed(command, List.of(), false, Lineage.NONE),
                new SettledPlan(new Verdict.Allow("read", Verdict.Bounds.NONE)))));
  }

  /** What is put is looked for first, as a session does. */
  private boolean ask(VerdictCache cache, long text, Known found) {
    Digest digest = digest(text);
    if (cache.get(digest) != null) {
      return true;
    }
    cache.put(digest, found);
    return false;
  }

  @Test
  void whatWasPut_isFoundByAnEqualDigestOnly() {
    VerdictCache cache = new VerdictCache(BOUND);
    Known known = known(2, 60);
    cache.put(digest(1), known);

    assertThat(cache.get(digest(1))).isSameAs(known);
    assertThat(cache.get(digest(2))).isNull();
    assertThat(cache.hits()).isEqualTo(1);
    assertThat(cache.misses()).isEqualTo(1);
  }

  @Test
  void floodOfOtherTexts_leavesTheHotOnes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    VerdictCache cache = new VerdictCache(BOUND);
    Known known = known(4, 60);
    long fits = BOUND / known.weight();
    for (int i = 0; i < 20 * HOT; i++) {
      ask(cache, i % HOT, known);
    }

    long missed = 0;
    long most = 0;
    for (long text = 0; text < FLOOD; text++) {
      ask(cache, 1_000_000_000L + text, known);
      // The hot ones are a tenth of what is asked.
      if (text % 9 == 0 && !ask(cache, random.nextInt(HOT), known)) {
        missed++;
      }
      most = Math.max(most, cache.size());
    }

    // One that keeps the latest would miss a fifth: between two questions for the same hot text
    // come
    // 2,000 others on average, and 3,300 fit.
    assertThat(missed).as("seed %d, of %d", seed, FLOOD / 9).isLessThan(FLOOD / 9 / 20);
    assertThat(most).as("entries, where %d fit", fits).isLessThanOrEqualTo(fits + 1);
  }

  @Test
  void largeEntries_countByWhatTheyWeigh() {
    VerdictCache cache = new VerdictCache(1 << 20);
    Known large = known(500, 10_000);
    for (int i = 0; i < 1_000; i++) {
      ask(cache, i, large);
    }

    assertThat(cache.size() * large.weight()).isLessThanOrEqualTo(1 << 20);
    assertThat(cache.size()).isPositive();
  }

  @Test
  void entryThatIsLargerThanAll_isNotKept() {
    VerdictCache cache = new VerdictCache(10_000);
    cache.put(digest(1), known(1, 60));
    cache.put(digest(2), known(500, 10_000));

    assertThat(cache.get(digest(2))).isNull();
    assertThat(cache.get(digest(1))).isNotNull();
  }

  /** What it weighs is what the heap pays, or the bound would bound something else. */
  @Test
  void weight_isNotFarFromTheHeap() {
    for (int accesses : new int[] {1, 10, 100}) {
      int count = 20_000 / accesses;
      long used = heap();
      List<Known> kept = new ArrayList<>();
      long weight = 0;
      for (int i = 0; i < count; i++) {
        Known known = known(accesses, 100);
        weight += known.weight();
        kept.add(known);
      }
      used = heap() - used;

      assertThat((double) used / weight)
          .as("heap for each byte of weight, %d accesses, %d kept", accesses, kept.size())
          .isBetween(0.2, 2.0);
    }
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void context_forgottenGetsAnotherNumber() {
    Contexts contexts = new Contexts(10);
    long first = contexts.number(context(0));
    assertThat(contexts.number(context(0))).isEqualTo(first);
    for (int i = 1; i < 1_000; i++) {
      contexts.number(context(i));
    }

    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      numbers.add(contexts.number(context(i)));
    }
    assertThat(numbers).doesNotHaveDuplicates();
    assertThat(numbers.stream().filter(number -> number > 1_000)).isNotEmpty();
  }

  @Test
  void contextsWithManyNames_countByThem() {
    Contexts contexts = new Contexts(10_000);
    for (int i = 0; i < 200; i++) {
      Set<String> temporary = new HashSet<>();
      for (int name = 0; name < 1_000; name++) {
        temporary.add("t" + i + "_" + name);
      }
      contexts.number(context(1, new NameState.Known(List.of("public"), "gate", temporary)));
    }

    assertThat(contexts.size()).isBetween(1L, 10L);
  }

  private static Context context(long policy) {
    return context(policy, NameState.UNKNOWN);
  }

  private static Context context(long policy, NameState names) {
    return new Context(
        Caller.of("ann", Set.of(), ProofMethod.LOCAL_PASSWORD),
        new CatalogKey("t", "d"),
        "gate",
        "18",
        new Context.Reading(true, "UTF8"),
        names,
        1,
        policy);
  }
}

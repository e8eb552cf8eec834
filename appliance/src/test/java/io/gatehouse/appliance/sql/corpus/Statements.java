package io.gatehouse.appliance.sql.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that is put to the grammar: the corpus, the evasions, and mutations of both. */
public final class Statements {
  /** Changing it, or the mutator, asks for a new recording. */
  private static final long SEED = 20261121L;

  private static final int MUTATIONS = 4;

  /** Mutations of what is very long say little for their size. */
  private static final int MOST_TO_MUTATE = 4_000;

  private static final String[] EXTRAS = {
    "SELECT 'a;b' FROM t WHERE x = $1",
    "DELETE FROM \"T\" WHERE id = 1",
    "/* x */ UPDATE s.t SET a = E'\\'' ",
    "INSERT INTO t (a, b) VALUES ($$x$$, U&'d\\0061t')",
    "WITH x AS (DELETE FROM y RETURNING *) TABLE x"
  };

  private Statements() {}

  /** In a fixed order, each text under an id of its own; none holds a zero byte. */
  public static List<Said> all() {
    List<Said> originals = originals();
    Map<String, Said> byText = new LinkedHashMap<>();
    originals.forEach(said -> byText.putIfAbsent(said.sql(), said));
    for (Said said : originals) {
      if (said.sql().length() <= MOST_TO_MUTATE) {
        mutations(said).forEach(m -> byText.putIfAbsent(m.sql(), m));
      }
    }
    return List.copyOf(byText.values());
  }

  /** The corpus and the evasions as they are. */
  public static List<Said> originals() {
    return Stream.of(Corpus.harmless(), Corpus.evasions())
        .flatMap(List::stream)
        .filter(said -> said.sql().indexOf('\0') < 0)
        .toList();
  }

  /** Seeded by the text, so that a statement that joins or leaves the corpus moves no other. */
  private static List<Said> mutations(Said said) {
    List<Said> mutations = new ArrayList<>();
    for (int i = 0; i < MUTATIONS; i++) {
      long seed = SEED + 31L * said.sql().hashCode() + i;
      String other = EXTRAS[Math.floorMod(seed, EXTRAS.length)];
      String sql = new StatementMutator(seed).mutate(said.sql(), other);
      mutations.add(new Said(said.id() + "~" + i, said.client(), "mutation, seed " + seed, sql));
    }
    return mutations;
  }
}

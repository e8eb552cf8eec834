package io.gatehouse.appliance.sql.postgres;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Breaks texts apart and puts them together wrongly, by a seed. Used by one thread. */
final class Mutations {
  private static final List<String> PIECES =
      List.of(
          """
          ' " $$ $a$ /* */ -- \\ ; ( ) E' U&' U&" B' N' :: : || . .. , * + - = < > @ & $1 0x1 1_0 1e5
          é [ ] not in is null and or between like select from as with values table union limit for
          update returning on set time zone ordinality first last json format year to into begin
          atomic end case when then else array row any all exists interval char varying precision
          double unbounded preceding partition rows range groups filter over within group nulls at
          local collate similar escape overlaps lateral only join left natural using cross a b t.*
          f( 'x' uescape operator(+)
          """
              .strip()
              .split("\\s+"));

  private static final List<String> SPACES = List.of(" ", "\n", "\r", "\t", "\u000b", "\u00a0");

  private final List<String> corpus;
  private final Random random;

  Mutations(List<String> corpus, long seed) {
    this.corpus = corpus;
    this.random = new Random(seed);
  }

  String next() {
    String text = one(corpus);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      text = changed(text);
    }
    return text;
  }

  private String changed(String text) {
    List<String> words =
        new ArrayList<>(List.of(text.split("(?<=[^A-Za-z0-9_])|(?=[^A-Za-z0-9_])", -1)));
    int at = random.nextInt(words.size());
    switch (random.nextInt(7)) {
      case 0 -> words.remove(at);
      case 1 -> Collections.swap(words, at, random.nextInt(words.size()));
      case 2 -> words.add(at, " " + one(PIECES) + " ");
      case 3 -> words.add(at, one(PIECES));
      case 4 -> words.set(at, one(SPACES) + one(PIECES) + one(SPACES));
      case 5 -> words.add(at, one(SPACES) + one(corpus) + one(SPACES));
      default -> {
        int to = Math.min(words.size(), at + 1 + random.nextInt(4));
        List<String> copy = List.copyOf(words.subList(at, to));
        words.addAll(random.nextInt(words.size() + 1), copy);
      }
    }
    return String.join("", words);
  }

  private String one(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}

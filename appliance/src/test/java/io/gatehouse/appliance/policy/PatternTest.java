package io.gatehouse.appliance.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Resource.Kind;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and patterns of things. */
final class PatternTest {

  @Test
  void glob_agreesWithARegularExpression_andCoversOnlyWhatItMatches() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String pattern = word(random, "ab*", 6);
      String other = word(random, "ab*", 6);
      String text = word(random, "ab", 7);
      Glob glob = Glob.of(pattern);
      boolean expected =
          Pattern.matches(
              Stream.of(pattern.split("\\*", -1))
                  .map(Pattern::quote)
                  .collect(Collectors.joining(".*")),
              text);
      String what = "seed " + seed + ": " + pattern + ", " + other + ", " + text;
      assertThat(glob.matches(text)).as(what).isEqualTo(expected);
      if (glob.covers(Glob.of(other)) && Glob.of(other).matches(text)) {
        assertThat(expected).as(what).isTrue();
      }
    }
  }

  private static String word(Random random, String alphabet, int most) {
    return random
        .ints(random.nextInt(most + 1), 0, alphabet.length())
        .mapToObj(i -> alphabet.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource({
    "TABLE, hr.t, read table hr.t, YES",
    "TABLE, hr.t, read table hr.T, NO",
    "TABLE, hr.t, read column hr.t.c, YES",
    "TABLE, hr.t, read column hr.u.c, NO",
    "TABLE, hr.t, read sequence hr.t, NO",
    "TABLE, hr.t, read table t, MAYBE",
    "TABLE, hr.t, read table u, NO",
    "TABLE, *.t, read table t, YES",
    "TABLE, hr.t, read table db.hr.t, MAYBE",
    "TABLE, hr.t, read table db.ops.t, NO",
    "TABLE, hr.t, read table, MAYBE",
    "TABLE, *.*, read table, YES",
    "TABLE, hr.t, read column c, MAYBE",
    "COLUMN, *.*.ssn, read column hr.t.ssn, YES",
    "COLUMN, *.*.ssn, read column ssn, YES",
    "COLUMN, hr.*.ssn, read column t.ssn, MAYBE",
    "COLUMN, hr.*.ssn, read table hr.t, NO",
    "SCHEMA, hr, read schema hr, YES",
    "SCHEMA, hr, read table hr.t, YES",
    "SCHEMA, hr, read column hr.t.c, YES",
    "SCHEMA, hr, read function hr.f, YES",
    "SCHEMA, hr, read type hr.y, YES",
    "SCHEMA, hr, read sequence hr.s, YES",
    "SCHEMA, hr, read table t, MAYBE",
    "SCHEMA, hr, read role hr, NO",
    "SETTING, my.setting, session setting my.setting, YES",
    "SETTING, my.setting, session setting, MAYBE",
    "FILE, /etc/*, read file /etc/passwd.bak, YES",
    "OBJECT, extension.dblink, define object extension.dblink, YES",
    "OBJECT, dblink, define object extension.dblink, MAYBE",
  })
  void name_matchesByItsParts(Kind kind, String pattern, String access, Truth expected) {
    Resource resource = CommandText.access(access).resource();

    assertThat(PathPattern.parse(kind, pattern).matches(resource)).isEqualTo(expected);
  }

  @Test
  void quotedPart_isAName_alsoWithDotsStarsAndQuotes() {
    PathPattern pattern = PathPattern.parse(Kind.TABLE, "\"a.b\".\"*\"\"x\"");

    assertThat(pattern.matches(new Resource(Kind.TABLE, List.of("a.b", "*\"x"))))
        .isEqualTo(Truth.YES);
    assertThat(pattern.matches(new Resource(Kind.TABLE, List.of("a.b", "y\"x"))))
        .isEqualTo(Truth.NO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "t | must have 2 parts with dots between them (schema.table), found 1",
        "a.b.c | must have 2 parts",
        "a. | has an empty part",
        "a.\"b | has a quote that does not end",
        "a.b\"c | has a quote inside a part",
        "\"a\"b.c | has text behind a closing quote",
      })
  void malformedName_isSaid(String pattern, String problem) {
    assertThatThrownBy(() -> PathPattern.parse(Kind.TABLE, pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.1.2.3, 10.1.2.3, true",
    "0.0.0.0/0, 1.2.3.4, true",
    "0.0.0.0/0, ::1, false",
    "10.0.0.0/8, ::ffff:10.1.1.1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
  })
  void network_containsItsAddresses(String network, String address, boolean expected) {
    assertThat(Network.parse(network).contains(java.net.InetAddress.ofLiteral(address)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "localhost", "''"})
  void malformedNetwork_isRefused(String network) {
    assertThatThrownBy(() -> Network.parse(network)).isInstanceOf(IllegalArgumentException.class);
  }
}

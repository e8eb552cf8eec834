package io.gatehouse.appliance.policy;

import static io.gatehouse.appliance.policy.Policies.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy must not be: each with its line and its reason. */
final class PolicyProblemsTest {
  private static final String HEAD =
      """
      tags:
        pii: {columns: ["*.*.ssn"]}
      rules:
        - name: first
          verdict: allow
          resources: {tables: [public.first]}
      """;

  /** A second rule from line 7 on, its keys in lines of their own, and the one problem it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          9 | verdict: allow ;; colour: red | rules[1].colour: is not a known key; known here:
          8 | verdict: maybe | rules[1].verdict: must be one of allow, deny, detect, hold, limit
          7 | databases: [x] | rules[1].verdict: is missing
          9 | verdict: deny ;; targets: [] | rules[1].targets: must not be empty
          9 | verdict: deny ;; targets: [a, a] | rules[1].targets[1]: "a" is in this list
          9 | verdict: deny ;; operations: [fly] | rules[1].operations[0]: must be one of admi
          9 | verdict: deny ;; operations: [unknown] | rules[1].operations[0]: must be one of
          9 | verdict: deny ;; traits: {any: [big]} | rules[1].traits.any[0]: must be one of
          9 | verdict: deny ;; traits: {some: [locks]} | rules[1].traits.some: is not a known
          9 | verdict: deny ;; traits: {any: [locks], none: [locks]} | rules[1].traits: no command
          9 | verdict: deny ;; resources: {tables: [t]} | rules[1].resources.tables[0]: must have 2
          9 | verdict: deny ;; resources: {tables: ['"a.b']} | rules[1].resources.tables[0]: has a quo
          9 | verdict: deny ;; resources: {tables: [a..b]} | rules[1].resources.tables[0]: has an emp
          9 | verdict: deny ;; resources: {kinds: [thing]} | rules[1].resources.kinds[0]: must be one
          9 | verdict: deny ;; resources: {} | rules[1].resources: names nothing
          9 | verdict: deny ;; resources: {views: [a.b]} | rules[1].resources.views: is not a known
          9 | verdict: deny ;; resources: {tags: [pci]} | rules[1].resources.tags[0]: there is no tag "pci"; tags: pii
          9 | verdict: deny ;; resources: {except-tags: [pci]} | rules[1].resources.except-tags[0]: there
          9 | verdict: deny ;; limits: {rows: 1} | rules[1].limits: is for rules that allow, mask or
          7 | verdict: limit | rules[1].limits: is missing
          7 | verdict: limit ;; limits: {rows: 1} ;; bodies: unread | rules[1]: bodies is for rules
          9 | verdict: allow ;; limits: {} | rules[1].limits: must name a limit
          9 | verdict: allow ;; limits: {rows: 0} | rules[1].limits.rows: must be a whole number
          9 | verdict: allow ;; limits: {bytes: 5MB} | rules[1].limits.bytes: must be a size like
          9 | verdict: allow ;; limits: {time: 1d} | rules[1].limits.time: must be a time like 30s
          9 | verdict: allow ;; message: no | rules[1].message: is for rules that deny or hold
          9 | verdict: allow ;; record: {} | rules[1].record: says nothing; leave the key out
          9 | verdict: deny ;; record: {results: leave-out} | rules[1].record.results: is for rules
          9 | verdict: allow ;; record: {results: keep} | rules[1].record.results: must be leave-out
          10 | verdict: limit ;; limits: {rows: 1} ;; record: {retention: a} | rules[1].record: is for
          9 | verdict: deny ;; message: "a\\nb" | rules[1].message: must be at most
          7 | verdict: deny ;; bodies: unread | rules[1]: bodies is for rules that allow or mask
          9 | verdict: allow ;; bodies: all | rules[1].bodies: must be unread
          9 | verdict: mask ;; operations: [write] | rules[1].operations: a mask can only be put on
          9 | verdict: mask ;; fields: [a] | rules[1].fields: needs resources that are tools
          9 | verdict: mask ;; fields: [a] ;; resources: {columns: [a.b.c], tools: [t]} | rules[1].fields: needs
          9 | verdict: mask ;; fields: [a.] ;; resources: {tools: [t]} | rules[1].fields[0]: must be places in a result
          9 | verdict: mask ;; fields: [] ;; resources: {tools: [t]} | rules[1].fields: must not be empty
          9 | verdict: allow ;; fields: [a] ;; resources: {tools: [t]} | rules[1].fields: is for rules that mask
          9 | verdict: deny ;; text: pass | rules[1].text: is for rules that mask
          9 | verdict: deny ;; otherwise: redact | rules[1].otherwise: is for rules that mask
          9 | verdict: deny ;; binary: pass | rules[1].binary: is for rules that mask or detect
          9 | verdict: mask ;; binary: all | rules[1].binary: must be pass
          9 | verdict: mask ;; otherwise: keep | rules[1].otherwise: must be one of nothing, redact, refuse
          9 | verdict: deny ;; callers: {} | rules[1].callers: names nobody
          9 | verdict: deny ;; callers: {proofs: [honour]} | rules[1].callers.proofs[0]: must be one
          9 | verdict: deny ;; when: caller.name == 'x' | rules[1].when: is not a condition, at character 1: undeclared reference to 'caller'
          9 | verdict: deny ;; when: now + 1 > now | rules[1].when: is not a condition, at character 5: found no matching overload for '_+_'
          9 | verdict: deny ;; when: database | rules[1].when: is not a condition, at character
          9 | verdict: deny ;; when: database == | rules[1].when: is not a condition, at character
          9 | verdict: deny ;; when: 1 == 1 | rules[1].when: is always true; leave it out
          9 | verdict: deny ;; when: 1 == 2 | rules[1].when: is always false, so the rule is never
          9 | verdict: deny ;; when: database.matches('(') | rules[1].when: is not a condition, at
          9 | verdict: deny ;; when: inNetwork(source, '10.0.0.0/33') | rules[1].when: is not a condition, at character 19: not a network like 10.0.0.0/8
          9 | verdict: deny ;; when: inNetwork(source, 'office.example') | rules[1].when: is not
          9 | verdict: deny ;; when: now.getHours('Europe/Berln') == 1 | rules[1].when: is not a condition, at character 14: not a time zone
          9 | verdict: deny ;; when: caller.groups.exists(a, binds.exists(b, b.matches(a))) | rules[1].when: is not a condition, at character 50: a pattern in more than one loop
          9 | verdict: deny ;; when: now > timestamp('yesterday') | rules[1].when: is not a condition
          9 | verdict: deny ;; when: binds.exists(a, binds.exists(b, binds.exists(c, a == c && b == c))) | rules[1].when: is not a condition, at character
          """)
  void badRule_isTheOneProblem_withItsLine(int line, String keys, String problem) {
    assertThat(problems(HEAD + "  - name: second\n    " + keys.replace(" ;; ", "\n    ") + "\n"))
        .singleElement()
        .asString()
        .startsWith("policy.yaml:" + line + ": " + problem);
  }

  /** A detector from line 3 on, its keys in lines of their own, and the one problem it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          4 | kinds: [cards] | kinds[0]: must be one of aws-key-id, email, gcp-api-key, github-token
          4 | kinds: [] | kinds: must not be empty
          4 | kind: [pan] | kind: is not a known key; known here: kinds, patterns
          4 | patterns: {} | patterns: must not be empty
          4 | patterns: {a: '('} | patterns.a: is no pattern: missing closing )
          4 | patterns: {a: '(?=x)'} | patterns.a: is no pattern: invalid or unsupported Perl syntax
          4 | patterns: {a: 'x*'} | patterns.a: the pattern matches nothing at all, and so
          4 | patterns: {a: '(?:[a-z]{30}){30}'} | patterns.a: the pattern has 902 steps; at most 500
          4 | patterns: {pan: 'x'} | patterns.pan: is the name of a kind; give
          4 | patterns: {'a b': 'x'} | patterns.a b: must be 1 to 64 letters
          4 | patterns: [x] | patterns: must be a mapping of keys to values, found a list
          """)
  void badDetector_isTheOneProblem_withItsLine(int line, String keys, String problem) {
    assertThat(problems("rules: [{name: a, verdict: allow}]\ndetectors:\n  d:\n    " + keys + "\n"))
        .anySatisfy(
            one -> assertThat(one).startsWith("policy.yaml:" + line + ": detectors.d." + problem));
  }

  /** A rule on line 4. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          verdict: detect | rules[0].detector: is missing
          verdict: detect, detector: e | rules[0].detector: there is no such detector; detectors: d
          verdict: detect, detector: d, found: tell | rules[0].found: must be one of alert, mask
          verdict: detect, detector: d, operations: [write] | rules[0].operations: a detect can only
          verdict: detect, detector: d, limits: {rows: 1} | rules[0].limits: is for rules that allow
          verdict: detect, detector: d, message: no | rules[0].message: is for rules that deny or
          verdict: detect, detector: d, bodies: unread | rules[0]: bodies is for rules that allow
          verdict: detect, detector: d, mask: redact | rules[0]: mask and strength are for rules
          verdict: allow, detector: d | rules[0]: detector and found are for rules that detect
          verdict: mask, found: alert | rules[0]: detector and found are for rules that detect
          """)
  void badSearch_isTheOneProblem_withItsLine(String keys, String problem) {
    assertThat(problems("detectors:\n  d: {kinds: [pan]}\nrules:\n  - {name: a, " + keys + "}\n"))
        .singleElement()
        .asString()
        .startsWith("policy.yaml:4: " + problem);
  }

  @Test
  void duplicateDetector_andEmptyOne_andTooManyPatterns_areProblems() {
    assertThat(problems("detectors: {d: {kinds: [pan]}}", "\ndetectors: {d: {kinds: [ssn]}}"))
        .containsExactly("p2.yaml:2: detectors.d: is defined at p1.yaml:1 already");
    assertThat(problems("detectors:\n  d: {}\n"))
        .containsExactly("policy.yaml:2: detectors.d: names neither kinds nor patterns");
    String patterns =
        java.util.stream.IntStream.range(0, 11)
            .mapToObj(i -> "p" + i + ": x")
            .collect(java.util.stream.Collectors.joining(", "));
    assertThat(problems("detectors:\n  d: {patterns: {" + patterns + "}}\n"))
        .containsExactly("policy.yaml:2: detectors.d.patterns: has 11 patterns; at most 10");
  }

  @Test
  void searchThatAnotherMakesSuperfluous_isNeverReached_andAStricterOneIs() {
    String head = "detectors: {d: {kinds: [pan]}, e: {kinds: [ssn]}}\nrules:\n";
    String first = "  - {name: a, verdict: detect, detector: d, found: alert}\n";
    assertThat(problems(head + first + "  - {name: b, verdict: detect, detector: d, found: alert}"))
        .singleElement()
        .asString()
        .startsWith("policy.yaml:4: rules[1]: is never reached: the rule \"a\"");
    String stricter = "  - {name: b, verdict: detect, detector: d}\n";
    String other = "  - {name: c, verdict: detect, detector: e, found: alert}\n";
    org.assertj.core.api.Assertions.assertThatCode(
            () -> Policies.policy(head + first + stricter + other))
        .doesNotThrowAnyException();
  }

  @Test
  void badNames_areProblems() {
    assertThat(problems("rules:\n  - {name: default-deny, verdict: deny}\n"))
        .containsExactly("policy.yaml:2: rules[0].name: is the name of a rule that is built in");
    assertThat(problems("rules:\n  - {name: a b, verdict: deny}\n"))
        .containsExactly(
            "policy.yaml:2: rules[0].name: must be 1 to 64 letters, digits, dots, dashes,"
                + " underscores");
  }

  @Test
  void duplicateRule_inOneFileAndAcrossFiles_isAProblemThatNamesTheFirst() {
    assertThat(
            problems(
                """
                rules:
                  - {name: a, verdict: allow, databases: [x]}
                  - {name: b, verdict: allow, databases: [y]}
                  - {name: a, verdict: deny, databases: [z]}
                """))
        .containsExactly(
            "policy.yaml:4: rules[2].name: \"a\" is the name of a rule at policy.yaml:2");
    assertThat(
            problems(
                "rules: [{name: a, verdict: allow, databases: [x]}]",
                "\nrules: [{name: a, verdict: allow, databases: [y]}]"))
        .containsExactly("p2.yaml:2: rules[0].name: \"a\" is the name of a rule at p1.yaml:1");
  }

  @Test
  void duplicateTag_andEmptyTag_areProblems() {
    assertThat(problems("tags: {pii: {tables: [a.b]}}", "\ntags: {pii: {tables: [a.c]}}"))
        .containsExactly("p2.yaml:2: tags.pii: is defined at p1.yaml:1 already");
    assertThat(problems("tags:\n  pii: {}\n"))
        .containsExactly("policy.yaml:2: tags.pii: names nothing");
    assertThat(problems("tags:\n  pii: {kinds: [table]}\n"))
        .anyMatch(
            problem -> problem.startsWith("policy.yaml:2: tags.pii.kinds: is not a known key"));
  }

  @Test
  void duplicateKey_unknownKey_andEveryOther_areReportedTogether() {
    assertThat(
            problems(
                "rule: []\nrules:\n  - {name: a, verdict: deny, name: b}\n  - {verdict: fly}\n"))
        .hasSize(4)
        .anyMatch(problem -> problem.startsWith("policy.yaml:1: rule: is not a known key"))
        .anyMatch(problem -> problem.startsWith("policy.yaml:3: rules[0].name: is given twice"))
        .anyMatch(problem -> problem.startsWith("policy.yaml:4: rules[1].name: is missing"))
        .anyMatch(problem -> problem.startsWith("policy.yaml:4: rules[1].verdict: must be one of"));
  }

  @Test
  void problemsOfAllFiles_areReportedTogether() {
    assertThat(problems("rules: 5", "rules: 6"))
        .containsExactly(
            "p1.yaml:1: rules: must be a list, found \"5\"",
            "p1.yaml:1: rules: must not be empty; leave the key out where it should not matter",
            "p2.yaml:1: rules: must be a list, found \"6\"",
            "p2.yaml:1: rules: must not be empty; leave the key out where it should not matter");
  }

  @Test
  void textThatIsNotUtf8_isAProblem() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    Policy.of(
                        java.util.List.of(
                            new PolicySource(
                                java.nio.file.Path.of("x.yaml"), new byte[] {'a', (byte) 0xff})),
                        MaskCheck.NONE)))
        .hasMessage("x.yaml: is not UTF-8 text");
  }
}

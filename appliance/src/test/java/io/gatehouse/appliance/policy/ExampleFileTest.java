package io.gatehouse.appliance.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of examples: what they must not be. */
final class ExampleFileTest {
  private static final String GOOD =
      """
      policies: [p.yaml]
      given: {caller: {subject: a}, target: t, database: d}
      examples:
        - name: one
          command: {accesses: [read table x.y]}
          expect: allow
      """;

  @TempDir private Path folder;

  private Path file(String yaml) throws Exception {
    return Files.writeString(folder.resolve("p.test.yaml"), yaml);
  }

  private List<String> problems(String yaml) throws Exception {
    Path file = file(yaml);
    return catchThrowableOfType(InvalidFileException.class, () -> ExampleFile.read(file))
        .problems()
        .stream()
        .map(Problem::toString)
        .map(problem -> problem.replace(file.toString(), "F"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          expect: allow | expect: limit | F:6: examples[0].expect: must be one of allow, deny, hold, mask
          expect: allow | expects: allow | F:4: examples[0].expect: is missing
          read table x.y | fly table x.y | F:5: examples[0].command.accesses[0]: must be an operation
          read table x.y | read | F:5: examples[0].command.accesses[0]: must be an operation
          y]} | y], traits: [big]} | F:5: examples[0].command.traits[0]: must be one of
          y]} | y], certainty: some} | F:5: examples[0].command.certainty: must be one of
          [read table x.y] | [] | F:5: examples[0].command.accesses: must not be empty
          subject: a | subject: a, proof: honour | F:2: given.caller.proof: must be one of
          target: t | target: {name: t} | F:2: given.target.protocol: is missing
          name: one | statement: select 1 | F:4: examples[0].name: is missing
          """)
  void badExample_isAProblemWithItsLine(String good, String bad, String problem) throws Exception {
    assertThat(problems(GOOD.replace(good, bad))).first().asString().startsWith(problem);
  }

  @Test
  void circumstancesThatAreNone_areProblems() throws Exception {
    assertThat(
            problems(
                GOOD
                    + """
                        at: noon
                        source: localhost
                        binds: [{word: x}, {int: 1}]
                        arguments: '{'
                    """))
        .hasSize(5)
        .anyMatch(line -> line.startsWith("F:10: examples[0].arguments: must be an object of JSON"))
        .anyMatch(line -> line.startsWith("F:7: examples[0].at: must be a time like"))
        .anyMatch(line -> line.startsWith("F:8: examples[0].source: must be an IP address"))
        .anyMatch(line -> line.startsWith("F:9: examples[0].binds[0]: must have one of: text"))
        .anyMatch(line -> line.startsWith("F:9: examples[0].binds[0].word: is not a known key"));
  }

  @Test
  void statementAndCommand_excludeEachOther_andOneIsNeeded() throws Exception {
    String problem = "F:4: examples[0]: must have a statement or a command, and not both";

    assertThat(problems(GOOD + "    statement: select 1\n")).containsExactly(problem);
    assertThat(problems(GOOD.replace("    command: {accesses: [read table x.y]}\n", "")))
        .containsExactly(problem);
  }

  @Test
  void badPolicy_isAProblemOfTheExamples() throws Exception {
    ExampleFile examples = ExampleFile.read(file(GOOD));

    assertThatThrownBy(() -> examples.run(CommandReader.NONE, MaskCheck.NONE))
        .isInstanceOf(InvalidFileException.class)
        .hasMessage(folder.resolve("p.yaml") + ": there is no such file");
  }
}

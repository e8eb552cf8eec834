package io.gatehouse.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.mask.detect.Kind;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What docs/policy.md shows is what the commands take and print. */
final class PolicyDocumentTest {
  private static final Pattern BLOCK = Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @TempDir private Path folder;

  private static String document() throws IOException {
    return document("policy");
  }

  private static String document(String name) throws IOException {
    return Files.readString(Path.of("../docs/" + name + ".md"));
  }

  private static List<String> blocks(String language) throws IOException {
    return blocks("policy", language);
  }

  private static List<String> blocks(String document, String language) throws IOException {
    return BLOCK
        .matcher(document(document))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  private String run(int expected, List<String> arguments) {
    StringWriter out = new StringWriter();
    CommandLine command =
        Gatehouse.commandLine(Passwords.input(new ByteArrayInputStream(new byte[0])));
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
    assertThat(command.execute(arguments.toArray(String[]::new)))
        .as(out.toString())
        .isEqualTo(expected);
    return out.toString();
  }

  private String run(int expected, List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return run(expected, all);
  }

  private Path policy() throws IOException {
    return Files.writeString(folder.resolve("policy.yaml"), blocks("yaml").get(0));
  }

  @Test
  void policyShown_hasNoProblems_andMeetsTheExamplesShown() throws IOException {
    assertThat(blocks("yaml")).hasSize(3);
    Path policy = policy();
    Path examples = Files.writeString(folder.resolve("policy.test.yaml"), blocks("yaml").getLast());

    assertThat(run(0, List.of("policy", "check", policy.toString())))
        .startsWith("no problems, 5 rules, digest ");
    assertThat(run(0, List.of("policy", "test", examples.toString())))
        .isEqualTo(examples + ": 7 examples, 0 failed\n");
  }

  @Test
  void omissionShown_hasNoProblems() throws IOException {
    Path policy = Files.writeString(folder.resolve("omit.yaml"), blocks("yaml").get(1));
    assertThat(run(0, List.of("policy", "check", policy.toString())))
        .startsWith("no problems, 2 rules, digest ");
  }

  @Test
  void policiesOfCallsShown_haveNoProblems_andMeetTheExamplesShown() throws IOException {
    List<String> shown = blocks("mcp", "yaml");
    assertThat(shown).hasSize(5);
    Path masks = Files.writeString(folder.resolve("masks.yaml"), shown.get(0));
    assertThat(run(0, List.of("policy", "check", masks.toString())))
        .startsWith("no problems, 1 rules, digest ");
    Path policy = Files.writeString(folder.resolve("policy.yaml"), shown.get(1));
    assertThat(run(0, List.of("policy", "check", policy.toString())))
        .startsWith("no problems, 2 rules, digest ");
    Path examples = Files.writeString(folder.resolve("policy.test.yaml"), shown.get(2));
    assertThat(run(0, List.of("policy", "test", examples.toString())))
        .isEqualTo(examples + ": 3 examples, 0 failed\n");
    Files.writeString(policy, shown.get(3));
    assertThat(run(0, List.of("policy", "check", policy.toString())))
        .startsWith("no problems, 2 rules, digest ");
    Files.writeString(examples, shown.get(4));
    assertThat(run(0, List.of("policy", "test", examples.toString())))
        .isEqualTo(examples + ": 2 examples, 0 failed\n");
  }

  @Test
  void policyOfDetectorsShown_hasNoProblems_andEveryKindIsExplained() throws IOException {
    Path policy =
        Files.writeString(folder.resolve("policy.yaml"), blocks("detectors", "yaml").getFirst());
    assertThat(run(0, List.of("policy", "check", policy.toString())))
        .startsWith("no problems, 3 rules, digest ");
    assertThat(
            run(
                0,
                List.of(
                    "policy explain --policy %s --caller alice --group support --target t --database d"
                        .formatted(policy)
                        .split(" ")),
                "--access",
                "read table tickets.notes"))
        .contains(
            "* detect no-cards: read table tickets.notes",
            "allow by support-reads, its results searched by cards (mask, no-cards), secrets"
                + " (alert, secrets-are-told)\n");
    String document = document("detectors");
    assertThat(Kind.values())
        .allSatisfy(kind -> assertThat(document).contains("`" + kind.label() + "`"));
  }

  @Test
  void explanationShown_isTheOneThatIsPrinted() throws IOException {
    Path policy = policy();
    String shown =
        blocks("").stream().filter(block -> block.startsWith("$ ")).findFirst().orElseThrow();
    List<String> words = words(shown.lines().findFirst().orElseThrow());

    String printed =
        run(
            0,
            words.stream()
                .map(word -> word.equals("policy.yaml") ? policy.toString() : word)
                .toList());

    assertThat(printed).startsWith(shown.substring(shown.indexOf('\n') + 1));
  }

  /** Behind the prompt and the command's own name. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words.subList(2, words.size());
  }

  @Test
  void everyWordOfTheModel_isExplained() throws IOException {
    String document = document();

    assertThat(
            Stream.of(
                    Stream.of(Operation.values()).filter(each -> each != Operation.UNKNOWN),
                    Stream.of(Trait.values()),
                    Stream.of(ProofMethod.values()),
                    Stream.of(Resource.Kind.values()))
                .flatMap(constants -> constants)
                .map(PolicyDocumentTest::quoted))
        .allSatisfy(word -> assertThat(document).contains(word));
  }

  private static String quoted(Enum<?> constant) {
    return "`" + constant.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`";
  }
}

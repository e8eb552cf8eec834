package io.gatehouse.appliance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules of CONTRIBUTING.md that a machine can check. */
class HouseRulesTest {
  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 60;
  private static final int PARAMETERS = 7;
  private static final int README_LINES = 150;
  private static final String RATCHET = ".ci/ratchet.txt";

  private static final Pattern EMPTY_NAME = Pattern.compile(".*(Manager|Utils?|Helpers?|Impl)");
  private static final Pattern LEFT_TO_DO = Pattern.compile("\\b(TO{1}DO|FI{1}XME|XX{1}X)\\b");
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.$}])/(root|work|home/[a-z]+|Users/[a-z]+)/");
  private static final Pattern BANNED_IN_JAVA =
      Pattern.compile("Thread\\.sleep\\(|@Disable[d]|org\\.mockito|@autho[r]|printStackTrace\\(");

  private static final SourceTree TREE = SourceTree.ofThisProject();
  private static final List<JavaSize> SIZES = JavaSize.of(TREE.java());

  @Test
  void files_methods_and_parameter_lists_are_within_their_limits_or_in_the_ratchet() {
    Map<String, Integer> over = new TreeMap<>();
    for (JavaSize size : SIZES) {
      String file = TREE.name(size.file());
      note(over, "code lines in " + file, size.codeLines(), FILE_LINES);
      for (JavaSize.Method method : size.methods()) {
        String where = " of " + method.name() + " in " + file;
        note(over, "lines" + where, method.lines(), METHOD_LINES);
        note(over, "parameters" + where, method.parameters(), PARAMETERS);
      }
    }
    Ratchet ratchet = Ratchet.parse(SourceTree.lines(TREE.root().resolve(RATCHET)));
    assertThat(ratchet.complaints(over))
        .as("at most 400 code lines a file, 60 lines a method, 7 parameters; see " + RATCHET)
        .isEmpty();
  }

  private static void note(Map<String, Integer> over, String what, int size, int limit) {
    if (size > limit) {
      over.merge(what, size, Math::max);
    }
  }

  @Test
  void a_type_is_named_for_what_it_is() {
    List<String> names =
        SIZES.stream()
            .flatMap(size -> size.types().stream())
            .filter(EMPTY_NAME.asMatchPredicate())
            .toList();
    assertThat(names).as("names that say nothing").isEmpty();
  }

  @Test
  void every_package_says_what_it_is_and_is_null_marked() {
    List<String> bare =
        TREE.java().stream()
            .map(Path::getParent)
            .distinct()
            .filter(folder -> TREE.name(folder).contains("src/main/java"))
            .filter(folder -> !nullMarked(folder.resolve("package-info.java")))
            .map(TREE::name)
            .toList();
    assertThat(bare).as("packages without a @NullMarked package-info.java").isEmpty();
  }

  private static boolean nullMarked(Path packageInfo) {
    return Files.exists(packageInfo) && SourceTree.lines(packageInfo).contains("@NullMarked");
  }

  @Test
  void a_readme_is_short() {
    List<String> tooLong =
        TREE.files().stream()
            .filter(file -> file.endsWith("README.md"))
            .filter(file -> SourceTree.lines(file).size() > README_LINES)
            .map(TREE::name)
            .toList();
    assertThat(tooLong).as("READMEs over 150 lines").isEmpty();
  }

  @Test
  void nothing_is_left_for_later_or_tied_to_one_machine() {
    assertThat(matches(TREE.files(), LEFT_TO_DO)).as("work left for later").isEmpty();
    assertThat(matches(TREE.files(), MACHINE_PATH)).as("paths of one machine").isEmpty();
  }

  @Test
  void banned_calls_and_annotations_stay_out() {
    assertThat(matches(TREE.java(), BANNED_IN_JAVA)).as("banned in Java").isEmpty();
  }

  private static List<String> matches(List<Path> files, Pattern pattern) {
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      List<String> lines = SourceTree.lines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          found.add(TREE.name(file) + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    return found;
  }
}

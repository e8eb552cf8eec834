package io.gatehouse.appliance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the documents point to is there. A class that a document wants to be held to is written as a
 * link: {@code [ClientFlow]}, with its file in a definition at the page's end.
 */
class DocumentLinksTest {
  private static final SourceTree TREE = SourceTree.ofThisProject();

  private static final Pattern INLINE = Pattern.compile("\\[([^\\]\\[]+)\\]\\(([^)\\s]+)\\)");
  private static final Pattern DEFINITION = Pattern.compile("^\\[([^\\]]+)\\]:\\s*(\\S+)\\s*$");
  private static final Pattern SHORTCUT =
      Pattern.compile("(?<![\\]\\w`])\\[([A-Z][A-Za-z0-9]+)\\](?![(:\\[])");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final String FENCE = "```";

  /** One link: where it stands, what it says, where it leads. */
  private record Link(Path document, String text, String target) {
    boolean leavesTheProject() {
      return target.contains("://") || target.startsWith("mailto:") || target.startsWith("#");
    }

    Path file() {
      String path = target.replaceFirst("#.*", "");
      return Optional.ofNullable(document.getParent()).orElse(document).resolve(path).normalize();
    }

    String show() {
      return TREE.name(document) + ": [" + text + "] -> " + target;
    }
  }

  @Test
  void relativeLink_leadsToAFile() {
    List<String> broken =
        links().filter(link -> !Files.exists(link.file())).map(Link::show).toList();

    assertThat(links().count()).as("links that were looked at").isGreaterThan(50);
    assertThat(broken).as("links to nowhere").isEmpty();
  }

  @Test
  void linkToASource_bearsTheNameOfItsType() {
    List<String> misnamed =
        links()
            .filter(link -> link.target().endsWith(".java"))
            .filter(link -> !link.file().endsWith(link.text().replace("`", "") + ".java"))
            .map(Link::show)
            .toList();

    assertThat(misnamed).as("links that say one type and lead to another").isEmpty();
  }

  @Test
  void nameInBrackets_isDefinedOnItsPage_andEveryDefinitionIsUsed() {
    List<String> complaints = new ArrayList<>();
    for (Path document : documents()) {
      Map<String, String> defined = new HashMap<>();
      definitions(document).forEach(link -> defined.put(link.text(), link.target()));
      List<String> used = new ArrayList<>();
      for (String line : prose(document)) {
        SHORTCUT.matcher(line).results().map(found -> found.group(1)).forEach(used::add);
      }
      used.stream()
          .filter(name -> !defined.containsKey(name))
          .forEach(name -> complaints.add(TREE.name(document) + " does not define " + name));
      defined.keySet().stream()
          .filter(name -> !used.contains(name))
          .forEach(name -> complaints.add(TREE.name(document) + " defines in vain " + name));
    }
    assertThat(complaints).isEmpty();
  }

  private static List<Path> documents() {
    return TREE.files().stream().filter(file -> file.toString().endsWith(".md")).toList();
  }

  private static Stream<Link> links() {
    return documents().stream()
        .flatMap(document -> Stream.concat(inline(document), definitions(document)))
        .filter(link -> !link.leavesTheProject());
  }

  private static Stream<Link> inline(Path document) {
    return prose(document).stream()
        .flatMap(line -> INLINE.matcher(line).results())
        .map(found -> link(document, found));
  }

  private static Stream<Link> definitions(Path document) {
    return prose(document).stream()
        .flatMap(line -> DEFINITION.matcher(line).results())
        .map(found -> link(document, found));
  }

  private static Link link(Path document, MatchResult found) {
    return new Link(document, found.group(1), found.group(2));
  }

  /** Without what is shown as code, in which brackets mean other things. */
  private static List<String> prose(Path document) {
    List<String> prose = new ArrayList<>();
    boolean code = false;
    for (String line : SourceTree.lines(document)) {
      if (line.strip().startsWith(FENCE)) {
        code = !code;
      } else if (!code) {
        prose.add(CODE.matcher(line).replaceAll("``"));
      }
    }
    return prose;
  }
}

package io.gatehouse.appliance.scan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A scan as a file of a policy: tags, each line with its reasons, none with a value. */
public final class ProposalFile {
  private static final int INDENT = 6;

  private final Scan scan;
  private final List<String> lines = new ArrayList<>();

  private ProposalFile(Scan scan) {
    this.scan = scan;
  }

  /**
   * @param where the target and the database
   * @param sample the most rows of a table
   */
  public static String of(Scan scan, String where, int sample, Instant now) {
    return new ProposalFile(scan).write(where, sample, now.truncatedTo(ChronoUnit.SECONDS));
  }

  private String write(String where, int sample, Instant now) {
    comment("Tags proposed by gatehouse catalog scan for " + PolicyName.shown(where));
    comment("at " + now + ", for somebody to review: " + scan.summary() + ".");
    comment(
        "Looked at: %d tables, %d columns with texts, at most %d rows of each table."
            .formatted(scan.tables(), scan.columns(), sample));
    comment("What is commented out is a guess: few values, or a name that they do not bear out.");
    comment("What is not listed was not found; that is no proof that it is not there.");
    comment("Rules of a policy use tags; this file can be one of its files.");
    tags();
    if (!scan.skipped().isEmpty()) {
      lines.add("");
      comment("Not looked at:");
      scan.skipped().forEach(one -> comment("  " + PolicyName.shown(one)));
    }
    return String.join("\n", lines) + "\n";
  }

  private void comment(String text) {
    lines.add("# " + text);
  }

  private void tags() {
    Map<Tag, List<Proposal>> byTag = new EnumMap<>(Tag.class);
    scan.proposals()
        .forEach(one -> byTag.computeIfAbsent(one.tag(), _ -> new ArrayList<>()).add(one));
    boolean any = scan.proposals().stream().anyMatch(Proposal::certain);
    lines.add("");
    lines.add(any ? "tags:" : "tags: {}");
    byTag.forEach(this::tag);
  }

  private void tag(Tag tag, List<Proposal> proposals) {
    boolean any = proposals.stream().anyMatch(Proposal::certain);
    String sign = any ? "  " : "  # ";
    lines.add(sign + tag.word() + ":");
    lines.add(sign + "  columns:");
    int width =
        proposals.stream().mapToInt(one -> PolicyName.yaml(one.column()).length()).max().orElse(0);
    for (Proposal one : proposals) {
      lines.add(
          (any ? " ".repeat(INDENT) : sign + "    ")
              + (one.certain() || !any ? "- " : "# - ")
              + PolicyName.yaml(one.column())
              + " ".repeat(width - PolicyName.yaml(one.column()).length())
              + "  # "
              + one.why());
    }
  }
}

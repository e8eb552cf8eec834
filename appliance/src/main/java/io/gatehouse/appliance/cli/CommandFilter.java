package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.index.Facet;
import io.gatehouse.appliance.journal.index.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options that say which commands. */
final class CommandFilter extends JournalFilter {
  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "that touch a table or anything else of this name, with its schema or without")
  private @Nullable String table;

  @Option(
      names = "--fingerprint",
      paramLabel = "TEXT",
      description = "whose text without its literals is this one")
  private @Nullable String fingerprint;

  @Option(names = "--verdict", paramLabel = "WORD", description = "allow, mask or deny")
  private @Nullable String verdict;

  @Option(names = "--rule", paramLabel = "NAME", description = "decided by this rule")
  private @Nullable String rule;

  @Override
  Query query(CommandSpec spec) {
    Query query = with(super.query(spec), Facet.NAME, table);
    query = with(query, Facet.FINGERPRINT, fingerprint);
    query = with(query, Facet.VERDICT, verdict);
    return with(query, Facet.RULE, rule);
  }

  @Override
  List<String> words() {
    List<String> words = super.words();
    add(words, "--table", table);
    add(words, "--fingerprint", fingerprint);
    add(words, "--verdict", verdict);
    add(words, "--rule", rule);
    return words;
  }
}

package io.gatehouse.appliance.sql.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.corpus.Recorded;
import io.gatehouse.appliance.sql.corpus.Said;
import io.gatehouse.appliance.sql.corpus.Statements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the witnesses to what PostgreSQL's own grammar said of the same statements. */
class WitnessesTest {
  /** Of these kinds a witness may say that they change something, or be right that they do not. */
  private static final Set<String> READING =
      Set.of(
          "SelectStmt",
          "VariableSetStmt",
          "VariableShowStmt",
          "TransactionStmt",
          "FetchStmt",
          "ClosePortalStmt",
          "DeclareCursorStmt",
          "PLAssignStmt");

  private static final Map<String, Recorded> RECORDED = Recorded.all();

  static Stream<Witness> witnesses() {
    return Stream.of(new JSqlParserWitness(), new CalciteWitness());
  }

  @ParameterizedTest
  @MethodSource("witnesses")
  void statement_read_shows_relations_writes_and_count(Witness witness) {
    assertThat(
            witness.testify(
                "SELECT a FROM Hr . \"Cust\"\"omers\" c , B WHERE x IN ( SELECT 1 FROM d )"))
        .isEqualTo(saw(1, false, "hr.Cust\"omers", "b", "d"));
    assertThat(witness.testify("WITH w AS ( SELECT 1 FROM d ) SELECT * FROM w"))
        .isEqualTo(saw(1, false, "d"));
    assertThat(witness.testify("SELECT 1 ; DELETE FROM t")).isEqualTo(saw(2, true, "t"));
    assertThat(witness.testify("SELECT INTERVAL '1' day , EXTRACT ( year FROM d ) FROM t"))
        .isEqualTo(saw(1, false, "t"));
    assertThat(witness.testify("TABLE t")).isEqualTo(saw(1, false, "t"));
    assertThat(witness.testify("SELECT * FROM generate_series ( 1 , 2 ) g"))
        .isEqualTo(saw(1, false));
  }

  @Test
  void change_inside_with_read_by_jsqlparser_is_a_write() {
    assertThat(
            new JSqlParserWitness()
                .testify("WITH w AS ( DELETE FROM d RETURNING 1 ) SELECT * FROM w"))
        .isEqualTo(saw(1, true, "d"));
    assertThat(new JSqlParserWitness().testify("EXPLAIN ( ANALYZE ) DELETE FROM d"))
        .isEqualTo(saw(1, true, "d"));
    assertThat(new JSqlParserWitness().testify("SELECT * INTO t FROM d"))
        .isEqualTo(saw(1, true, "t", "d"));
  }

  @ParameterizedTest
  @MethodSource("witnesses")
  void text_too_long_or_too_deep_is_silence(Witness witness) {
    String deep = "( ".repeat(5_000) + "1" + " )".repeat(5_000);
    assertThat(witness.testify("SELECT " + deep)).isInstanceOf(Testimony.Silent.class);
    assertThat(witness.testify("SELECT '" + "x".repeat(100_000) + "'"))
        .isInstanceOf(Testimony.Silent.class);
    assertThat(witness.testify("SELECT 1" + " + 1".repeat(3_900))).isNotNull();
    assertThat(witness.testify("")).isInstanceOf(Testimony.Silent.class);
  }

  @ParameterizedTest
  @MethodSource("witnesses")
  void statement_the_grammar_accepts_is_never_objected_to_wrongly(Witness witness)
      throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    Map<String, Integer> heard = new TreeMap<>();
    for (Said said : Statements.all()) {
      Recorded recorded = Objects.requireNonNull(RECORDED.get(said.id()), said.id());
      String text = CanonicalText.of(said.sql(), recorded).orElse("");
      if (!recorded.accepted() || recorded.statements().isEmpty() || text.isEmpty()) {
        continue;
      }
      switch (witness.testify(text)) {
        case Testimony.Saw saw -> {
          heard.merge(said.client(), 1, Integer::sum);
          objections(saw, recorded).forEach(o -> wrong.add(said.id() + ": " + o + ": " + text));
        }
        case Testimony.Silent(String reason) ->
            silent.add(said.id() + "\t" + reason + "\t" + text.replaceAll("\\s+", " "));
      }
    }
    leave(witness, heard, silent, wrong);
    assertThat(wrong).isEmpty();
    assertThat(heard).isNotEmpty();
  }

  private static void leave(
      Witness witness, Map<String, Integer> heard, List<String> silent, List<String> wrong)
      throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "sql"));
    Files.write(folder.resolve(witness.name() + "-silent.tsv"), silent);
    Files.write(folder.resolve(witness.name() + "-wrong.tsv"), wrong);
    Files.writeString(folder.resolve(witness.name() + "-heard.txt"), heard + "\n");
  }

  private static List<String> objections(Testimony.Saw saw, Recorded recorded) {
    List<String> objections = new ArrayList<>();
    if (saw.statements() > recorded.statements().size()) {
      objections.add(saw.statements() + " statements");
    }
    saw.relations().stream()
        .filter(name -> !recorded.relations().contains(name))
        .forEach(name -> objections.add("relation " + name));
    if (saw.writes() && !changes(recorded)) {
      objections.add("a change");
    }
    return objections;
  }

  private static boolean changes(Recorded recorded) {
    return recorded.nodes().contains("IntoClause")
        || recorded.nodes().stream()
            .anyMatch(
                node ->
                    node.endsWith("Stmt")
                        && !READING.contains(node)
                        && !node.equals("ExplainStmt"));
  }

  /** The parts of a relation's name are separated by dots. */
  private static Testimony saw(int statements, boolean writes, String... relations) {
    Set<List<String>> names =
        Stream.of(relations)
            .map(name -> List.of(name.split("\\.", -1)))
            .collect(Collectors.toSet());
    return new Testimony.Saw(statements, names, writes);
  }
}

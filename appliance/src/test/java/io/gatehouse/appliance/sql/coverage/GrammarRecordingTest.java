package io.gatehouse.appliance.sql.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.corpus.Recorded;
import io.gatehouse.appliance.sql.corpus.Recorded.Boundary;
import io.gatehouse.appliance.sql.corpus.Said;
import io.gatehouse.appliance.sql.corpus.Statements;
import io.gatehouse.appliance.sql.postgres.LexerSettings;
import io.gatehouse.appliance.sql.postgres.PostgresReader;
import io.gatehouse.appliance.sql.postgres.Reading;
import io.gatehouse.appliance.sql.postgres.Reading.Located;
import io.gatehouse.appliance.sql.postgres.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Our reading beside what PostgreSQL's own scanner and grammar said of the same texts: the corpus,
 * the evasions and seeded mutations of both.
 */
class GrammarRecordingTest {
  private static final LexerSettings SETTINGS = LexerSettings.ofServer(18);
  private static final Pattern CONTROL = Pattern.compile("[\\x01-\\x1f&&[^\t\n\r]]");
  private static final Map<String, Recorded> RECORDED = Recorded.all();
  private static final List<Said> STATEMENTS = Statements.all();

  /**
   * Where a comment stands behind NOT, and LIKE behind that, the recorded grammar sees the comment
   * in its lookahead. The server does not.
   */
  private static final Set<String> ACCEPTED_BY_SERVER = Set.of("typical/15~2");

  /** The recorded grammar takes parameters where the server does not. */
  private static final Set<String> REFUSED_BY_SERVER =
      Set.of(
          "activerecord/87~0",
          "dbd-pg/14~0",
          "pgjdbc/89~2",
          "pgx/26~2",
          "pgx/40~1",
          "typeorm/37~3",
          "typical/78~2");

  @Test
  void texts_compared_are_enough() {
    assertThat(STATEMENTS).hasSizeGreaterThan(5_000);
    assertThat(STATEMENTS.stream().filter(GrammarRecordingTest::mutation).count())
        .isGreaterThan(5_000);
  }

  @Test
  void text_cut_into_tokens_is_cut_as_by_the_server() {
    List<String> wrong = new ArrayList<>();
    int same = 0;
    for (Said said : STATEMENTS) {
      List<Token> ours = PostgresReader.tokens(said.sql(), SETTINGS);
      // Of a text with a control character the grammar's package cannot say its tokens.
      if (ours.isEmpty() || CONTROL.matcher(said.sql()).find()) {
        continue;
      }
      List<Recorded.Token> theirs = recorded(said).tokens().orElse(List.of());
      String difference = difference(ours, theirs, new Bytes(said.sql()));
      if (difference.isEmpty()) {
        same++;
      } else {
        wrong.add(said.id() + ": " + difference + ": " + said.sql());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(same).isGreaterThan(STATEMENTS.size() / 3);
  }

  @Test
  void text_read_is_what_the_server_reads() throws IOException {
    List<String> wrong = new ArrayList<>();
    Map<String, List<String>> unread = new TreeMap<>();
    Count count = new Count();
    for (Said said : STATEMENTS) {
      Recorded theirs = recorded(said);
      if (REFUSED_BY_SERVER.contains(said.id())) {
        continue;
      }
      count.accepted(said, theirs.accepted());
      switch (PostgresReader.read(said.sql(), SETTINGS)) {
        case Reading.Read(List<Located> ours) -> {
          count.read(said, theirs.accepted());
          disagreements(ours, theirs, said).forEach(d -> wrong.add(said.id() + ": " + d));
        }
        case Reading.NotRead(String reason, int _) -> {
          if (theirs.accepted()) {
            unread.computeIfAbsent(reason, _ -> new ArrayList<>()).add(said.id());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    CoverageDocument.compare("grammar", count + "\n\n" + CoverageDocument.table(unread));
  }

  private static Recorded recorded(Said said) {
    Recorded recorded = RECORDED.get(said.id());
    if (recorded == null) {
      throw new IllegalStateException(said.id() + " is not in the recording");
    }
    return recorded;
  }

  private static boolean mutation(Said said) {
    return said.id().indexOf('~') >= 0;
  }

  private static List<String> disagreements(List<Located> ours, Recorded theirs, Said said) {
    if (!theirs.accepted()) {
      // Nothing of it runs, and of a definition only the head was read.
      boolean outline = TreeParts.of(ours.stream().map(Located::statement).toList()).bodyLeftOut();
      return outline || ACCEPTED_BY_SERVER.contains(said.id())
          ? List.of()
          : List.of("read, and refused there: " + said.sql());
    }
    if (ours.size() != theirs.statements().size()) {
      return List.of(ours.size() + " statements, not " + theirs.statements().size());
    }
    List<String> found = new ArrayList<>();
    Bytes bytes = new Bytes(said.sql());
    for (int i = 0; i < ours.size(); i++) {
      Located mine = ours.get(i);
      Boundary boundary = theirs.statements().get(i);
      if (!within(mine, boundary, bytes)) {
        found.add("statement " + i + " lies elsewhere: " + said.sql());
      }
      if (!NodeKinds.ofStatement(boundary.node()).contains(mine.statement().getClass())) {
        found.add(boundary.node() + " is " + mine.statement().getClass() + ": " + said.sql());
      }
    }
    found.addAll(missing(ours, theirs));
    return found;
  }

  /** Theirs has what is blank before the first token, and may have it behind the last. */
  private static boolean within(Located mine, Boundary theirs, Bytes bytes) {
    String before = bytes.text(theirs.start(), bytes.at(mine.start()));
    String after = bytes.text(bytes.at(mine.end()), theirs.end());
    return blank(before) && blank(after);
  }

  private static boolean blank(String text) {
    return PostgresReader.read(text, SETTINGS) instanceof Reading.Read(var none)
        && none.isEmpty()
        && text.replaceAll("(?s)/\\*.*\\*/|--[^\\r\\n]*", "").indexOf(';') < 0;
  }

  private static List<String> missing(List<Located> ours, Recorded theirs) {
    TreeParts parts = TreeParts.of(ours.stream().map(Located::statement).toList());
    if (parts.bodyLeftOut()) {
      return List.of();
    }
    List<String> missing = new ArrayList<>();
    absent(theirs.relations(), parts.relations()).forEach(r -> missing.add("no relation " + r));
    absent(theirs.functions(), parts.functions()).forEach(f -> missing.add("no function " + f));
    NodeKinds.missing(theirs.nodes(), parts).forEach(node -> missing.add("no " + node));
    return missing;
  }

  private static List<List<String>> absent(Set<List<String>> theirs, Set<List<String>> ours) {
    return theirs.stream().filter(name -> !ours.contains(name)).toList();
  }

  /** Empty if there is none. */
  private static String difference(List<Token> ours, List<Recorded.Token> theirs, Bytes bytes) {
    Iterator<Recorded.Token> next = theirs.stream().filter(token -> !comment(token)).iterator();
    for (Token mine : ours) {
      if (!next.hasNext()) {
        return "a token more at " + mine.start();
      }
      Recorded.Token one = next.next();
      Recorded.Token last = one;
      // UESCAPE and its string are part of the token for us.
      while (unicode(one) && last.end() < bytes.at(mine.end()) && next.hasNext()) {
        last = next.next();
      }
      boolean same = one.start() == bytes.at(mine.start()) && last.end() == bytes.at(mine.end());
      if (!same || !kinds(mine.kind()).contains(one.kind())) {
        return mine + " is " + one;
      }
    }
    return next.hasNext() ? "a token less" : "";
  }

  private static boolean comment(Recorded.Token token) {
    return token.kind() == Recorded.Kind.LINE_COMMENT
        || token.kind() == Recorded.Kind.BLOCK_COMMENT;
  }

  private static boolean unicode(Recorded.Token token) {
    return token.kind() == Recorded.Kind.UNICODE_IDENTIFIER
        || token.kind() == Recorded.Kind.UNICODE_STRING;
  }

  private static Set<Recorded.Kind> kinds(Token.Kind kind) {
    return switch (kind) {
      case IDENTIFIER -> Set.of(Recorded.Kind.IDENTIFIER);
      case QUOTED_IDENTIFIER, UNICODE_IDENTIFIER ->
          Set.of(Recorded.Kind.IDENTIFIER, Recorded.Kind.UNICODE_IDENTIFIER);
      case KEYWORD ->
          Set.of(
              Recorded.Kind.UNRESERVED_KEYWORD,
              Recorded.Kind.COLUMN_NAME_KEYWORD,
              Recorded.Kind.TYPE_NAME_KEYWORD,
              Recorded.Kind.RESERVED_KEYWORD);
      case INTEGER -> Set.of(Recorded.Kind.INTEGER);
      case DECIMAL -> Set.of(Recorded.Kind.FLOAT);
      case STRING, UNICODE_STRING -> Set.of(Recorded.Kind.STRING, Recorded.Kind.UNICODE_STRING);
      case BITS -> Set.of(Recorded.Kind.BIT_STRING);
      case HEX_BITS -> Set.of(Recorded.Kind.HEX_STRING);
      case PARAMETER -> Set.of(Recorded.Kind.PARAMETER);
      case OPERATOR -> Set.of(Recorded.Kind.OPERATOR);
      case SYMBOL -> Set.of(Recorded.Kind.PUNCTUATION);
      case END -> Set.of();
    };
  }

  /** What is in the heading of the table. */
  private static final class Count {
    private int originals;
    private int originalsRead;
    private int mutations;
    private int mutationsRead;
    private int refused;
    private int refusedRead;

    void accepted(Said said, boolean accepted) {
      if (!accepted) {
        refused++;
      } else if (mutation(said)) {
        mutations++;
      } else {
        originals++;
      }
    }

    void read(Said said, boolean accepted) {
      if (!accepted) {
        refusedRead++;
      } else if (mutation(said)) {
        mutationsRead++;
      } else {
        originalsRead++;
      }
    }

    @Override
    public String toString() {
      return """
      | texts | how many | of them read |
      | --- | --- | --- |
      | collected statements and evasions that the server takes | %d | %d |
      | mutations of them that the server takes | %d | %d |
      | texts that the server refuses | %d | %d |\
      """
          .formatted(originals, originalsRead, mutations, mutationsRead, refused, refusedRead);
    }
  }
}

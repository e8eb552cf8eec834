package io.gatehouse.appliance.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.postgres.Token.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LexerTest {
  private static final LexerSettings SETTINGS = LexerSettings.ofServer(18);

  private static List<Token> tokens(String sql) {
    List<Token> tokens = Lexer.tokens(sql, SETTINGS);
    return tokens.subList(0, tokens.size() - 1);
  }

  private static Token only(String sql) {
    List<Token> tokens = tokens(sql);
    assertThat(tokens).as(sql).hasSize(1);
    return tokens.getFirst();
  }

  private static List<String> texts(String sql) {
    return tokens(sql).stream().map(Token::text).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "Abc | IDENTIFIER | abc",
        "_x$1 | IDENTIFIER | _x$1",
        "ÄÖ | IDENTIFIER | ÄÖ",
        "\"Ab\"\"c\" | QUOTED_IDENTIFIER | Ab\"c",
        "U&\"d\\0061t\" | QUOTED_IDENTIFIER | dat",
        "u&\"d!0061\" UESCAPE '!' | QUOTED_IDENTIFIER | da",
        "SELECT | KEYWORD | select",
        "12 | INTEGER | 12",
        "0x1F | INTEGER | 0x1F",
        "2147483648 | DECIMAL | 2147483648",
        "1_000.5e-1_0 | DECIMAL | 1_000.5e-1_0",
        ".5 | DECIMAL | .5",
        "$12 | PARAMETER | 12",
        "'it''s' | STRING | it's",
        "'a\\' | STRING | a\\",
        "E'a\\'b\\x41\\102\\u0043' | STRING | a'bABC",
        "E'\\xc3\\xa9' | STRING | é",
        "U&'\\0041\\+01F600' | STRING | A😀",
        "$$a'b$$ | STRING | a'b",
        "$t$a$$b$T$$t$ | STRING | a$$b$T$",
        "B'01' | BITS | 01",
        "x'1F' | HEX_BITS | 1F",
        "!= | SYMBOL | <>",
        "@> | OPERATOR | @>",
        ":= | SYMBOL | :=",
        "=> | SYMBOL | =>",
      })
  void one_token_has_its_kind_and_value(String sql, Kind kind, String text) {
    Token token = only(sql);
    assertThat(token.kind()).isEqualTo(kind);
    assertThat(token.text()).isEqualTo(text);
    assertThat(token.start()).isZero();
    assertThat(token.end()).isEqualTo(sql.length());
  }

  @Test
  void operators_give_way_to_comments_and_trailing_signs() {
    assertThat(texts("a+/* c */b")).containsExactly("a", "+", "b");
    assertThat(texts("a*--c\nb")).containsExactly("a", "*", "b");
    assertThat(texts("a=-1")).containsExactly("a", "=", "-", "1");
    assertThat(texts("a@-1")).containsExactly("a", "@-", "1");
    assertThat(texts("a<=-+1")).containsExactly("a", "<=", "-", "+", "1");
  }

  @Test
  void strings_go_on_behind_a_line_break_only() {
    assertThat(texts("'a'\n'b'")).containsExactly("ab");
    assertThat(texts("'a' -- c\r 'b'")).containsExactly("ab");
    assertThat(texts("'a' 'b'")).containsExactly("a", "b");
    assertThat(texts("'a' /* c */\n'b'")).containsExactly("a", "b");
    assertThat(texts("E'a'\n'\\''")).containsExactly("a'");
  }

  @Test
  void comments_nest_and_lines_end_at_either_break() {
    assertThat(texts("1 /* a /* b */ ; */ 2")).containsExactly("1", "2");
    assertThat(texts("1 -- a\r2")).containsExactly("1", "2");
    assertThat(texts("1 -- a")).containsExactly("1");
  }

  @Test
  void a_no_break_space_is_part_of_a_name() {
    assertThat(texts("a\u00a0b")).containsExactly("a\u00a0b");
  }

  @Test
  void names_are_cut_at_63_bytes_between_characters() {
    assertThat(only("a".repeat(70)).text()).isEqualTo("a".repeat(63));
    assertThat(only("\"" + "é".repeat(40) + "\"").text()).isEqualTo("é".repeat(31));
    assertThat(only("x" + "😀".repeat(20)).text()).isEqualTo("x" + "😀".repeat(15));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'a",
        "\"a",
        "\"\"",
        "$$a",
        "$a",
        "/* a",
        "/* /* */",
        "1a",
        "1e",
        "0x",
        "1__0",
        "1_",
        "$1a",
        "$99999999999",
        "E'\\",
        "E'\\u12'",
        "E'\\ud800'",
        "E'\\000'",
        "E'\\xff'",
        "U&'\\00'",
        "U&'\\dc00'",
        "U&'x' UESCAPE 'a'",
        "U&'x' UESCAPE",
        "{",
        "\\",
        "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@"
      })
  void what_the_scanner_refuses_is_refused(String sql) {
    assertThatThrownBy(() -> tokens(sql)).isInstanceOf(NotReadException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x1F", "1_000", "1\u000b"})
  void what_an_older_server_reads_otherwise_is_refused(String sql) {
    assertThat(tokens(sql)).isNotEmpty();
    assertThatThrownBy(() -> Lexer.tokens(sql, LexerSettings.ofServer(15)))
        .isInstanceOf(NotReadException.class);
  }

  @Test
  void a_long_run_of_signs_is_refused_but_not_a_long_comment_behind_one() {
    assertThatThrownBy(() -> tokens("1" + "+".repeat(300) + "1"))
        .isInstanceOf(NotReadException.class);
    assertThat(texts("1 +/" + "*".repeat(300) + "/ 1")).containsExactly("1", "+", "1");
  }

  @Test
  void a_word_that_is_no_keyword_of_an_older_server_is_a_name() {
    assertThat(only("system_user").kind()).isEqualTo(Kind.KEYWORD);
    assertThat(Lexer.tokens("system_user", LexerSettings.ofServer(15)).getFirst().kind())
        .isEqualTo(Kind.IDENTIFIER);
  }

  @Test
  void strings_that_do_not_conform_to_the_standard_are_refused_as_a_whole() {
    LexerSettings settings = new LexerSettings(18, false, true, 100, 100);
    assertThat(PostgresReader.read("SELECT 1", settings)).isInstanceOf(Reading.NotRead.class);
  }
}

package io.gatehouse.appliance.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.mysql.Token.Kind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LexerTest {
  private static final LexerSettings MYSQL = LexerSettings.ofServer(Flavour.MYSQL, 90704);
  private static final LexerSettings MARIADB = LexerSettings.ofServer(Flavour.MARIADB, 101119);

  private static List<Token> tokens(String sql, LexerSettings settings) {
    List<Token> tokens = Lexer.tokens(sql, settings);
    return tokens.subList(0, tokens.size() - 1);
  }

  /** Each as kind and text. */
  private static List<String> shown(String sql, LexerSettings settings) {
    return tokens(sql, settings).stream().map(one -> one.kind() + " " + one.text()).toList();
  }

  private static List<String> texts(String sql, LexerSettings settings) {
    return tokens(sql, settings).stream().map(Token::text).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "Abc | WORD | Abc",
        "_x$1 | WORD | _x$1",
        "2020_sales | WORD | 2020_sales",
        "1e | WORD | 1e",
        "0X1F | WORD | 0X1F",
        "0xZ | WORD | 0xZ",
        "0x | WORD | 0x",
        "0b12 | WORD | 0b12",
        "ßä | WORD | ßä",
        "`a``b` | QUOTED_NAME | a`b",
        "`a\\` | QUOTED_NAME | a\\",
        "12 | INTEGER | 12",
        "1.5 | DECIMAL | 1.5",
        "1. | DECIMAL | 1.",
        ".5 | DECIMAL | .5",
        "1e5 | FLOAT | 1e5",
        "1.5E-10 | FLOAT | 1.5E-10",
        "'it''s' | STRING | it's",
        "'a\\'b' | STRING | a'b",
        "'\\%\\_\\q\\\\' | STRING | \\%\\_q\\",
        "\"a\"\"b\" | STRING | a\"b",
        "\"a'b\" | STRING | a'b",
        "N'x' | NATIONAL_STRING | x",
        "n'x' | NATIONAL_STRING | x",
        "X'1F' | HEX | 1F",
        "0x1F | HEX | 0x1F",
        "b'01' | BITS | 01",
        "0b01 | BITS | 0b01",
        "? | PARAMETER | ?",
        "@a.b$c | USER_VARIABLE | a.b$c",
        "@'a b' | USER_VARIABLE | a b",
        "@\"a\" | USER_VARIABLE | a",
        "@`a` | USER_VARIABLE | a",
        "@@ | SYMBOL | @@",
        "!= | SYMBOL | <>",
        "<=> | SYMBOL | <=>",
        "->> | SYMBOL | ->>",
        ":= | SYMBOL | :=",
        "&& | SYMBOL | &&",
      })
  void oneToken_hasItsKindAndText(String sql, Kind kind, String text) {
    List<Token> tokens = tokens(sql, MYSQL);
    assertThat(tokens).hasSize(1);
    assertThat(tokens.getFirst()).isEqualTo(new Token(kind, text, 0, sql.length()));
  }

  @Test
  void doubleQuotes_areAroundNames_whereTheModeSaysSo() {
    assertThat(shown("SELECT \"ssn\"", MYSQL.withAnsiQuotes()))
        .containsExactly("WORD SELECT", "QUOTED_NAME ssn");
    assertThat(shown("SELECT \"s\\\"", MYSQL.withAnsiQuotes()))
        .containsExactly("WORD SELECT", "QUOTED_NAME s\\");
  }

  @Test
  void backslash_isJustOne_whereTheModeSaysSo() {
    assertThat(shown("SELECT '\\', ssn, ''", MYSQL.withoutBackslashEscapes()))
        .containsExactly("WORD SELECT", "STRING \\", "SYMBOL ,", "WORD ssn", "SYMBOL ,", "STRING ");
    assertThatThrownBy(() -> Lexer.tokens("SELECT '\\', ssn, ''", MYSQL))
        .hasMessage("a string that does not end");
  }

  @Test
  void dashes_areACommentBeforeASpaceOnly() {
    assertThat(texts("SELECT 1 --1, ssn", MYSQL))
        .containsExactly("SELECT", "1", "-", "-", "1", ",", "ssn");
    assertThat(texts("SELECT 1 -- , ssn", MYSQL)).containsExactly("SELECT", "1");
    assertThat(texts("SELECT 1 --\t, ssn\n, a", MYSQL)).containsExactly("SELECT", "1", ",", "a");
    assertThat(texts("SELECT 1 --", MYSQL)).containsExactly("SELECT", "1");
    assertThat(texts("SELECT 1 --\u0001 ssn", MYSQL)).containsExactly("SELECT", "1");
    assertThat(texts("a--b", MYSQL)).containsExactly("a", "-", "-", "b");
  }

  @Test
  void numberSign_isACommentToTheLineFeed() {
    assertThat(texts("SELECT 1 # ; SELECT ssn\r still\n, a", MYSQL))
        .containsExactly("SELECT", "1", ",", "a");
  }

  @Test
  void whiteSpace_isWhatTheServerTakesForIt() {
    assertThat(texts("SELECT\u000bssn\fFROM\rt", MYSQL))
        .containsExactly("SELECT", "ssn", "FROM", "t");
    assertThat(texts("SELECT\u00a0ssn", MYSQL)).containsExactly("SELECT\u00a0ssn");
    assertThat(texts("SELECT(ssn)FROM(t)", MYSQL))
        .containsExactly("SELECT", "(", "ssn", ")", "FROM", "(", "t", ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "a /*! , ssn */ b | a , ssn b | a , ssn b",
        "a /*!50000 , ssn */ b | a , ssn b | a , ssn b",
        "a /*!50701 , ssn */ b | a , ssn b | a b",
        "a /*!99999 , ssn */ b | a b | a b",
        "a /*!080015 , ssn */ b | a , ssn b | a b",
        "a /*!100100 , ssn */ b | a b | a , ssn b",
        "a /*!110100 , ssn */ b | a b | a b",
        "a /*M!100100 , ssn */ b | a b | a , ssn b",
        "a /*M! , ssn */ b | a b | a , ssn b",
        "a /*M!110100 , ssn */ b | a b | a b",
        "a /*!50000, /* x */ ssn */ b | a , ssn b | a , ssn b",
        "a /*!99999 /* x */ ssn */ b | a b | a b",
        "a /*!99999 /* x /* y */ ssn */ b | a b | a b",
        "1 UNION/*!SELECT*/ssn/*!FROM*/t | 1 UNION SELECT ssn FROM t | 1 UNION SELECT ssn FROM t",
        "a /* x /* y */ b | a b | a b",
        "a /**/ b | a b | a b",
        "a /*+ x */ b | a b | a b",
        "a/*!*/b | a b | a b",
      })
  void comment_isCodeForSomeServers(String sql, String mysql, String mariadb) {
    assertThat(String.join(" ", texts(sql, MYSQL))).isEqualTo(mysql);
    assertThat(String.join(" ", texts(sql, MARIADB))).isEqualTo(mariadb);
  }

  @Test
  void hints_areSeenWhereTheServerLooksForThem() {
    assertThat(shown("SELECT /* a */ /*+ MAX_EXECUTION_TIME(1) */ 1", MYSQL))
        .containsExactly("WORD SELECT", "HINT /*+ MAX_EXECUTION_TIME(1) */", "INTEGER 1");
    assertThat(shown("SELECT 1 /*+ x */", MYSQL)).containsExactly("WORD SELECT", "INTEGER 1");
  }

  @Test
  void wordBeforeADot_andBehindOne_isAName() {
    assertThat(shown("select.from", MYSQL)).containsExactly("NAME select", "SYMBOL .", "NAME from");
    assertThat(shown("a.1", MYSQL)).containsExactly("NAME a", "SYMBOL .", "NAME 1");
    assertThat(shown("a.5e3.b", MYSQL))
        .containsExactly("NAME a", "SYMBOL .", "NAME 5e3", "SYMBOL .", "NAME b");
    assertThat(shown("a.*", MYSQL)).containsExactly("WORD a", "SYMBOL .", "SYMBOL *");
    assertThat(shown("a .select", MYSQL)).containsExactly("WORD a", "SYMBOL .", "NAME select");
    assertThat(shown("`a`.5", MYSQL)).containsExactly("QUOTED_NAME a", "DECIMAL .5");
    assertThat(shown("`a`.b", MYSQL)).containsExactly("QUOTED_NAME a", "SYMBOL .", "NAME b");
    assertThat(shown("1e5abc", MYSQL)).containsExactly("FLOAT 1e5", "WORD abc");
    assertThat(shown("1.5abc", MYSQL)).containsExactly("DECIMAL 1.5", "WORD abc");
  }

  @Test
  void signs_areTakenTogetherAsTheServerDoes() {
    assertThat(texts("a=-1", MYSQL)).containsExactly("a", "=", "-", "1");
    assertThat(texts("a>=!b", MYSQL)).containsExactly("a", ">=", "!", "b");
    assertThat(texts("a||b|c&&d&e", MYSQL))
        .containsExactly("a", "||", "b", "|", "c", "&&", "d", "&", "e");
    assertThat(texts("{x ssn}", MYSQL)).containsExactly("{", "x", "ssn", "}");
    assertThat(texts("@@global.a", MYSQL)).containsExactly("@@", "global", ".", "a");
    assertThat(texts("'u'@'%'", MYSQL)).containsExactly("u", "%");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'a",
        "\"a",
        "`a",
        "``",
        "`a `",
        "'a\\",
        "/* a",
        "/*! a",
        "/*!50000 a",
        "/*!99999 a",
        "/*!99999 /* a */",
        "/*!1 a */",
        "/*!5000 a */",
        "/*!5000000 a */",
        "/*!50000 /*!50000 a */ */",
        "1.e(ssn)",
        "1.1e",
        "a=!b",
        "!!a",
        "a<=!b",
        "\\N",
        "a\0b",
        "# a\0b",
        "/* a\0b */",
        "@",
        "@ä",
        "?a",
        "x'1'",
        "x'0g'",
        "b'2'",
        "\uD83D\uDE00",
        "a\uD83D\uDE00",
        "[a]",
        "\u0001",
      })
  void textThatServersReadInMoreThanOneWay_isNotRead(String sql) {
    assertThatThrownBy(() -> Lexer.tokens(sql, MYSQL))
        .isInstanceOf(NotReadException.class)
        .hasMessageNotContaining("ssn");
  }

  @Test
  void commentForAVersionThatMariaDbNeverHad_isNotReadThere() {
    assertThatThrownBy(() -> Lexer.tokens("/*M!50701 a */", MARIADB))
        .isInstanceOf(NotReadException.class);
  }

  @Test
  void tokens_areCounted() {
    LexerSettings few = new LexerSettings(Flavour.MYSQL, 80015, false, true, 3);
    assertThat(Lexer.tokens("a b c", few)).hasSize(4);
    assertThatThrownBy(() -> Lexer.tokens("a b c d", few)).hasMessage("more than 3 tokens");
  }

  @Test
  void randomTexts_areReadInOrderOrNotAtAll() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    String signs = "aZ_$09.eExXbBnN'\"`\\@?!<>=-+*/#&|:;,(){}% \n\r\t\u000b\0é\u00a0M5";
    int read = 0;
    for (int round = 0; round < 200_000; round++) {
      StringBuilder sql = new StringBuilder();
      for (int i = random.nextInt(24); i >= 0; i--) {
        sql.append(signs.charAt(random.nextInt(signs.length())));
      }
      for (LexerSettings settings : List.of(MYSQL, MARIADB, MYSQL.withAnsiQuotes())) {
        try {
          int end = 0;
          for (Token token : Lexer.tokens(sql.toString(), settings)) {
            assertThat(token.start()).as("seed %d: %s", seed, sql).isGreaterThanOrEqualTo(end);
            assertThat(token.end()).isGreaterThanOrEqualTo(token.start());
            end = token.end();
          }
          assertThat(end).as("seed %d: %s", seed, sql).isEqualTo(sql.length());
          read++;
        } catch (NotReadException e) {
          assertThat(e.position()).isBetween(0, sql.length());
        }
      }
    }
    assertThat(read).isGreaterThan(20_000);
  }
}

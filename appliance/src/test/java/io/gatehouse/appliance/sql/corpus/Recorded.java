package io.gatehouse.appliance.sql.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What PostgreSQL's own scanner and grammar said of one text, with standard conforming strings. All
 * offsets count bytes of UTF-8. Names are as the server folds them.
 *
 * @param id of {@link Said}
 * @param digest the first 12 hex digits of the text's SHA-256
 * @param error empty where the grammar accepted the text
 * @param statements in order; an empty one is none
 * @param relations wherever one is named, targets and the names of WITH included
 * @param withNames what WITH names, anywhere in the text
 * @param functions that are called by name
 * @param nodes the kinds of node in the trees
 * @param tokens comments included; empty where the scanner refused
 */
public record Recorded(
    String id,
    String digest,
    Optional<Rejection> error,
    List<Boundary> statements,
    Set<List<String>> relations,
    Set<String> withNames,
    Set<List<String>> functions,
    Set<String> nodes,
    Optional<List<Token>> tokens) {

  /** Why, and where from the first byte. */
  public record Rejection(int offset, String message) {}

  /**
   * A statement in the text: with the white space and comments before it, without its semicolon.
   *
   * @param node its kind, such as {@code SelectStmt}
   */
  public record Boundary(int start, int end, String node) {}

  /** The kinds of token; literals of adjoining lines are one. */
  public enum Kind {
    IDENTIFIER('i'),
    UNICODE_IDENTIFIER('I'),
    INTEGER('n'),
    FLOAT('f'),
    STRING('s'),
    UNICODE_STRING('S'),
    BIT_STRING('b'),
    HEX_STRING('x'),
    PARAMETER('p'),
    OPERATOR('o'),
    /** One character, or one of {@code :: .. := => <= >= <> !=}. */
    PUNCTUATION('q'),
    LINE_COMMENT('L'),
    BLOCK_COMMENT('B'),
    UNRESERVED_KEYWORD('u'),
    COLUMN_NAME_KEYWORD('c'),
    TYPE_NAME_KEYWORD('t'),
    RESERVED_KEYWORD('r');

    private final char code;

    Kind(char code) {
      this.code = code;
    }

    private static Kind of(char code) {
      return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst().orElseThrow();
    }
  }

  /** From the first byte of the text. */
  public record Token(Kind kind, int start, int end) {}

  /** The committed recording by id. */
  public static Map<String, Recorded> all() {
    try (InputStream file = Recorded.class.getResourceAsStream("/sql/grammar/recorded.tsv.gz");
        GZIPInputStream content = new GZIPInputStream(Objects.requireNonNull(file, "recording"))) {
      String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Recorded> recorded = new LinkedHashMap<>();
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(Recorded::read)
          .forEach(one -> recorded.put(one.id(), one));
      return recorded;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the grammar accepted the text. */
  public boolean accepted() {
    return error.isEmpty();
  }

  private static Recorded read(String line) {
    String[] column = line.split("\t", -1);
    return new Recorded(
        column[0],
        column[1],
        error(column[2]),
        words(column[3]).map(Recorded::boundary).toList(),
        names(column[4]),
        words(column[5]).map(Recorded::plain).collect(Collectors.toUnmodifiableSet()),
        names(column[6]),
        words(column[7]).collect(Collectors.toUnmodifiableSet()),
        column[8].equals("!") ? Optional.empty() : Optional.of(tokens(column[8])));
  }

  private static Optional<Rejection> error(String verdict) {
    if (verdict.equals("ok")) {
      return Optional.empty();
    }
    String[] part = verdict.split(" ", 3);
    return Optional.of(new Rejection(Integer.parseInt(part[1]), part[2]));
  }

  private static Boundary boundary(String word) {
    String[] part = word.split("\\.", -1);
    int start = Integer.parseInt(part[0]);
    return new Boundary(start, start + Integer.parseInt(part[1]), part[2]);
  }

  /** Each begins where the last one ended, and so many bytes later. */
  private static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    int last = 0;
    for (String word : words(text).toList()) {
      int dot = word.indexOf('.');
      int start = last + Integer.parseInt(word.substring(1, dot));
      last = start + Integer.parseInt(word.substring(dot + 1));
      tokens.add(new Token(Kind.of(word.charAt(0)), start, last));
    }
    return List.copyOf(tokens);
  }

  private static Set<List<String>> names(String text) {
    return words(text)
        .map(word -> Arrays.stream(word.split("\\.", -1)).map(Recorded::plain).toList())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String plain(String encoded) {
    return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty());
  }
}

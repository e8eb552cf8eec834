package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/** Names of tables in tokens that are not read. Too many rather than too few. */
final class Mentions {
  private Mentions() {}

  /** The names behind a reserved word. */
  static List<QualifiedName> behind(List<Token> tokens, String word) {
    List<QualifiedName> names = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).word(word)) {
        at(tokens, i + 1, names);
      }
    }
    return names;
  }

  /** What ALTER TABLE names beside the table itself. */
  static List<QualifiedName> ofAlter(List<Token> tokens) {
    List<QualifiedName> names = behind(tokens, "references");
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).word("rename")) {
        at(tokens, i + (introduces(tokens, i + 1) ? 2 : 1), names);
      } else if (tokens.get(i).word("table")) {
        at(tokens, i + 1, names);
      } else if (tokens.get(i).word("union")) {
        union(tokens, i + 1, names);
      }
    }
    return names;
  }

  private static boolean introduces(List<Token> tokens, int index) {
    if (index >= tokens.size()) {
      return false;
    }
    Token token = tokens.get(index);
    return token.word("to") || token.word("as") || token.symbol("=");
  }

  private static void union(List<Token> tokens, int from, List<QualifiedName> names) {
    int at = from;
    while (at < tokens.size() && (tokens.get(at).symbol("=") || tokens.get(at).symbol("("))) {
      at++;
    }
    while (at < tokens.size() && !tokens.get(at).symbol(")")) {
      at = at(tokens, at, names) + 1;
    }
  }

  /** Adds the name there, if there is one, and gives the place behind it. */
  private static int at(List<Token> tokens, int from, List<QualifiedName> names) {
    List<Name> parts = new ArrayList<>();
    int at = from;
    while (at < tokens.size() && named(tokens.get(at))) {
      Token token = tokens.get(at);
      parts.add(new Name(token.text(), token.kind() == Kind.QUOTED_NAME));
      at++;
      if (at >= tokens.size() || !tokens.get(at).symbol(".")) {
        break;
      }
      at++;
    }
    if (!parts.isEmpty()) {
      names.add(new QualifiedName(parts));
    }
    return at;
  }

  private static boolean named(Token token) {
    return token.kind() == Kind.WORD
        || token.kind() == Kind.NAME
        || token.kind() == Kind.QUOTED_NAME;
  }
}

package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names as they stand: whether case matters, the kind of the object and the server's settings say.
 */
final class Names {
  private final Cursor cursor;

  Names(Grammar grammar) {
    this.cursor = grammar.cursor;
  }

  /** Whether an ident stands here. */
  boolean atName() {
    return names(cursor.token());
  }

  boolean names(Token token) {
    return switch (token.kind()) {
      case NAME, QUOTED_NAME -> true;
      case WORD -> !Keywords.reserved(Cursor.word(token), cursor.settings) && !introduces(token);
      default -> false;
    };
  }

  /** The server takes {@code _latin1} for a character set and never for a name. */
  boolean introduces(Token token) {
    return token.kind() == Kind.WORD
        && token.text().charAt(0) == '_'
        && CharacterSets.known(Cursor.word(token).substring(1));
  }

  /** ident. */
  Name name() {
    if (!atName()) {
      throw cursor.unexpected();
    }
    Token token = cursor.next();
    return new Name(token.text(), token.kind() == Kind.QUOTED_NAME);
  }

  /** ident_or_text. */
  Name nameOrString() {
    return cursor.is(Kind.STRING) ? new Name(cursor.next().text(), true) : name();
  }

  /** The second and later parts of a name. */
  private void rest(List<Name> parts, int most) {
    while (parts.size() < most && cursor.atSymbol(".") && names(cursor.peek(1))) {
      cursor.next();
      parts.add(name());
    }
    if (cursor.atSymbol(".")) {
      throw cursor.unexpected();
    }
  }

  /** table_ident, sp_name and the like: with or without its database. */
  QualifiedName qualifiedName() {
    return qualifiedName(2);
  }

  /** simple_ident has up to three parts. */
  QualifiedName columnName() {
    return qualifiedName(3);
  }

  private QualifiedName qualifiedName(int most) {
    List<Name> parts = new ArrayList<>();
    parts.add(name());
    rest(parts, most);
    return new QualifiedName(parts);
  }

  List<QualifiedName> qualifiedNames() {
    return cursor.list(this::qualifiedName);
  }

  List<Name> list() {
    return cursor.list(this::name);
  }

  List<Name> optionalList() {
    return cursor.atSymbol("(") ? cursor.inParentheses(this::list) : List.of();
  }

  /** opt_table_alias. */
  Optional<Name> optionalAlias() {
    return cursor.take("as") || atName() ? Optional.of(name()) : Optional.empty();
  }

  /** charset_name or collation_name. */
  Name characterSet() {
    if (cursor.is(Kind.WORD) && cursor.at("binary")) {
      cursor.next();
      return Name.of("binary");
    }
    return nameOrString();
  }
}

package io.gatehouse.appliance.catalog;

import io.gatehouse.appliance.catalog.Sections.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts a {@link CatalogContent} together from the rows of the catalog statement. */
final class Assembly {

  /**
   * What the gate's session is without the parameters of the catalog statement.
   *
   * @param searchPath as the setting has it
   */
  record Session(String searchPath, int serverMajor, String database, String user) {}

  private static final Comparator<Routine> ORDER =
      Comparator.comparing(Routine::schema)
          .thenComparing(Routine::name)
          .thenComparing(Routine::toString);

  private final Sections sections;
  private final CodeReview code;
  private final TypeReview types;

  Assembly(Sections sections) {
    this.sections = sections;
    this.code = new CodeReview(sections);
    this.types = new TypeReview(sections, code);
  }

  CatalogContent content(Session session) {
    Row itself = sections.only("session");
    if (!itself.text(0).equals(Statements.PATH)) {
      throw new IllegalArgumentException("the server did not take the search path of the gate");
    }
    if (!itself.text(1).equals(session.database()) || !itself.text(2).equals(session.user())) {
      throw new IllegalArgumentException("the gate's two sessions are not of the same user");
    }
    return new CatalogContent(
        session.database(),
        session.serverMajor(),
        session.user(),
        SearchPath.parse(session.searchPath()),
        schemas(),
        new RelationReview(sections, code, types).relations(),
        routines(),
        userOperators(),
        types.userTypes(),
        types.builtinNames(),
        userCasts(),
        codeOnDefine(),
        closedSchemas());
  }

  private Set<String> closedSchemas() {
    Set<String> closed = new HashSet<>();
    for (Row row : sections.of("schema")) {
      if (!row.yes(1)) {
        closed.add(row.text(0));
      }
    }
    return closed;
  }

  private Set<String> schemas() {
    Set<String> schemas = new HashSet<>();
    sections.of("schema").forEach(row -> schemas.add(row.text(0)));
    return schemas;
  }

  private List<Routine> routines() {
    List<Routine> routines = new ArrayList<>();
    for (Row row : sections.of("routine")) {
      routines.add(
          new Routine(
              row.text(1),
              row.text(2),
              kind(row.letter(3)),
              volatility(row.letter(4)),
              row.text(5),
              row.yes(6),
              code.extension(new ObjectId(ObjectId.ROUTINE, row.oid(0)))));
    }
    routines.sort(ORDER);
    return routines;
  }

  private static Routine.Kind kind(char letter) {
    return switch (letter) {
      case 'f' -> Routine.Kind.FUNCTION;
      case 'p' -> Routine.Kind.PROCEDURE;
      case 'a' -> Routine.Kind.AGGREGATE;
      case 'w' -> Routine.Kind.WINDOW;
      default -> throw new IllegalArgumentException("a routine of kind " + letter);
    };
  }

  private static Routine.Volatility volatility(char letter) {
    return switch (letter) {
      case 'i' -> Routine.Volatility.IMMUTABLE;
      case 's' -> Routine.Volatility.STABLE;
      case 'v' -> Routine.Volatility.VOLATILE;
      default -> throw new IllegalArgumentException("a routine of volatility " + letter);
    };
  }

  private Set<QualifiedName> userOperators() {
    Set<QualifiedName> operators = new HashSet<>();
    for (Row row : sections.of("operator")) {
      if (code.userOperator(new ObjectId(ObjectId.OPERATOR, row.oid(0)))) {
        operators.add(new QualifiedName(row.text(1), row.text(2)));
      }
    }
    return operators;
  }

  private boolean userCasts() {
    for (Row row : sections.of("cast")) {
      boolean callsCode = row.oid(1) != 0 && code.routineCode(row.oid(1));
      boolean appliesByItself = row.letter(2) != 'e';
      if (callsCode
          || (appliesByItself && code.unreviewed(new ObjectId(ObjectId.CAST, row.oid(0))))) {
        return true;
      }
    }
    return false;
  }

  private boolean codeOnDefine() {
    for (Row row : sections.of("event")) {
      if (!row.yes(2) && code.routineCode(row.oid(1))) {
        return true;
      }
    }
    return false;
  }
}

package io.gatehouse.appliance.sql.witness;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Commit;
import net.sf.jsqlparser.statement.ExplainStatement;
import net.sf.jsqlparser.statement.ExplainStatement.Option;
import net.sf.jsqlparser.statement.ExplainStatement.OptionType;
import net.sf.jsqlparser.statement.ResetStatement;
import net.sf.jsqlparser.statement.RollbackStatement;
import net.sf.jsqlparser.statement.SavepointStatement;
import net.sf.jsqlparser.statement.SetStatement;
import net.sf.jsqlparser.statement.ShowStatement;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.create.view.CreateView;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.delete.ParenthesedDelete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.insert.ParenthesedInsert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.piped.FromQuery;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.WithItem;
import net.sf.jsqlparser.statement.truncate.Truncate;
import net.sf.jsqlparser.statement.update.ParenthesedUpdate;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.util.TablesNamesFinder;

/** Walks JSqlParser's trees. Lives for one testimony, on the thread that reads. */
final class JSqlParserSight extends TablesNamesFinder<Void> {
  private static final Set<Class<? extends Statement>> HARMLESS =
      Set.of(
          Commit.class,
          ResetStatement.class,
          RollbackStatement.class,
          SavepointStatement.class,
          SetStatement.class,
          ShowStatement.class);

  /** What is in these rooms of JSqlParser's changes objects or rights. */
  private static final Pattern DEFINES =
      Pattern.compile(
          ".*\\.statement\\.(create|alter|drop|grant|role|comment|refresh)\\..*(?<!AlterSession)");

  private final Sightings sightings;

  JSqlParserSight(Sightings sightings) {
    this.sightings = sightings;
    init(false);
  }

  /** Whether it is a kind of statement of which this witness says anything. */
  boolean sees(Statement statement) {
    return switch (statement) {
      // A query that begins with FROM is another dialect's.
      case FromQuery _ -> false;
      case Select select -> looksInto(select);
      case ExplainStatement explain when explain.getStatement() != null -> explained(explain);
      case Insert _, Update _, Delete _, Merge _, Truncate _, CreateTable _ -> changed(statement);
      case CreateView view -> {
        sightings.writes();
        yield view.getSelect() != null && looksInto(view.getSelect());
      }
      case Statement other when DEFINES.matcher(other.getClass().getName()).matches() -> {
        sightings.writes();
        yield true;
      }
      default -> HARMLESS.contains(statement.getClass());
    };
  }

  private boolean looksInto(Statement statement) {
    statement.accept(this, null);
    return true;
  }

  private boolean changed(Statement statement) {
    sightings.writes();
    return looksInto(statement);
  }

  /**
   * What is only explained changes nothing, and which of two options counts is not for a witness.
   */
  private boolean explained(ExplainStatement explain) {
    List<Option> options = explain.getOptionList();
    long analyze = options == null ? 0 : options.stream().filter(JSqlParserSight::analyzes).count();
    if (analyze > 0) {
      return sees(explain.getStatement());
    }
    return explain.getStatement() instanceof Select select && looksInto(select);
  }

  private static boolean analyzes(Option option) {
    String value = option.getValue();
    return option.getType() == OptionType.ANALYZE
        && (value == null
            || !Set.of("false", "off", "0").contains(value.trim().toLowerCase(Locale.ROOT)));
  }

  @Override
  public <S> Void visit(Table table, S context) {
    List<String> parts = table.getNameParts();
    sightings.relation(parts.reversed().stream().map(Folding::written).toList());
    return super.visit(table, context);
  }

  @Override
  public <S> Void visit(WithItem<?> item, S context) {
    sightings.withName(Folding.written(item.getAliasName()));
    return super.visit(item, context);
  }

  @Override
  public <S> Void visit(PlainSelect select, S context) {
    if (select.getIntoTables() != null && !select.getIntoTables().isEmpty()) {
      sightings.writes();
    }
    return super.visit(select, context);
  }

  @Override
  public <S> Void visit(ParenthesedInsert insert, S context) {
    sightings.writes();
    return super.visit(insert, context);
  }

  @Override
  public <S> Void visit(ParenthesedUpdate update, S context) {
    sightings.writes();
    return super.visit(update, context);
  }

  @Override
  public <S> Void visit(ParenthesedDelete delete, S context) {
    sightings.writes();
    return super.visit(delete, context);
  }
}

package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.catalog.SearchPath;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a session's command waits for: the catalog, the end of what is under way, what its names
 * mean. Each is waited for once; if it is still missing then, the command is refused. Owned by the
 * session's event loop.
 */
final class Inquiries {

  /**
   * Everything with its schema, so that nothing of the session's own can stand in for it. Types
   * come before those of pg_catalog too, hence both lists of names.
   */
  private static final String NAMES =
      "SELECT 'path'::pg_catalog.text, CASE WHEN pg_catalog.length(s.p) OPERATOR(pg_catalog.<=)"
          + " 10000 THEN s.p END FROM (SELECT pg_catalog.current_setting('search_path') AS p) s"
          + " UNION ALL SELECT 'user', current_user::pg_catalog.text"
          + " UNION ALL SELECT 'temporary', c.relname::pg_catalog.text FROM pg_catalog.pg_class c"
          + " WHERE pg_catalog.pg_my_temp_schema() OPERATOR(pg_catalog.<>) 0::pg_catalog.oid"
          + " AND c.relnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()"
          + " UNION ALL SELECT 'temporary', t.typname::pg_catalog.text FROM pg_catalog.pg_type t"
          + " WHERE pg_catalog.pg_my_temp_schema() OPERATOR(pg_catalog.<>) 0::pg_catalog.oid"
          + " AND t.typnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()"
          + " UNION ALL SELECT 'prepared', q.name FROM pg_catalog.pg_prepared_statements q"
          + " WHERE q.from_sql LIMIT 20001";

  /** One less than it may send. */
  private static final int MAX_ROWS = 20_000;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Court court;
  private final Upstream survey;

  /** What is asked is SQL of PostgreSQL's. */
  private final boolean asksNames;

  private final SessionControl control;
  private final SessionNames names;
  private final StatementNames statements;
  private final AtomicReference<@Nullable NoCatalog> noCatalog = new AtomicReference<>();
  private @Nullable Waiting waiting;

  /** The submission that waits for the catalog. */
  private long awaited;

  private boolean namesFailed;

  /** A command that is submitted again when the session has settled. */
  private record Waiting(long sequence, Reply reply) {}

  /** Why the catalog that a submission waited for could not be read. */
  private record NoCatalog(long sequence, String why) {}

  Inquiries(
      Court court,
      Routes.Passage passage,
      SessionControl control,
      SessionNames names,
      StatementNames statements) {
    this.court = court;
    this.survey = passage.survey();
    this.asksNames = passage.protocol() == Target.Protocol.POSTGRESQL;
    this.control = control;
    this.names = names;
    this.statements = statements;
  }

  /**
   * A command comes.
   *
   * @param anew whether it was not submitted before
   */
  void begins(boolean anew) {
    if (anew) {
      awaited = 0;
      namesFailed = false;
    }
  }

  Answer catalog(Case asked) {
    NoCatalog failure = noCatalog.getAndSet(null);
    if (failure != null && failure.sequence() == awaited) {
      return new Decision.Refuse(Refusals.noCatalog(failure.why()));
    }
    long sequence = asked.submission().sequence();
    awaited = sequence;
    Reply reply = asked.reply();
    court
        .catalogs()
        .fresh(survey)
        .whenComplete(
            (_, problem) -> {
              if (problem != null) {
                noCatalog.set(
                    new NoCatalog(sequence, court.catalogs().whyNone(CatalogKey.of(survey))));
              }
              reply.again(sequence);
            });
    return Answer.LATER;
  }

  Answer whenSettled(Case asked) {
    waiting = new Waiting(asked.submission().sequence(), asked.reply());
    return Answer.LATER;
  }

  void settled() {
    Waiting waits = waiting;
    waiting = null;
    if (waits != null) {
      waits.reply().again(waits.sequence());
    }
  }

  void withdrawn() {
    waiting = null;
  }

  /** Asks the session's own server before the next command comes, if names are in doubt. */
  void askAhead() {
    if (asksNames && names.toBeAsked()) {
      // If it fails, the command that needs to know asks again.
      var _ = ask(names.last());
    }
  }

  /**
   * Asks the session's own server.
   *
   * @param otherwise what is answered if it does not tell
   */
  Answer names(Case asked, Refusal otherwise) {
    if (namesFailed || !asksNames) {
      namesFailed = false;
      return new Decision.Refuse(otherwise);
    }
    long sequence = asked.submission().sequence();
    Reply reply = asked.reply();
    ask(sequence)
        .whenComplete(
            (told, _) -> {
              namesFailed = !Boolean.TRUE.equals(told);
              reply.again(sequence);
            });
    return Answer.LATER;
  }

  private CompletionStage<Boolean> ask(long sequence) {
    long asOf = names.moves();
    return control
        .inquire(new Statement(NAMES, MAX_ROWS, PATIENCE))
        .handle((rows, _) -> rows != null && names.moves() == asOf && told(sequence, rows));
  }

  /** Whether it could be read; a path that cannot is one that nobody knows. */
  private boolean told(long sequence, Rows rows) {
    Set<String> temporary = new HashSet<>();
    Set<String> prepared = new HashSet<>();
    String path = null;
    String user = null;
    for (List<Value> row : rows.rows()) {
      if (!(row.get(0) instanceof Value.Text(String kind))
          || !(row.get(1) instanceof Value.Text(String name))) {
        return false;
      }
      switch (kind) {
        case "path" -> path = name;
        case "user" -> user = name;
        case "temporary" -> temporary.add(name);
        case "prepared" -> prepared.add(name);
        default -> {
          return false;
        }
      }
    }
    return path != null && user != null && told(sequence, path, user, temporary, prepared);
  }

  private boolean told(
      long sequence, String path, String user, Set<String> temporary, Set<String> prepared) {
    List<String> schemas;
    try {
      schemas = SearchPath.parse(path);
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
    names.told(schemas, user, temporary);
    statements.told(sequence, prepared);
    return true;
  }
}

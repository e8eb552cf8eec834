package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.catalog.SearchPath;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
      "SELECT pg_catalog.current_setting('search_path'), current_user::pg_catalog.text, x.n"
          + " FROM (SELECT NULL::pg_catalog.text AS n"
          + " UNION ALL SELECT c.relname::pg_catalog.text FROM pg_catalog.pg_class c"
          + " WHERE c.relnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()"
          + " UNION ALL SELECT t.typname::pg_catalog.text FROM pg_catalog.pg_type t"
          + " WHERE t.typnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()) x";

  private static final int MAX_NAMES = 20_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Court court;
  private final Upstream upstream;
  private final SessionControl control;
  private final SessionNames names;
  private final AtomicReference<@Nullable NoCatalog> noCatalog = new AtomicReference<>();
  private @Nullable Waiting waiting;

  /** The submission that waits for the catalog. */
  private long awaited;

  private boolean namesFailed;

  /** A command that is submitted again when the session has settled. */
  private record Waiting(long sequence, Reply reply) {}

  /** Why the catalog that a submission waited for could not be read. */
  private record NoCatalog(long sequence, String why) {}

  Inquiries(Court court, Upstream upstream, SessionControl control, SessionNames names) {
    this.court = court;
    this.upstream = upstream;
    this.control = control;
    this.names = names;
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
        .fresh(upstream)
        .whenComplete(
            (_, problem) -> {
              if (problem != null) {
                noCatalog.set(
                    new NoCatalog(
                        sequence, court.catalogs().whyNone(CatalogKey.of(upstream))));
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

  /** Asks the session's own server; all is settled. */
  Answer names(Case asked) {
    if (namesFailed) {
      namesFailed = false;
      return new Decision.Refuse(Refusals.movedNames());
    }
    long sequence = asked.submission().sequence();
    Reply reply = asked.reply();
    control
        .inquire(new Statement(NAMES, MAX_NAMES, PATIENCE))
        .whenComplete(
            (rows, problem) -> {
              namesFailed = problem != null || !told(rows);
              reply.again(sequence);
            });
    return Answer.LATER;
  }

  /** Whether it could be read; a path that cannot is one that nobody knows. */
  private boolean told(Rows rows) {
    try {
      return read(rows);
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  private boolean read(Rows rows) {
    Set<String> temporary = new HashSet<>();
    String path = "";
    String user = "";
    for (List<Value> row : rows.rows()) {
      if (!(row.get(0) instanceof Value.Text(String newPath))
          || !(row.get(1) instanceof Value.Text(String newUser))) {
        return false;
      }
      path = newPath;
      user = newUser;
      if (row.get(2) instanceof Value.Text(String name)) {
        temporary.add(name);
      }
    }
    names.told(SearchPath.parse(path), user, temporary);
    return true;
  }
}

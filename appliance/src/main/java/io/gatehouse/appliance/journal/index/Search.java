package io.gatehouse.appliance.journal.index;

import io.gatehouse.appliance.journal.read.Content;
import io.gatehouse.appliance.journal.read.Entry;
import io.gatehouse.appliance.journal.read.JournalReader;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds sessions and commands by what they say. Every record that is found was read: one that
 * nobody can read any more is not found. Not thread-safe.
 */
public final class Search implements AutoCloseable {
  private static final int INTENT = Kind.COMMAND_INTENT.code();

  /** Above it all commands of a segment are looked at, and not those of each session. */
  private static final int FEW_SESSIONS = 256;

  private static final long TAIL = -1;

  private final Indexes indexes;
  private final Openings openings;
  private final Terms terms;

  public Search(JournalReader reader, IndexFolder folder) {
    indexes = new Indexes(reader, folder);
    openings = new Openings(indexes);
    terms = folder.terms();
  }

  /**
   * A command that was found.
   *
   * @param opening of its session, if that is there
   */
  public record Hit(Entry intent, Content.Said said, Optional<Opening> opening) {}

  /** Takes what is found as it comes. */
  public interface Visitor<T> {
    /** Whether to go on. */
    boolean visit(T found) throws IOException;
  }

  /** Commands, in their order. Whether it came to the end. */
  public boolean commands(Query query, Visitor<Hit> visitor) throws IOException {
    Optional<Set<UUID>> sessions =
        query.session().isEmpty()
            ? Optional.empty()
            : Optional.of(openings.candidates(query.session()));
    Finding finding = new Finding(query, sessions, visitor);
    for (long first : indexes.reader().segments()) {
      Indexed indexed = indexes.of(first);
      if (indexed.between(query.from(), query.until())
          && !indexed.each(
              finding.rows(indexed), row -> finding.visit(indexed.entry(row), first))) {
        return false;
      }
    }
    return indexes.reader().tail(entry -> finding.visit(entry, TAIL));
  }

  /** One search for commands. */
  private final class Finding {
    private final Query query;
    private final Optional<Set<UUID>> sessions;
    private final Visitor<Hit> visitor;

    Finding(Query query, Optional<Set<UUID>> sessions, Visitor<Hit> visitor) {
      this.query = query;
      this.sessions = sessions;
      this.visitor = visitor;
    }

    RowList rows(Indexed indexed) throws IOException {
      if (sessions.isPresent() && sessions.get().size() <= FEW_SESSIONS) {
        RowList rows = RowList.EMPTY;
        for (UUID session : sessions.get()) {
          rows = rows.or(indexed.listed(terms(terms.session(session))));
        }
        return rows;
      }
      return indexed.listed(terms(terms.kind(INTENT)));
    }

    private long[] terms(long last) {
      long[] all = new long[query.command().size() + 1];
      int at = 0;
      for (Map.Entry<Facet, String> one : query.command().entrySet()) {
        all[at++] = terms.of(one.getKey(), one.getValue());
      }
      all[at] = last;
      return all;
    }

    boolean visit(Entry entry, long segment) throws IOException {
      UUID session = entry.row().session();
      if (entry.row().kind() != INTENT
          || !query.at(entry.row().wallClock())
          || (sessions.isPresent() && !sessions.get().contains(session))
          || !(indexes.reader().content(entry) instanceof Content.Said said)
          || !Facts.of(said).fit(query.command())) {
        return true;
      }
      Optional<Opening> opening = openings.of(session, segment);
      if (!query.session().isEmpty() && opening.filter(one -> one.fit(query.session())).isEmpty()) {
        return true;
      }
      return visitor.visit(new Hit(entry, said, opening));
    }
  }

  /** Openings of sessions, in their order; facets of commands do not count. */
  public boolean sessions(Query query, Visitor<Opening> visitor) throws IOException {
    for (long first : indexes.reader().segments()) {
      Indexed indexed = indexes.of(first);
      boolean ended =
          !indexed.between(query.from(), query.until())
              || indexed.find(
                  row -> opened(query, indexed.entry(row), first, visitor),
                  openings.terms(query.session()));
      if (!ended) {
        return false;
      }
    }
    return indexes.reader().tail(entry -> opened(query, entry, TAIL, visitor));
  }

  private boolean opened(Query query, Entry entry, long segment, Visitor<Opening> visitor)
      throws IOException {
    if (!Openings.is(entry) || !query.at(entry.row().wallClock())) {
      return true;
    }
    Opening opening = openings.read(entry, segment);
    return !opening.fit(query.session()) || visitor.visit(opening);
  }

  public Optional<Opening> opening(UUID session) throws IOException {
    return openings.of(session, TAIL);
  }

  /** All records of a session, in their order. Whether it came to the end. */
  public boolean records(UUID session, JournalReader.Visitor visitor) throws IOException {
    return records(session, 0, visitor);
  }

  /**
   * Those from a segment on.
   *
   * @param from the index of a record in it; -1 for the tail alone
   */
  private boolean records(UUID session, long from, JournalReader.Visitor visitor)
      throws IOException {
    List<Long> segments = indexes.reader().segments();
    for (int i = 0; i < segments.size(); i++) {
      if (from < 0 || (i + 1 < segments.size() && segments.get(i + 1) <= from)) {
        continue;
      }
      long first = segments.get(i);
      Indexed indexed = indexes.of(first);
      RowList rows = indexed.listed(terms.session(session));
      if (!indexed.each(rows, row -> taken(session, indexed.entry(row), visitor))) {
        return false;
      }
    }
    return indexes.reader().tail(entry -> taken(session, entry, visitor));
  }

  private static boolean taken(UUID session, Entry entry, JournalReader.Visitor visitor)
      throws IOException {
    return !entry.row().session().equals(session) || visitor.visit(entry);
  }

  /** How a session ended: its last record, if that says so. */
  public Optional<Content> closing(Opening opening) throws IOException {
    Content[] content = new Content[1];
    records(
        opening.session(),
        opening.segment(),
        entry -> {
          if (entry.row().kind() == Kind.SESSION_CLOSED.code()) {
            content[0] = indexes.reader().content(entry);
          }
          return content[0] == null;
        });
    return Optional.ofNullable(content[0]);
  }

  /**
   * All records that belong to what is looked for: whole sessions, or commands with what became of
   * them, or simply those of the time.
   */
  public void select(Query query, JournalReader.Visitor visitor) throws IOException {
    JournalReader.Visitor timely =
        entry -> !query.at(entry.row().wallClock()) || visitor.visit(entry);
    if (!query.command().isEmpty()) {
      commands(query, hit -> whole(hit.intent(), visitor) && answers(hit, visitor));
    } else if (!query.session().isEmpty()) {
      Query any = query.between(Long.MIN_VALUE, Long.MAX_VALUE);
      sessions(any, opening -> records(opening.session(), opening.segment(), timely));
    } else {
      indexes.reader().all(timely);
    }
  }

  /** An intent, and the parts of it that stand before it. Whether more is wanted. */
  private boolean whole(Entry intent, JournalReader.Visitor visitor) throws IOException {
    boolean isLong =
        indexes.reader().content(intent) instanceof Content.Said said && said.number("parts") > 0;
    if (isLong) {
      UUID session = intent.row().session();
      long sequence = intent.row().sequence();
      long[] before = {-1};
      records(
          session,
          entry -> {
            boolean part = entry.row().kind() == Kind.PART.code();
            boolean earlier = entry.row().sequence() < sequence;
            before[0] = earlier && !part ? entry.row().sequence() : before[0];
            return earlier;
          });
      records(
          session,
          entry ->
              entry.row().sequence() < sequence
                  && (entry.row().sequence() <= before[0] || visitor.visit(entry)));
    }
    return visitor.visit(intent);
  }

  /** What became of a command. Whether more is wanted. */
  private boolean answers(Hit hit, JournalReader.Visitor visitor) throws IOException {
    long sequence = hit.intent().row().sequence();
    boolean[] enough = new boolean[1];
    records(
        hit.intent().row().session(),
        hit.intent().index(),
        entry -> {
          if (entry.row().answers() != sequence) {
            return true;
          }
          enough[0] = !visitor.visit(entry);
          return !enough[0] && entry.row().kind() != Kind.COMMAND_OUTCOME.code();
        });
    return !enough[0];
  }

  @Override
  public void close() throws IOException {
    indexes.close();
  }
}

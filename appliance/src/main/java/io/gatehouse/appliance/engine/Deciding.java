package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.policy.Circumstances;
import io.gatehouse.appliance.protection.Shield;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.plugin.Caller;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.Upstream;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides the SQL of one session. Owned by the session's event loop. What has to be found out first
 * (a text nobody read, a catalog, what names mean) is found out elsewhere, and then the command is
 * submitted again: every decision is made here.
 */
final class Deciding implements Decides {
  private static final byte[] NOT_KEPT = {};

  private final Court court;
  private final CatalogKey place;
  private final InetAddress source;
  private final Keeping keeping = new Keeping();
  private final Portions portions = new Portions();
  private final StatementNames statements = new StatementNames();
  private final SessionNames names = new SessionNames(statements);
  private final Running running;
  private final Lookup lookup;
  private final Inquiries inquiries;
  private final PendingDefinitions definitions;
  private final SessionFindings findings;
  private final Descriptions descriptions;
  private final Grounds grounds = new Grounds();
  private final Upstream upstream;
  private final boolean ownIdentity;
  private boolean begun;

  /** Whether the next submission is the last one again. */
  private boolean submittedAgain;

  Deciding(
      Court court, Caller caller, Routes.Passage passage, Origin origin, SessionControl control) {
    this.court = court;
    this.upstream = passage.upstream();
    this.source = origin.source();
    this.ownIdentity = origin.ownIdentity() || passage.otherLogin();
    place = CatalogKey.of(upstream);
    running = new Running(court, place, control, keeping, origin.session());
    lookup = new Lookup(court, caller, passage.target(), upstream);
    inquiries = new Inquiries(court, passage, control, names, statements);
    definitions = new PendingDefinitions(court, passage.survey(), running);
    findings = new SessionFindings(court.findings(), origin.session(), caller, upstream);
    descriptions = new Descriptions(control, inquiries);
  }

  /**
   * Whence a session comes.
   *
   * @param session its number
   * @param source its address
   * @param ownIdentity whether the client's parameters may have chosen who it is at the server
   */
  record Origin(long session, InetAddress source, boolean ownIdentity) {}

  @Override
  public Grounds grounds() {
    return grounds;
  }

  @Override
  public Answer submit(Submission submission, Reply reply) {
    grounds.begin(lookup.omitsUnread());
    begins(submission.session());
    if (names.submitted(submission.sequence(), submission.session())) {
      running.transactionEnds();
    }
    boolean anew = !submittedAgain;
    submittedAgain = false;
    boolean defining = definitions.begins(anew);
    inquiries.begins(anew);
    descriptions.begins(anew);
    Answer answer = answer(submission, reply, defining);
    submittedAgain = answer instanceof Answer.Later;
    return answer;
  }

  private Answer answer(Submission submission, Reply reply, boolean defining) {
    return switch (submission.commands().getFirst()) {
      case CommandForm.Sql sql -> sql(submission, sql, reply, defining);
      case CommandForm.Named named -> named(submission, named, reply);
      case CommandForm.Call _ ->
          refuse(Refusals.notUnderstood("a call where SQL is spoken", "Send SQL."));
      case CommandForm.FunctionCall _ ->
          refuse(
              Refusals.notUnderstood(
                  "a function is called by its number, and rules are about names",
                  "Call it in SQL, as SELECT function(...)."));
    };
  }

  /**
   * A fresh session is who the catalog's own sessions are, unless something tells otherwise: the
   * client's parameters, another login, code that runs at every login.
   */
  private void begins(SessionView session) {
    if (begun) {
      return;
    }
    begun = true;
    String role = upstream.role();
    String user = role == null ? session.setting("session_authorization") : role;
    Catalog catalog = court.catalogs().current(place);
    if (catalog != null
        && user != null
        && !ownIdentity
        && !catalog.codeOnDefine()
        && catalog.user().equals(user)) {
      names.begins(session, user);
    }
  }

  private Answer sql(Submission submission, CommandForm.Sql sql, Reply reply, boolean defining) {
    boolean execution = submission.stage() == Submission.Stage.EXECUTE;
    Answer doubt = execution ? doubt(submission, sql, reply) : null;
    if (doubt != null) {
      return doubt;
    }
    if (execution && stale(sql.boundAfter())) {
      return refuse(Refusals.boundBefore());
    }
    NameState now = names.now(running.made());
    grounds.names(now);
    if (execution && Prepared.readOtherwise(sql.memo().get(), now)) {
      return refuse(Refusals.preparedOtherwise());
    }
    Known known =
        lookup.find(submission.session(), now, sql.text(), sql.mayHoldSeveral(), sql.binds());
    if (known != null && !execution) {
      prepares(submission.sequence(), sql, now);
    }
    if (known != null && known.runsFreely() && !defining) {
      grounds.free(known, lookup.policy());
      return Decision.RUN;
    }
    Case asked = new Case(submission, reply, sql.text(), sql.mayHoldSeveral(), sql.binds(), now);
    return known == null ? findOut(asked) : decide(asked, known);
  }

  private void prepares(long sequence, CommandForm.Sql sql, NameState now) {
    sql.memo().set(new Prepared(sequence, now));
    if (!sql.statementName().isEmpty()) {
      // SQL that runs it by its name reaches a text that is not kept here.
      keeping.deallocated(sql.statementName());
    }
  }

  /** Null if the text that was read stands behind its name. */
  private @Nullable Answer doubt(Submission submission, CommandForm.Sql sql, Reply reply) {
    if (sql.statementName().isEmpty() || names.failed()) {
      return null;
    }
    return switch (statements.trust(sql.statementName(), sql.memo().get())) {
      case TRUSTED -> null;
      case GONE -> refuse(Refusals.takenOver());
      case DOUBTFUL ->
          awaitNames(
              new Case(
                  submission,
                  reply,
                  sql.text(),
                  sql.mayHoldSeveral(),
                  sql.binds(),
                  NameState.UNKNOWN),
              Refusals.takenOver());
    };
  }

  /** Whether names may have meant something else when the server took them. */
  private boolean stale(long boundAfter) {
    return boundAfter > 0 && boundAfter < names.lastMover();
  }

  private Answer named(Submission submission, CommandForm.Named named, Reply reply) {
    Case asked =
        new Case(
            submission,
            reply,
            Unpooled.EMPTY_BUFFER,
            true,
            named.binds(),
            names.now(running.made()));
    List<Keeping.Cursor> cursors = new ArrayList<>();
    Case made =
        switch (named.kind()) {
          case STATEMENT -> prepared(asked, named.name());
          case CURSOR -> declared(asked, named.name(), cursors);
        };
    if (made == null) {
      return unread(asked, named.name());
    }
    if (stale(named.boundAfter())) {
      return refuse(Refusals.boundBefore());
    }
    Known known = lookup.find(made);
    return known == null ? findOut(made) : decide(made, List.of(known.behindName()), cursors);
  }

  private @Nullable Case prepared(Case asked, String name) {
    Keeping.Statement kept = keeping.statement(name);
    return kept == null || !kept.names().readsAs(asked.names())
        ? null
        : asked.of(Unpooled.wrappedBuffer(kept.text()), asked.names());
  }

  private @Nullable Case declared(Case asked, String name, List<Keeping.Cursor> used) {
    Keeping.Cursor cursor = keeping.cursor(name);
    if (cursor == null || asked.submission().session().portalBound(name)) {
      return null;
    }
    used.add(cursor);
    return asked.of(Unpooled.wrappedBuffer(cursor.text()), cursor.names());
  }

  private Answer unread(Case asked, String name) {
    SessionView session = asked.submission().session();
    boolean underWay = session.transaction() == SessionView.Transaction.UNDECIDED;
    if (underWay && !session.midBatch()) {
      return inquiries.whenSettled(asked);
    }
    return refuse(Refusals.unread(name));
  }

  private Answer findOut(Case asked) {
    return switch (lookup.start(asked)) {
      case UNDER_WAY -> Answer.LATER;
      case TOO_LONG -> refuse(Refusals.tooLong());
      case TOO_MANY -> refuse(Refusals.busy());
      case NO_CATALOG -> inquiries.catalog(asked);
    };
  }

  /** The text, and the texts behind the names that it uses. */
  private Answer decide(Case asked, Known known) {
    List<Known> all = new ArrayList<>();
    List<Keeping.Cursor> cursors = new ArrayList<>();
    all.add(known);
    for (int i = 0; i < known.parts().size(); i++) {
      for (Consequence consequence : known.parts().get(i).analysed().consequences()) {
        String name = UsedNames.of(consequence);
        if (name == null || UsedNames.madeEarlier(known, i, consequence)) {
          continue;
        }
        Case made =
            consequence instanceof Consequence.Fetches
                ? declared(asked, name, cursors)
                : prepared(asked, name);
        if (made == null || UsedNames.remadeEarlier(known, i, name)) {
          return unread(asked, name);
        }
        Known behind = lookup.find(made);
        if (behind == null) {
          return findOut(made);
        }
        all.add(behind.behindName());
      }
    }
    return decide(asked, all, cursors);
  }

  private Answer decide(Case asked, List<Known> all, List<Keeping.Cursor> cursors) {
    grounds.rest(all, lookup.policy());
    if (all.stream().anyMatch(Known::awaitsNames)) {
      return awaitNames(asked, Refusals.movedNames());
    }
    Answer undefined = definitions.waitFor(asked, all);
    if (undefined != null) {
      return undefined;
    }
    NotBoundYet unbound = new NotBoundYet();
    Circumstances now =
        new Circumstances(
            court.clock().instant(), source, asked.execution() ? asked.binds() : unbound);
    Catalog catalog = court.catalogs().current(place);
    if (catalog == null) {
      return inquiries.catalog(asked);
    }
    grounds.catalog(catalog.version());
    Weighing weighing =
        new Weighing(
            now, new Shield(catalog, court.masks().of(lookup.policy(), catalog)), lookup.policy());
    Refusal refusal = weighing.of(all, unbound);
    grounds.by(weighing.rule(), weighing.masks(), weighing.recordTerms());
    if (refusal != null) {
      return refuse(refusal);
    }
    if (!asked.execution()) {
      return Decision.RUN;
    }
    Answer undescribed = descriptions.of(asked, weighing, running.code());
    return undescribed == null ? run(asked, all, weighing, catalog, cursors) : undescribed;
  }

  private Answer awaitNames(Case asked, Refusal otherwise) {
    SessionView session = asked.submission().session();
    if (names.failed()) {
      // The server answers no question there.
      return refuse(otherwise);
    }
    boolean underWay = session.transaction() == SessionView.Transaction.UNDECIDED;
    return underWay && !session.midBatch()
        ? inquiries.whenSettled(asked)
        : inquiries.names(asked, otherwise);
  }

  private Answer run(
      Case asked,
      List<Known> all,
      Weighing weighing,
      Catalog catalog,
      List<Keeping.Cursor> cursors) {
    long sequence = asked.submission().sequence();
    ResultLimits limits = ResultLimits.NONE;
    if (weighing.countsRows()) {
      List<Portions.Taken> taken = taken(asked, cursors);
      if (portions.underWay(taken)) {
        return refuse(Refusals.portionUnderWay());
      }
      limits = portions.runs(sequence, taken, weighing.bounds());
    }
    ResultPlan plan =
        weighing.searches()
            ? weighing.searchedPlan(catalog, findings.begins(sequence))
            : weighing.plan();
    Decision decision =
        plan.equals(ResultPlan.UNTOUCHED) && limits.equals(ResultLimits.NONE)
            ? Decision.RUN
            : new Decision.Run(plan, limits);
    if (weighing.masks()) {
      findings.masks(sequence, weighing.masked());
    }
    Known together = Known.of(all.stream().flatMap(known -> known.parts().stream()).toList());
    names.runs(sequence, together);
    boolean kept =
        together.leaves(Consequence.Prepares.class) || together.leaves(Consequence.Declares.class);
    byte[] text = kept ? ByteBufUtil.getBytes(asked.text()) : NOT_KEPT;
    running.runs(sequence, together, text, asked.names(), weighing.bounds().time());
    return decision;
  }

  private List<Portions.Taken> taken(Case asked, List<Keeping.Cursor> cursors) {
    return cursors.isEmpty()
        ? List.of(portions.of(asked.submission().commands().getFirst()))
        : cursors.stream().map(Keeping.Cursor::taken).distinct().toList();
  }

  private static Decision refuse(Refusal refusal) {
    return new Decision.Refuse(refusal);
  }

  @Override
  public Noted noted(long sequence) {
    return findings.noted(sequence);
  }

  @Override
  public void outcome(long sequence, OutcomeKind kind, long rows, long bytes) {
    portions.outcome(sequence, rows, bytes);
    running.outcome(sequence, kind);
    findings.outcome(sequence);
    names.outcome(sequence, kind);
  }

  @Override
  public void settled(SessionView session) {
    begins(session);
    names.settled(session);
    running.settled(session);
    portions.settled(session);
    inquiries.askAhead();
    inquiries.settled();
  }

  @Override
  public void withdrawn() {
    submittedAgain = false;
    inquiries.withdrawn();
  }

  @Override
  public void closed() {
    running.closed();
    findings.closed();
  }
}

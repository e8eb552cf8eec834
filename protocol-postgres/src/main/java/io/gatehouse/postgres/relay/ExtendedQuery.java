package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.frame.FrameReader;
import io.gatehouse.postgres.message.FrontendType;
import io.gatehouse.postgres.relay.PendingReplies.Kind;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Walk.Step;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The messages of the extended query protocol: a text is submitted when it is prepared, and again
 * with its values each time it runs. Owned by the session's event loop.
 */
final class ExtendedQuery {
  /**
   * NAMEDATALEN less one: of longer names of statements and portals the server looks at this many
   * bytes, so that two of them can be one.
   */
  private static final int LONGEST_NAME = 63;

  private final ClientFlow flow;
  private final Session session;
  private final Names names;
  private final FrontCommand front;
  private final CommandView view;

  /** The statement that the gate is deciding on. */
  private Names.@Nullable Prepared draft;

  ExtendedQuery(
      ClientFlow flow, Session session, Names names, FrontCommand front, CommandView view) {
    this.flow = flow;
    this.session = session;
    this.names = names;
    this.front = front;
    this.view = view;
  }

  Step parse(ByteBuf content) {
    String name = Frames.name(content);
    byte[] text = Frames.text(content);
    int[] types = Frames.parameterTypes(content);
    if (tooLong(name)) {
      return refuseName(FrontendType.PARSE);
    }
    if (!name.isEmpty()
        && names.statement(name) == null
        && names.statementCount() >= session.limits().of(Limit.PREPARED_STATEMENTS)) {
      return flow.refuse(FrontendType.PARSE, tooMany(Limit.PREPARED_STATEMENTS));
    }
    if (tooMuchKept(text.length)) {
      return flow.refuse(FrontendType.PARSE, tooMany(Limit.SESSION_BYTES));
    }
    Decision decision = front.taken();
    // After a late answer the draft is the one that was submitted, with what the gate noted on it.
    Names.Prepared prepared =
        decision != null && draft != null ? draft : names.draft(name, text, types);
    draft = null;
    if (decision == null) {
      decision = front.submit(view.prepare(prepared));
    }
    return switch (decision) {
      case null -> {
        draft = prepared;
        yield Step.STOP;
      }
      case Decision.Refuse(Refusal refusal) -> flow.refuse(FrontendType.PARSE, refusal);
      case Decision.Run _ -> {
        names.define(prepared);
        yield flow.expect(Kind.PARSE, prepared);
      }
    };
  }

  private static boolean tooLong(String name) {
    return name.length() > LONGEST_NAME;
  }

  private Step refuseName(byte type) {
    return flow.refuse(
        type,
        Refusal.of(
                Refusal.Kind.NOT_UNDERSTOOD,
                "the name of a prepared statement or portal is longer than "
                    + LONGEST_NAME
                    + " bytes")
            .withHint("Use a shorter name: the server would cut it."));
  }

  private boolean tooMuchKept(int more) {
    return names.keptBytes() + more > session.limits().of(Limit.SESSION_BYTES);
  }

  private Refusal tooMany(Limit limit) {
    session.meters().limitReached(limit);
    return Refusal.of(Refusal.Kind.LIMIT, "the session keeps too much: " + limit.meaning())
        .withDetail("Limit " + limit.key() + " is " + session.limits().of(limit) + ".")
        .withHint("Close those that are no longer needed.");
  }

  Step bind(ByteBuf content) {
    String portalName = Frames.name(content);
    String statementName = Frames.name(content);
    if (tooLong(portalName) || tooLong(statementName)) {
      return refuseName(FrontendType.BIND);
    }
    Names.Prepared prepared = names.statement(statementName);
    if (names.unsettled(prepared)) {
      return Step.STOP;
    }
    if (!portalName.isEmpty()
        && names.portalCount() >= session.limits().of(Limit.PORTALS)
        && names.portal(portalName) == null) {
      return flow.refuse(FrontendType.BIND, tooMany(Limit.PORTALS));
    }
    if (tooMuchKept(portalName.isEmpty() ? 0 : content.writerIndex())) {
      return flow.refuse(FrontendType.BIND, tooMany(Limit.SESSION_BYTES));
    }
    content.readerIndex(0);
    Names.Portal portal = names.bind(portalName, prepared, statementName, content);
    portal.boundAfter = view.sequence();
    return flow.expect(Kind.BIND, portal);
  }

  Step describe(ByteBuf content) {
    byte what = Frames.kind(content);
    return flow.expect(what == 'S' ? Kind.DESCRIBE_STATEMENT : Kind.DESCRIBE_PORTAL, null);
  }

  Step close(ByteBuf content) {
    byte what = Frames.kind(content);
    String name = Frames.name(content);
    if (tooLong(name)) {
      return refuseName(FrontendType.CLOSE);
    }
    if (what == 'S') {
      return flow.expect(Kind.CLOSE, names.closeStatement(name));
    }
    names.closePortal(name);
    return flow.expect(Kind.CLOSE, null);
  }

  Step execute(ByteBuf input, int body, int length) {
    Execution cleared = front.cleared();
    if (cleared != null) {
      int header = FrameReader.HEADER_BYTES;
      return forwardGuarded(input.retainedSlice(body - header, length + header), cleared);
    }
    String name = Frames.name(input.slice(body, length));
    if (tooLong(name)) {
      return refuseName(FrontendType.EXECUTE);
    }
    Names.Portal portal = names.portal(name);
    if (names.unsettled(portal)) {
      return Step.STOP;
    }
    Decision decision = decideExecute(name, portal);
    return switch (decision) {
      case null -> Step.STOP;
      case Decision.Refuse(Refusal refusal) -> flow.refuse(FrontendType.EXECUTE, refusal);
      case Decision.Run run when Execution.free(run) ->
          flow.expect(Kind.EXECUTE, front.started(run));
      case Decision.Run run -> describeFirst(name, run);
    };
  }

  private @Nullable Decision decideExecute(String name, Names.@Nullable Portal portal) {
    Names.Prepared prepared = portal == null ? null : portal.prepared;
    Decision decision = front.taken();
    if (prepared != null && prepared.redecide) {
      decision = decision == null ? front.submit(view.prepare(prepared)) : decision;
      if (!(decision instanceof Decision.Run)) {
        return decision;
      }
      prepared.redecide = false;
      decision = null;
    }
    if (decision != null) {
      return decision;
    }
    if (portal == null || portal.doubtful) {
      return front.submit(view.fetch(name));
    }
    try {
      return front.submit(
          prepared == null || prepared.doubtful
              ? view.executeNamed(portal)
              : view.execute(prepared, portal));
    } catch (ProtocolException malformed) {
      // The server refuses such a Bind itself, and its error comes first.
      return new Decision.Refuse(
          Refusal.of(Refusal.Kind.NOT_UNDERSTOOD, String.valueOf(malformed.getMessage())));
    }
  }

  /**
   * The result has to be seen before the command runs: the gate describes the portal itself and
   * swallows the answer, so that a refusal comes before Execute and never after.
   */
  private Step describeFirst(String portal, Decision.Run run) {
    flow.insert(Frames.describePortalAndFlush(session.client().alloc(), portal));
    Execution execution = front.started(run);
    flow.expect(Kind.GATE_DESCRIBE, execution);
    session.guard(execution);
    return Step.STOP;
  }

  private Step forwardGuarded(ByteBuf frame, Execution execution) {
    flow.insert(frame);
    flow.insert(Frames.FLUSH.duplicate());
    flow.expect(Kind.EXECUTE, execution);
    session.begin(execution);
    return Step.DROP;
  }
}

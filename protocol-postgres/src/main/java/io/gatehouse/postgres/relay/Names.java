package io.gatehouse.postgres.relay;

import io.gatehouse.spi.CommandForm;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the session's prepared statements and portals are. Definitions count as soon as they were
 * forwarded, because a failure makes the server skip the rest of the batch; from the next batch on
 * only what the server confirmed counts. Owned by the session's event loop.
 */
final class Names {

  /** A statement made by Parse. */
  static final class Prepared {
    final String name;
    final byte[] text;
    final int[] parameterTypes;
    final CommandForm.Memo memo = new CommandForm.Memo();
    private final long batch;

    /** Whether the server answered its Parse. */
    boolean confirmed;

    /** Whether SQL may have put another statement under its name since. */
    boolean doubtful;

    /** Whether the gate wants to be asked again before it runs. */
    boolean redecide;

    Prepared(String name, byte[] text, int[] parameterTypes, long batch) {
      this.name = name;
      this.text = text;
      this.parameterTypes = parameterTypes;
      this.batch = batch;
    }
  }

  /** A portal made by Bind. */
  static final class Portal {
    final String name;

    /** What is bound; null if SQL made it and the gate never saw its text. */
    final @Nullable Prepared prepared;

    final String statementName;
    private final long batch;

    /** The body of the Bind message. */
    private byte[] bind = NOTHING;

    private int bindLength;

    /** The last submission before its Bind. */
    long boundAfter;

    /** Whether the server answered its Bind. */
    boolean confirmed;

    /** Whether SQL may have put another cursor under its name since. */
    boolean doubtful;

    /** Whether it was never made. */
    private boolean failed;

    Portal(String name, @Nullable Prepared prepared, String statementName, long batch) {
      this.name = name;
      this.prepared = prepared;
      this.statementName = statementName;
      this.batch = batch;
    }

    private void keepBind(ByteBuf body) {
      int length = body.readableBytes();
      if (bind.length < length) {
        bind = new byte[Math.max(length, USUAL_BIND_BYTES)];
      }
      body.getBytes(body.readerIndex(), bind, 0, length);
      bindLength = length;
    }

    private boolean answered() {
      return confirmed || failed;
    }

    /** The body of its Bind message; not to be released. */
    ByteBuf bind() {
      return Unpooled.wrappedBuffer(bind, 0, bindLength);
    }
  }

  /** More than these are not told apart. */
  private static final int MOST_BOUND = 10_000;

  private static final int USUAL_BIND_BYTES = 256;
  private static final int LARGE_BIND_BYTES = 8_192;
  private static final byte[] NOTHING = {};

  private final Map<String, Prepared> statements = new HashMap<>();
  private final Map<String, Portal> portals = new HashMap<>();

  /** The definitions that a pending Parse replaces, to come back if it fails. */
  private final Map<String, Prepared> replaced = new HashMap<>();

  /** The last portal that was bound under each name and whose transaction has not ended. */
  private final Map<String, Portal> bound = new HashMap<>();

  /** The last one for which there was no room among them. */
  private @Nullable Portal boundBeside;

  private long keptBytes;
  private @Nullable Prepared unnamedStatement;
  private Portal unnamedPortal = new Portal("", null, "", 0);
  private boolean unnamedPortalOpen;
  private long batch;

  /** A Sync (or a message that ends a batch like one) was forwarded. */
  void batchEnds() {
    batch++;
  }

  /** How many have ended. */
  long batches() {
    return batch;
  }

  /** The texts of named statements and the bind values of named portals. */
  long keptBytes() {
    return keptBytes;
  }

  int statementCount() {
    return statements.size();
  }

  int portalCount() {
    return portals.size();
  }

  /** A statement to be decided on, not defined yet. */
  Prepared draft(String name, byte[] text, int[] parameterTypes) {
    return new Prepared(name, text, parameterTypes, batch);
  }

  /** Its Parse is forwarded. */
  void define(Prepared prepared) {
    if (prepared.name.isEmpty()) {
      unnamedStatement = prepared;
      return;
    }
    Prepared before = put(prepared);
    if (before != null && before.confirmed) {
      replaced.put(prepared.name, before);
    }
  }

  void parsed(Prepared prepared) {
    prepared.confirmed = true;
    replaced.remove(prepared.name);
  }

  /** The server refused or skipped its Parse. A named one keeps what it was (SQLSTATE 42P05). */
  void notParsed(Prepared prepared) {
    if (prepared.name.isEmpty()) {
      if (unnamedStatement == prepared) {
        unnamedStatement = null;
      }
      return;
    }
    Prepared before = replaced.remove(prepared.name);
    if (statements.get(prepared.name) == prepared) {
      if (before == null) {
        removeStatement(prepared.name);
      } else {
        put(before);
      }
    }
  }

  /** Whether an earlier batch defines it and the server has not said yet how that went. */
  boolean unsettled(@Nullable Prepared prepared) {
    return prepared != null && !prepared.confirmed && prepared.batch != batch;
  }

  boolean unsettled(@Nullable Portal portal) {
    return portal != null && !portal.confirmed && portal.batch != batch;
  }

  @Nullable Prepared statement(String name) {
    return name.isEmpty() ? unnamedStatement : statements.get(name);
  }

  @Nullable Portal portal(String name) {
    if (name.isEmpty()) {
      return unnamedPortalOpen ? unnamedPortal : null;
    }
    return portals.get(name);
  }

  /** A Bind is forwarded. */
  Portal bind(String name, @Nullable Prepared prepared, String statementName, ByteBuf body) {
    Portal portal = new Portal(name, prepared, statementName, batch);
    if (name.isEmpty()) {
      // The portal it replaces is never asked about again, so its array can serve once more.
      if (unnamedPortal.bind.length <= LARGE_BIND_BYTES) {
        portal.bind = unnamedPortal.bind;
      }
      unnamedPortal = portal;
      unnamedPortalOpen = true;
    } else {
      closePortal(name);
      portals.put(name, portal);
      noteBound(portal);
      keptBytes += body.readableBytes();
    }
    portal.keepBind(body);
    return portal;
  }

  private void noteBound(Portal portal) {
    if (bound.size() >= MOST_BOUND) {
      boundBeside = portal;
    } else {
      bound.put(portal.name, portal);
    }
  }

  /**
   * Whether a portal may have had the name since the transaction began, closed or not: what the
   * server has of it after a Close or a second Bind that it skipped is not followed.
   */
  boolean bound(String name) {
    return boundBeside != null || bound.containsKey(name);
  }

  void notBound(Portal portal) {
    portal.failed = true;
    if (portal == unnamedPortal) {
      unnamedPortalOpen = false;
    } else if (portals.get(portal.name) == portal) {
      closePortal(portal.name);
    }
  }

  /** Returns what the name meant, to come back if the server skips the Close. */
  @Nullable Prepared closeStatement(String name) {
    Prepared before = statement(name);
    if (name.isEmpty()) {
      unnamedStatement = null;
    } else {
      removeStatement(name);
    }
    return before;
  }

  void notClosed(Prepared prepared) {
    if (prepared.name.isEmpty()) {
      unnamedStatement = unnamedStatement == null ? prepared : unnamedStatement;
    } else if (!statements.containsKey(prepared.name)) {
      put(prepared);
    }
  }

  void closePortal(String name) {
    if (name.isEmpty()) {
      unnamedPortalOpen = false;
    } else {
      Portal removed = portals.remove(name);
      keptBytes -= removed == null ? 0 : removed.bindLength;
    }
  }

  private @Nullable Prepared put(Prepared prepared) {
    Prepared before = statements.put(prepared.name, prepared);
    keptBytes += prepared.text.length - (before == null ? 0 : before.text.length);
    return before;
  }

  private void removeStatement(String name) {
    Prepared removed = statements.remove(name);
    keptBytes -= removed == null ? 0 : removed.text.length;
  }

  /** A simple query destroys both unnamed ones ("Message Flow", simple query). */
  void simpleQuery() {
    unnamedStatement = null;
    unnamedPortalOpen = false;
  }

  /** Portals end with their transaction. */
  void transactionEnded() {
    if (unnamedPortal.confirmed) {
      unnamedPortalOpen = false;
    }
    if (boundBeside != null && boundBeside.answered()) {
      boundBeside = null;
    }
    if (bound.isEmpty()) {
      return;
    }
    bound.values().removeIf(Portal::answered);
    List<String> ended =
        portals.values().stream()
            .filter(portal -> portal.confirmed)
            .map(portal -> portal.name)
            .toList();
    ended.forEach(this::closePortal);
  }

  /** DEALLOCATE ALL and DISCARD ALL take the protocol's statements too. */
  void deallocatedAll() {
    List<String> gone =
        statements.values().stream()
            .filter(known -> known.confirmed)
            .map(known -> known.name)
            .toList();
    gone.forEach(this::removeStatement);
    if (unnamedStatement != null && unnamedStatement.confirmed) {
      unnamedStatement = null;
    }
  }

  /** SQL's PREPARE shares the name space: after DEALLOCATE a known name may mean another text. */
  void preparedInSql() {
    for (Prepared prepared : statements.values()) {
      prepared.doubtful = true;
    }
  }

  /** SQL's DECLARE shares the portals' name space in the same way, after CLOSE. */
  void declaredInSql() {
    for (Portal portal : portals.values()) {
      portal.doubtful = true;
    }
  }

  void redecideAll() {
    for (Prepared prepared : statements.values()) {
      forget(prepared);
    }
    if (unnamedStatement != null) {
      forget(unnamedStatement);
    }
  }

  private static void forget(Prepared prepared) {
    prepared.memo.set(null);
    prepared.redecide = true;
  }
}

package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.ServerStatus;
import io.gatehouse.mysql.message.SessionChange;
import io.gatehouse.mysql.value.Collations;
import io.gatehouse.spi.SessionView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The session as its server last told it: the status of its OKs and ends, and what session tracking
 * tells. Owned by the session's event loop, and readable while a submission is.
 */
final class StatusView implements SessionView {
  /** The setting under which the database is kept that names without one are looked for in. */
  static final String SCHEMA = "schema";

  /** What a server parses a text by, and then keeps, or looks up anew, each as it likes. */
  private static final List<String> OF_TEXTS =
      List.of(
          SCHEMA,
          "sql_mode",
          "character_set_client",
          "character_set_connection",
          "collation_connection");

  private static final int LASTING =
      ServerStatus.IN_TRANSACTION
          | ServerStatus.AUTOCOMMIT
          | ServerStatus.NO_BACKSLASH_ESCAPES
          | ServerStatus.IN_READ_ONLY_TRANSACTION;

  private final Map<String, String> settings = new HashMap<>();

  /** Whether the character set that the session began with is UTF-8, and still known. */
  private boolean begunInUtf8;

  /** Whether the server was told so, and agreed. */
  private boolean mayHoldSeveral;

  private int status;
  private long batches;

  void told(OkPacket ok) {
    status = ok.status();
    for (SessionChange change : ok.changes()) {
      switch (change) {
        case SessionChange.Schema(String name) -> settings.put(SCHEMA, name);
        case SessionChange.Variables(var all) ->
            all.forEach(one -> settings.put(one.name(), one.value()));
        case SessionChange.Other _ -> {
          // Of transactions and GTIDs the engine asks nothing.
        }
      }
    }
  }

  /** Whether a text may hold several statements. */
  boolean mayHoldSeveral() {
    return mayHoldSeveral;
  }

  void mayHoldSeveral(boolean newSeveral) {
    mayHoldSeveral = newSeveral;
  }

  void status(int newStatus) {
    status = newStatus;
  }

  /** What the server last said of the session, without what it said of the answer. */
  int lasting() {
    return status & LASTING;
  }

  void schema(String name) {
    settings.put(SCHEMA, name);
  }

  /** What the login asked for, which the server does not confirm. */
  void collation(int collation) {
    begunInUtf8 = Collations.utf8(collation);
  }

  /** All settings become the server's own, but for the database: nobody tells what these are. */
  void reset() {
    settings.keySet().retainAll(List.of(SCHEMA));
    begunInUtf8 = false;
  }

  /** What a text that is prepared now means rests on; equal as long as that is the same. */
  Map<String, String> ofTexts() {
    Map<String, String> known = new HashMap<>(settings);
    known.keySet().retainAll(OF_TEXTS);
    return known;
  }

  /** Whether text of the client's is UTF-8, as far as the server has told. */
  boolean utf8() {
    String told = settings.get("character_set_client");
    return told == null ? begunInUtf8 : told.startsWith("utf8");
  }

  /** A command has ended. */
  void batchEnded() {
    batches++;
  }

  @Override
  public Transaction transaction() {
    return (status & ServerStatus.IN_TRANSACTION) != 0 ? Transaction.OPEN : Transaction.NONE;
  }

  @Override
  public boolean midBatch() {
    return false;
  }

  @Override
  public long batches() {
    return batches;
  }

  @Override
  public boolean portalBound(String name) {
    return false;
  }

  @Override
  public @Nullable String setting(String name) {
    return settings.get(name);
  }
}

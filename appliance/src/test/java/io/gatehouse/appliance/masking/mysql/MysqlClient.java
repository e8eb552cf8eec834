package io.gatehouse.appliance.masking.mysql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.appliance.masking.mysql.MysqlStep.Again;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Bytes;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Cursor;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Database;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Keep;
import io.gatehouse.appliance.masking.mysql.MysqlStep.LongData;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Option;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Prepared;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Raw;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Reset;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Text;
import io.gatehouse.mysql.message.BoundValues;
import io.gatehouse.mysql.message.ColumnType;
import io.gatehouse.mysql.message.ComInitDb;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ComResetConnection;
import io.gatehouse.mysql.message.ComSetOption;
import io.gatehouse.mysql.message.ComStmtClose;
import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.ComStmtFetch;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.ComStmtSendLongData;
import io.gatehouse.mysql.message.Command;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.Parameter;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.message.ServerStatus;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client without a driver that keeps every byte it is sent after its login. */
final class MysqlClient implements AutoCloseable {
  private static final int FETCHED = 3;

  /** This command cannot be prepared. */
  private static final int NOT_PREPARED = 1295;

  private final RawConnection connection;
  private final Conversation conversation;
  private final ByteArrayOutputStream tap = new ByteArrayOutputStream();
  private final List<Message> answers = new ArrayList<>();
  private final Map<String, PrepareOk> kept = new HashMap<>();
  private boolean open = true;

  private MysqlClient(RawConnection connection) {
    this.connection = connection;
    conversation = new Conversation(connection);
    connection.tap(tap);
    connection.anyCharset();
  }

  static MysqlClient connect(MysqlLogin login) {
    RawClient.Entered entered =
        RawClient.enter(
            login.port(),
            new RawClient.Login(login.user(), login.password(), login.database()),
            login.plugin(),
            RawClient.USUAL,
            login.tls(),
            RawClient.USUALLY);
    if (entered.heard().getLast() instanceof ErrPacket error) {
      throw new IllegalStateException(login + ": " + error);
    }
    return new MysqlClient(entered.connection());
  }

  /** Does one thing after the other, until the connection ends; what comes meanwhile. */
  MysqlAnswer take(List<MysqlStep> steps) {
    tap.reset();
    answers.clear();
    for (int i = 0; i < steps.size() && open; i++) {
      try {
        take(steps.get(i));
      } catch (UncheckedIOException closed) {
        open = false;
      }
    }
    return new MysqlAnswer(tap.toByteArray(), answers);
  }

  private void take(MysqlStep step) {
    switch (step) {
      case Text(var sql) -> ask(query(sql.getBytes(UTF_8)));
      case Bytes(var text) -> ask(query(text));
      case Prepared(var sql, var binds) -> prepared(sql, binds, 0);
      case Cursor(var sql) -> prepared(sql, List.of(), ComStmtExecute.CURSOR);
      case Keep(var name, var sql) -> {
        List<Message> answer = prepare(sql);
        answers.addAll(answer);
        if (answer.getFirst() instanceof PrepareOk ok) {
          kept.put(name, ok);
        }
      }
      case Again(var name) -> {
        PrepareOk ok = kept.get(name);
        if (ok != null) {
          execute(ok, List.of(), 0);
        }
      }
      case LongData(var name, var data) -> {
        PrepareOk ok = kept.get(name);
        if (ok != null) {
          conversation.tell(new ComStmtSendLongData(ok.statement(), 0, data.getBytes(UTF_8)));
        }
      }
      case Database(var name) -> ask(new ComInitDb(name.getBytes(UTF_8)));
      case Reset() -> ask(new ComResetConnection());
      case Option(int number) -> ask(new ComSetOption(number));
      case Raw(var payload) -> raw(payload);
    }
  }

  private static ComQuery query(byte[] text) {
    return new ComQuery(List.of(), text);
  }

  private List<Message> ask(Command command) {
    List<Message> answer = conversation.ask(command);
    answers.addAll(answer);
    return answer;
  }

  /** The number that a statement gets counts those of other sessions too, and is left out. */
  private List<Message> prepare(String sql) {
    int before = tap.size();
    List<Message> answer = conversation.ask(new ComStmtPrepare(sql.getBytes(UTF_8)));
    if (answer.getFirst() instanceof PrepareOk) {
      byte[] all = tap.toByteArray();
      Arrays.fill(all, before + 1, before + 1 + Integer.BYTES, (byte) 0);
      tap.reset();
      tap.writeBytes(all);
    }
    return answer;
  }

  /** What cannot be prepared is asked as text. */
  private void prepared(String sql, List<String> binds, int flags) {
    List<Message> answer = prepare(sql);
    if (answer.getFirst() instanceof ErrPacket error && error.code() == NOT_PREPARED) {
      ask(query(sql.getBytes(UTF_8)));
      return;
    }
    answers.addAll(answer);
    if (answer.getFirst() instanceof PrepareOk ok) {
      execute(ok, binds, flags);
      conversation.tell(new ComStmtClose(ok.statement()));
    }
  }

  private void execute(PrepareOk ok, List<String> binds, int flags) {
    ComStmtExecute plain = new ComStmtExecute(ok.statement(), flags, 1, new byte[0]);
    byte[] bound = bound(ok.parameters(), binds).encode(plain, conversation.spoken());
    List<Message> answer = ask(new ComStmtExecute(ok.statement(), flags, 1, bound));
    boolean opened =
        !(answer.getLast() instanceof ErrPacket)
            && (conversation.status() & ServerStatus.CURSOR_EXISTS) != 0;
    while (opened) {
      List<Message> rows = ask(new ComStmtFetch(ok.statement(), FETCHED));
      opened =
          !(rows.getLast() instanceof ErrPacket)
              && (conversation.status() & ServerStatus.LAST_ROW_SENT) == 0;
    }
  }

  /** Empty is NULL, and so is what is not there, unless it comes as long data. */
  private static BoundValues bound(int parameters, List<String> binds) {
    if (parameters == 0) {
      return BoundValues.NONE;
    }
    Parameter.Type type = new Parameter.Type(ColumnType.VAR_STRING, "");
    BitSet nulls = new BitSet();
    List<Parameter> values = new ArrayList<>();
    for (int i = 0; i < parameters; i++) {
      boolean absent = i >= binds.size() || binds.get(i).isEmpty();
      nulls.set(i, absent && !binds.isEmpty());
      values.add(new Parameter(type, absent ? null : binds.get(i).getBytes(UTF_8)));
    }
    return new BoundValues(true, nulls, values);
  }

  private void raw(byte[] payload) {
    byte[] packet = new byte[payload.length + 4];
    packet[0] = (byte) payload.length;
    packet[1] = (byte) (payload.length >> 8);
    packet[2] = (byte) (payload.length >> 16);
    System.arraycopy(payload, 0, packet, 4, payload.length);
    connection.send(packet);
    connection.expect(1);
    byte[] first = connection.read();
    boolean one = (first[0] & 0xFF) == ErrPacket.HEADER || (first[0] & 0xFF) == 0;
    while (!one) {
      byte[] next = connection.read();
      one = (next.length < 9 && (next[0] & 0xFF) == 0xFE) || (next[0] & 0xFF) == ErrPacket.HEADER;
    }
    if ((first[0] & 0xFF) == ErrPacket.HEADER) {
      answers.add(connection.decode(first, ErrPacket::decode));
    }
  }

  boolean open() {
    return open;
  }

  @Override
  public void close() {
    connection.close();
  }
}

package io.gatehouse.appliance.engine;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One message of a client, as the port shows it. */
record Asked(long sequence, Stage stage, CommandForm form, SessionView session)
    implements Submission {

  @Override
  public List<CommandForm> commands() {
    return List.of(form);
  }

  /**
   * SQL text.
   *
   * @param statementName empty for none
   * @param boundAfter 0 for what was not bound
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Text(
      byte[] bytes,
      String statementName,
      long boundAfter,
      boolean mayHoldSeveral,
      Binds binds,
      Memo memo)
      implements CommandForm.Sql {

    static Text of(String sql) {
      return new Text(bytes(sql), "", 0, true, Binds.NONE, new Memo());
    }

    static Text prepared(String name, String sql, Binds types) {
      return new Text(bytes(sql), name, 0, false, types, new Memo());
    }

    Text boundAfter(long submission, Binds values) {
      return new Text(bytes, statementName, submission, mayHoldSeveral, values, memo);
    }

    Text withBinds(Binds other) {
      return new Text(bytes, statementName, boundAfter, mayHoldSeveral, other, memo);
    }

    Text withBytes(byte[] other) {
      return new Text(other, statementName, boundAfter, mayHoldSeveral, binds, memo);
    }

    Text alone() {
      return new Text(bytes, statementName, boundAfter, false, binds, memo);
    }

    private static byte[] bytes(String sql) {
      return sql.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public ByteBuf text() {
      return Unpooled.wrappedBuffer(bytes);
    }

    @Override
    public String portalName() {
      return "";
    }
  }

  /** What stands behind a name that SQL gave. */
  record Behind(Kind kind, String name, long boundAfter, Binds binds)
      implements CommandForm.Named {}

  /** Types and, once it is bound, values. */
  record Values(List<String> types, List<Value> values) implements Binds {

    static Values types(String... types) {
      return new Values(List.of(types), List.of());
    }

    static Values of(Value... values) {
      return new Values(List.of(), List.of(values));
    }

    @Override
    public int count() {
      return values.size();
    }

    @Override
    public int declaredTypes() {
      return types.size();
    }

    @Override
    public String type(int index) {
      return types.get(index);
    }

    @Override
    public boolean binary(int index) {
      return false;
    }

    @Override
    public Value value(int index) {
      return values.get(index);
    }

    @Override
    public void raw(int index, Raw to) {
      if (values.get(index) instanceof Value.Null) {
        to.value(Unpooled.EMPTY_BUFFER, 0, -1);
      } else {
        byte[] text = bytes(values.get(index).toString());
        to.value(Unpooled.wrappedBuffer(text), 0, text.length);
      }
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}

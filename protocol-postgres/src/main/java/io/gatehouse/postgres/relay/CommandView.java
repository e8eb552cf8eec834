package io.gatehouse.postgres.relay;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.value.BindView;
import io.gatehouse.postgres.value.FunctionCallView;
import io.gatehouse.postgres.value.TypeNumbers;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The one submission of a session, filled anew for each command. Owned by the session's event loop;
 * what it shows belongs to the frame or the prepared statement it was filled from.
 */
final class CommandView implements Submission {
  private final SessionView session;
  private final Text text = new Text();
  private final NamedInSql named = new NamedInSql();
  private final Call call = new Call();
  private final List<CommandForm> asText = List.of(text);
  private final List<CommandForm> asNamed = List.of(named);
  private final List<CommandForm> asCall = List.of(call);
  private final BindView binds = new BindView();
  private final DeclaredTypes declared = new DeclaredTypes();
  private List<CommandForm> commands = asText;
  private Stage stage = Stage.EXECUTE;
  private long sequence;

  CommandView(SessionView session) {
    this.session = session;
  }

  /** A simple query: the text stands in the frame. */
  CommandView query(ByteBuf frameText) {
    text.named("", "", 0);
    return text(Stage.EXECUTE, frameText, true, Binds.NONE, new CommandForm.Memo());
  }

  CommandView prepare(Names.Prepared prepared) {
    declared.types = prepared.parameterTypes;
    text.named(prepared.name, "", 0);
    return text(
        Stage.PREPARE, Unpooled.wrappedBuffer(prepared.text), false, declared, prepared.memo);
  }

  CommandView execute(Names.Prepared prepared, Names.Portal portal) {
    binds.wrap(portal.bind(), prepared.parameterTypes);
    text.named(prepared.name, portal.name, portal.boundAfter);
    return text(Stage.EXECUTE, Unpooled.wrappedBuffer(prepared.text), false, binds, prepared.memo);
  }

  /** A portal over a statement that PREPARE made. */
  CommandView executeNamed(Names.Portal portal) {
    binds.wrap(portal.bind(), new int[0]);
    return named(CommandForm.Named.Kind.STATEMENT, portal.statementName, portal.boundAfter, binds);
  }

  /** A portal that DECLARE made. */
  CommandView fetch(String cursor) {
    return named(CommandForm.Named.Kind.CURSOR, cursor, 0, Binds.NONE);
  }

  CommandView functionCall(ByteBuf body) {
    call.arguments.wrap(body);
    return next(Stage.EXECUTE, asCall);
  }

  private CommandView text(
      Stage newStage, ByteBuf bytes, boolean several, Binds bound, CommandForm.Memo memo) {
    text.bytes = bytes;
    text.several = several;
    text.binds = bound;
    text.memo = memo;
    return next(newStage, asText);
  }

  private CommandView named(
      CommandForm.Named.Kind kind, String name, long boundAfter, Binds bound) {
    named.boundAfter = boundAfter;
    named.kind = kind;
    named.name = readable(name);
    named.binds = bound;
    return next(Stage.EXECUTE, asNamed);
  }

  /** Names are kept byte for byte; the gate reads them as text. */
  private static String readable(String name) {
    return name.isEmpty()
        ? name
        : new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private CommandView next(Stage newStage, List<CommandForm> form) {
    stage = newStage;
    commands = form;
    sequence++;
    return this;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public Stage stage() {
    return stage;
  }

  @Override
  public List<CommandForm> commands() {
    return commands;
  }

  @Override
  public SessionView session() {
    return session;
  }

  private static final class Text implements CommandForm.Sql {
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private boolean several;
    private String statement = "";
    private String portal = "";
    private long boundAfter;
    private Binds binds = Binds.NONE;
    private CommandForm.Memo memo = new CommandForm.Memo();

    @Override
    public ByteBuf text() {
      return bytes;
    }

    private void named(String newStatement, String newPortal, long newBoundAfter) {
      statement = newStatement;
      portal = newPortal;
      boundAfter = newBoundAfter;
    }

    @Override
    public String statementName() {
      return readable(statement);
    }

    @Override
    public String portalName() {
      return readable(portal);
    }

    @Override
    public long boundAfter() {
      return boundAfter;
    }

    @Override
    public boolean mayHoldSeveral() {
      return several;
    }

    @Override
    public Binds binds() {
      return binds;
    }

    @Override
    public CommandForm.Memo memo() {
      return memo;
    }
  }

  /** The types that a Parse declares; there are no values yet. */
  private static final class DeclaredTypes implements Binds {
    private int[] types = new int[0];

    @Override
    public int count() {
      return 0;
    }

    @Override
    public int declaredTypes() {
      return types.length;
    }

    @Override
    public String type(int index) {
      return TypeNumbers.spelt(types[index]);
    }

    @Override
    public boolean binary(int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public Value value(int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public void raw(int index, Raw to) {
      throw new IndexOutOfBoundsException(index);
    }
  }

  private static final class NamedInSql implements CommandForm.Named {
    private Kind kind = Kind.CURSOR;
    private String name = "";
    private long boundAfter;
    private Binds binds = Binds.NONE;

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long boundAfter() {
      return boundAfter;
    }

    @Override
    public Binds binds() {
      return binds;
    }
  }

  private static final class Call implements CommandForm.FunctionCall {
    private final FunctionCallView arguments = new FunctionCallView();

    @Override
    public long function() {
      return arguments.function();
    }

    @Override
    public Binds arguments() {
      return arguments;
    }
  }
}

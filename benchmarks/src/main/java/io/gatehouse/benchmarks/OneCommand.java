package io.gatehouse.benchmarks;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command that is submitted again and again, in the form in which a protocol keeps its one
 * submission: filled once, nothing is made for a call. Owned by the benchmark's thread.
 */
final class OneCommand implements Submission, SessionView {
  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "client_encoding", "UTF8",
              "standard_conforming_strings", "on",
              "server_version", "18.0",
              "search_path", "\"$user\", public"));
  private final ByteBuf text;
  private final List<CommandForm> form;
  private long sequence;

  /**
   * @param types numbers of the declared types; none for a simple query
   */
  OneCommand(String sql, String... types) {
    byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
    ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer().writeZero(5).writeBytes(bytes);
    text = frame.skipBytes(5);
    form = List.of(new Text(text, new Bound(types), types.length == 0));
  }

  /** Other digits at the end of the text; it has twelve. */
  void replaceLast(int digits) {
    int number = digits;
    for (int i = 1; i <= 10; i++) {
      text.setByte(text.writerIndex() - i, '0' + number % 10);
      number /= 10;
    }
  }

  OneCommand next() {
    sequence++;
    return this;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public Stage stage() {
    return Stage.EXECUTE;
  }

  @Override
  public List<CommandForm> commands() {
    return form;
  }

  @Override
  public SessionView session() {
    return this;
  }

  @Override
  public Transaction transaction() {
    return Transaction.NONE;
  }

  @Override
  public boolean midBatch() {
    return false;
  }

  @Override
  public long batches() {
    return 0;
  }

  @Override
  public boolean portalBound(String name) {
    return false;
  }

  @Override
  public @Nullable String setting(String name) {
    return settings.get(name.toLowerCase(Locale.ROOT));
  }

  private record Text(ByteBuf text, Binds binds, boolean mayHoldSeveral)
      implements CommandForm.Sql {
    private static final Memo NOTHING_LEARNT = new Memo();

    @Override
    public String statementName() {
      return "";
    }

    @Override
    public String portalName() {
      return "";
    }

    @Override
    public long boundAfter() {
      return 0;
    }

    @Override
    public Memo memo() {
      return NOTHING_LEARNT;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Bound(String[] types) implements Binds {
    private static final ByteBuf VALUES =
        Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 7}));

    @Override
    public int count() {
      return types.length;
    }

    @Override
    public int declaredTypes() {
      return types.length;
    }

    @Override
    public String type(int index) {
      return types[index];
    }

    @Override
    public boolean binary(int index) {
      return false;
    }

    @Override
    public Value value(int index) {
      return new Value.Int(index);
    }

    @Override
    public void raw(int index, Raw to) {
      to.value(VALUES, 0, VALUES.readableBytes());
    }
  }
}

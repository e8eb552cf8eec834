package io.gatehouse.spi;

import io.gatehouse.plugin.BindValues;
import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;

/** Bind values, decoded only when asked for. Readable as long as their {@link Submission}. */
public interface Binds extends BindValues {

  Binds NONE = new NoBinds();

  @Override
  int count();

  /** Number of values whose type was declared with the text; may be less than {@link #count}. */
  int declaredTypes();

  /**
   * The protocol's name or number of the type, "0" where the client left it to the server and the
   * server was not asked.
   */
  String type(int index);

  boolean binary(int index);

  /** Decodes; a value that its codec refuses comes as {@link Value.Opaque}. */
  @Override
  Value value(int index);

  /** Hands over a value as it came, where it lies. */
  void raw(int index, Raw to);

  /** Takes a value while {@link #raw} runs. */
  interface Raw {

    /**
     * @param in owned by who calls; its indices stay
     * @param length -1 for NULL
     */
    void value(ByteBuf in, int from, int length);
  }

  /** See {@link #NONE}. */
  final class NoBinds implements Binds {
    private NoBinds() {}

    @Override
    public int count() {
      return 0;
    }

    @Override
    public int declaredTypes() {
      return 0;
    }

    @Override
    public String type(int index) {
      throw new IndexOutOfBoundsException(index);
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
}

package io.gatehouse.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads back, for people, what a caller was sent. It believes nothing that the bytes say of
 * themselves, and holds one message at most. Not thread-safe.
 */
public interface ResultReader {
  /** The next bytes, which may have been cut anywhere. Never fails: what is not read is told. */
  void take(byte[] part);

  /** No more comes. */
  void end();

  /** Where it goes, in its order. Nothing is made safe for a terminal. */
  interface Sink {
    /** The labels of the rows that follow. */
    void columns(List<String> labels);

    /** Null is NULL. */
    void row(List<@Nullable String> values);

    /** Lines that are not rows. */
    void line(String text);

    /** One result is done. */
    void done(String how);

    /** The command failed, or was warned of. */
    void said(String severity, String code, String message);

    /** What could not be read. */
    void unread(String what);
  }
}

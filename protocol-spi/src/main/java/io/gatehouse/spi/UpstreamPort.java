package io.gatehouse.spi;

import io.gatehouse.plugin.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Statements of the gate's own on a target, through the held credential: catalogs, estimates,
 * probes. Each runs on a connection of its own that is closed afterwards.
 */
public interface UpstreamPort {

  /**
   * Runs one statement. The stage fails with {@link UpstreamException} if the target cannot be
   * reached, refuses, or a bound is passed; a partial result is never returned.
   */
  CompletionStage<Rows> run(Upstream upstream, Statement statement);

  /**
   * @param sql one statement
   * @param maxRows more rows than this fail the run
   * @param time the whole run, connecting included
   */
  record Statement(String sql, int maxRows, Duration time) {}

  /** A whole result. */
  record Rows(ResultDescription description, List<List<Value>> rows) {}

  /** Why a statement of the gate's own gave no result. */
  final class UpstreamException extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable String code;

    public UpstreamException(String message) {
      this(message, null);
    }

    public UpstreamException(String message, @Nullable String code) {
      super(message);
      this.code = code;
    }

    /** What the server calls it; null where it is not the server that refused. */
    public @Nullable String code() {
      return code;
    }
  }
}

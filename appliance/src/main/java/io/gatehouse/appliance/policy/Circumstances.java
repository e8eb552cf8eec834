package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.BindValues;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Objects;

/**
 * What may differ between two executions of the same command.
 *
 * @param now when it would run
 * @param source where the caller's connection comes from
 * @param binds the values that come with it
 * @param arguments of a call
 */
public record Circumstances(
    Instant now, InetAddress source, BindValues binds, Arguments arguments) {

  public Circumstances {
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(binds, "binds");
    Objects.requireNonNull(arguments, "arguments");
  }

  /** Of what is no call. */
  public Circumstances(Instant now, InetAddress source, BindValues binds) {
    this(now, source, binds, Arguments.NONE);
  }
}

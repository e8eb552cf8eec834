package io.gatehouse.spi;

/** Where a session goes. */
public sealed interface Route {

  record To(Upstream upstream) implements Route {}

  record Refused(Refusal refusal) implements Route {}
}

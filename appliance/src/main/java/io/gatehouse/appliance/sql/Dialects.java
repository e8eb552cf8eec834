package io.gatehouse.appliance.sql;

import io.gatehouse.plugin.Target.Protocol;

/** Who reads the SQL of which protocol. Thread-safe. */
@FunctionalInterface
public interface Dialects {

  SqlDialect of(Protocol protocol);

  /** One for all: where only its protocol is spoken. */
  static Dialects always(SqlDialect dialect) {
    return _ -> dialect;
  }
}

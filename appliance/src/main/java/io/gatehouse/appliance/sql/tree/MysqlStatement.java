package io.gatehouse.appliance.sql.tree;

import java.util.Optional;

/** A statement that MySQL and MariaDB have, or have in a form of their own. */
public sealed interface MysqlStatement extends Statement
    permits MysqlSession, MysqlShow, MysqlRows, MysqlDefinition, MysqlAccounts, MysqlServer {

  /**
   * Someone who may log in, or a role.
   *
   * @param user {@code current_user}, not quoted, for whoever asks
   * @param host absent where none is written
   */
  record Account(Name user, Optional<Name> host) {}
}

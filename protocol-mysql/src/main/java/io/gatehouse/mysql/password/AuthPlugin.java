package io.gatehouse.mysql.password;

import java.util.Arrays;
import java.util.Optional;

/** The authentication plugins that the gate can be one side of. */
public enum AuthPlugin {
  CACHING_SHA2_PASSWORD("caching_sha2_password"),
  /** Gone from MySQL 9, and what MariaDB begins with. */
  MYSQL_NATIVE_PASSWORD("mysql_native_password"),
  /** The password itself, inside TLS only; for tokens, and for servers that ask PAM or LDAP. */
  MYSQL_CLEAR_PASSWORD("mysql_clear_password");

  private final String wireName;

  AuthPlugin(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  public static Optional<AuthPlugin> of(String name) {
    return Arrays.stream(values()).filter(plugin -> plugin.wireName.equals(name)).findFirst();
  }
}

package io.gatehouse.appliance.masking.mysql;

import io.gatehouse.mysql.password.AuthPlugin;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a client goes, and who it is.
 *
 * @param plugin what it begins with
 * @param tls null to go without
 */
public record MysqlLogin(
    int port,
    String user,
    String password,
    String database,
    AuthPlugin plugin,
    @Nullable SSLContext tls) {
  @Override
  public String toString() {
    return user + " at " + port + "/" + database;
  }
}

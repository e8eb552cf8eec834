package io.gatehouse.appliance.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.login.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreLocationTest {
  private static StoreLocation.InPostgres at(String url, String schema) {
    return new StoreLocation.InPostgres(
        url, "keeper", () -> Secret.of("planted-77".toCharArray()), schema);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db/x",
        "postgresql://db/x",
        "jdbc:postgresql://keeper:planted-77@db/x",
        "jdbc:postgresql://db/x?password=planted-77",
        "jdbc:postgresql://db/x?sslmode=disable&user=planted-77",
        "jdbc:postgresql://db/x?socketFactory=planted-77",
        "jdbc:postgresql://db/x?options=planted-77",
        "jdbc:postgresql://db/x?authenticationPluginClassName=planted-77",
        "jdbc:postgresql://db/x?loggerFile=planted-77",
        "jdbc:postgresql://db/x?&planted-77",
      })
  void urlWithMoreThanAnAddressAndTls_isRefused_andNotRepeated(String url) {
    assertThatThrownBy(() -> at(url, "control"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("planted-77");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Control", "a b", "a\"b", "pg_catalog", "1a", "a;drop"})
  void schemaThatWouldNeedQuotes_isRefused(String schema) {
    assertThatThrownBy(() -> at("jdbc:postgresql://db/x", schema))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void urlWithTlsAndSeveralHosts_isTaken() {
    String url = "jdbc:postgresql://a:5432,b:5433/x?sslmode=verify-ca&sslrootcert=ca.crt";

    assertThat(at(url, "control").toString()).doesNotContain("planted-77");
  }
}

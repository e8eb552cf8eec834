package io.gatehouse.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

final class GatehouseConfigTest {
  @TempDir private Path folder;
  private Configs configs;

  @BeforeEach
  void files() throws Exception {
    configs = Configs.in(folder);
  }

  @Test
  void defaults() throws Exception {
    GatehouseConfig config = configs.load(Configs.SMALLEST);

    assertThat(config.users()).isEqualTo(folder.resolve("users.yaml"));
    assertThat(config.limits()).isEqualTo(Limits.DEFAULTS);
    assertThat(config.management())
        .isEqualTo(new BindConfig(InetAddress.ofLiteral("127.0.0.1"), 9464));
    assertThat(config.log()).isEqualTo(new LogConfig(Level.INFO, true));
  }

  @Test
  void fullMapping() throws Exception {
    GatehouseConfig config =
        configs.load(
            Configs.SMALLEST
                + """
                limits:
                  login-seconds: 7
                  client-idle-seconds: 0
                  command-bytes-total: 1099511627776
                management: {address: "::1", port: 0}
                log: {level: trace, commands: false}
                """);

    assertThat(config.listeners()).extracting(ListenerConfig::name).containsExactly("main");
    assertThat(config.targets()).extracting(TargetConfig::name).containsExactly("core");
    assertThat(config.limits())
        .isEqualTo(
            Limits.DEFAULTS
                .with(Limit.LOGIN_SECONDS, 7)
                .with(Limit.COMMAND_BYTES_TOTAL, 1_099_511_627_776L));
    assertThat(config.management()).isEqualTo(new BindConfig(InetAddress.ofLiteral("::1"), 0));
    assertThat(config.log()).isEqualTo(new LogConfig(Level.TRACE, false));
  }

  @Test
  void everyLimitHasItsKey() throws Exception {
    StringBuilder limits = new StringBuilder("limits:\n");
    Limits expected = Limits.DEFAULTS;
    long value = 100;
    for (Limit limit : Limit.values()) {
      value++;
      limits.append("  ").append(limit.key()).append(": ").append(value).append('\n');
      expected = expected.with(limit, value);
    }

    assertThat(configs.load(Configs.SMALLEST + limits).limits()).isEqualTo(expected);
  }
}

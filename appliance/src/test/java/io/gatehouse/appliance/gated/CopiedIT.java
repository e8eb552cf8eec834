package io.gatehouse.appliance.gated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes after a COPY, where the gate has to ask the server something first. */
class CopiedIT {
  private static final String POLICY =
      """
      rules:
        - {name: all, bodies: unread, verdict: allow}
      """;

  private static RealDatabase server;
  @TempDir private static Path folder;
  private static GatedDatabase gate;

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("corp");
    gate = GatedDatabase.start(folder, server, "postgres", POLICY).user("ann");
  }

  @AfterAll
  static void end() throws Exception {
    gate.close();
    server.close();
  }

  private static RawClient copying() throws IOException {
    RawClient client = RawClient.connect(gate.login("ann"));
    client.say().query("CREATE TEMP TABLE t (a int)");
    client.ready(1);
    client.say().query("COPY t FROM STDIN");
    return client;
  }

  private static void data(RawClient client, String lines) {
    client.say().message('d', lines.getBytes(UTF_8));
  }

  @Test
  void copyIn_bySimpleQuery_nextCommandIsAnswered() throws Exception {
    try (RawClient client = copying()) {
      data(client, "41\n42\n");
      client.say().message('c');
      client.ready(1);

      client.say().query("SELECT 'rows ' || count(*) FROM t");
      client.ready(1);

      assertThat(client.heard().holds("rows 2".getBytes(UTF_8))).isTrue();
    }
  }

  @Test
  void copyIn_endsAfterItHasFailed_nextCommandIsAnswered() throws Exception {
    try (RawClient client = copying()) {
      data(client, "no number\n".repeat(10_000));
      client.ready(1);
      assertThat(client.heard().errors()).containsExactly("error 22P02");
      client.say().message('c');

      client.say().query("SELECT 'rows ' || count(*) FROM t");
      client.ready(1);

      assertThat(client.heard().holds("rows 0".getBytes(UTF_8))).isTrue();
    }
  }
}

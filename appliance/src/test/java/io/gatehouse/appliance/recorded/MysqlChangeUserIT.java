package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mysql.cj.jdbc.JdbcConnection;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver that goes on as somebody else, through the whole gate. */
class MysqlChangeUserIT {
  @TempDir private Path folder;

  @Test
  void anotherUser_isASessionOnRecord_withItsOwnVerdicts() throws Exception {
    try (MysqlScene scene = MysqlScene.start(Flavour.MYSQL, folder, "")) {
      scene.policy(MysqlScene.POLICY.replace("groups: [writers]", "subjects: [ann, bob]"));
      try (Connection connection = scene.connect(MysqlScene.ANN, MysqlScene.PASSWORD)) {
        connection.unwrap(JdbcConnection.class).changeUser(MysqlScene.BOB, MysqlScene.PASSWORD);
        assertThat(connection.isValid(60)).isTrue();
        assertThat(connection.createStatement().execute("SELECT 'as bob'")).isTrue();
        SQLException refused =
            catchThrowableOfType(
                SQLException.class,
                () -> connection.unwrap(JdbcConnection.class).changeUser("ann", "wrong"));
        assertThat(refused.getErrorCode()).isEqualTo(1045);
      }
      assertThat(scene.recorded(Kind.SESSION_OPENED))
          .extracting(entry -> entry.text("subject"))
          .containsExactly("ann", "bob");
      assertThat(scene.recorded(Kind.SESSION_CLOSED))
          .extracting(entry -> entry.text("reason"))
          .containsExactly("client_terminated", "client_terminated");
      assertThat(scene.recorded(Kind.LOGIN_REFUSED)).hasSize(1);
      assertThat(scene.findings()).isEmpty();
    }
  }
}

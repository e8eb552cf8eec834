package io.gatehouse.appliance.control;

import static io.gatehouse.appliance.control.Samples.NOW;
import static io.gatehouse.appliance.control.Samples.alice;
import static io.gatehouse.appliance.control.Samples.credential;
import static io.gatehouse.appliance.control.Stages.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.plugin.CallerKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store that grows with the program. */
abstract class MigrationContract {
  private static final Migration FIRST = Migrations.shipped().getFirst();
  private static final Migration SECOND =
      new Migration(
          2,
          "approvals",
          """
          -- A step to come.
          CREATE TABLE approval (id TEXT NOT NULL PRIMARY KEY);
          INSERT INTO approval (id) VALUES ('a;b');
          """);
  private static final Migration HALF =
      new Migration(2, "approvals", "CREATE TABLE approval (id TEXT);\nCREATE NONSENSE;\n");

  abstract StoreLocation location() throws Exception;

  private static ControlStore open(StoreLocation location, Iterable<Migration> known)
      throws StoreException {
    return SqlControlStore.open(location, StoreLimits.DEFAULT, known);
  }

  private static void openAndClose(StoreLocation location, Iterable<Migration> known)
      throws StoreException {
    open(location, known).close();
  }

  private static List<String> ask(StoreLocation location, String sql) throws Exception {
    try (Connection connection = Database.of(location, StoreLimits.DEFAULT).connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> answers = new ArrayList<>();
      while (row.next()) {
        answers.add(String.valueOf(row.getString(1)));
      }
      return answers;
    }
  }

  private static List<String> made(StoreLocation location) throws Exception {
    return ask(location, "SELECT name FROM control_migration ORDER BY number");
  }

  @Test
  void freshStore_getsEveryStep_andASecondStartNone() throws Exception {
    StoreLocation location = location();

    openAndClose(location, List.of(FIRST, SECOND));
    openAndClose(location, List.of(FIRST, SECOND));

    assertThat(made(location)).containsExactly("issued-credentials", "approvals");
    assertThat(ask(location, "SELECT id FROM approval")).containsExactly("a;b");
  }

  @Test
  void olderStore_getsWhatIsNew_andKeepsWhatItHas() throws Exception {
    StoreLocation location = location();
    List<Migration> more = new ArrayList<>(Migrations.shipped());
    more.add(new Migration(more.size() + 1, SECOND.name(), SECOND.sql()));
    try (ControlStore store = open(location, Migrations.shipped())) {
      done(store.put(credential("gh-one", alice())));
    }

    try (ControlStore store = open(location, more)) {
      assertThat(done(store.find("gh-one", NOW))).isPresent();
    }
    assertThat(made(location)).endsWith("approvals");
  }

  @Test
  void credentialOfTheFirstRelease_isThatOfAPerson_whoseGroupsNobodyAsksFor() throws Exception {
    StoreLocation location = location();
    StoredCredential one = credential("gh-one", alice());
    openAndClose(location, List.of(FIRST));
    Database database = Database.of(location, StoreLimits.DEFAULT);
    database.prepare();
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO issued_credential (name, subject, group_names, groups_as_of, issuer,"
                    + " method, issued_at, expires_at, version, scram_sha_256, caching_sha2,"
                    + " bearer) VALUES ('gh-one', 'alice@example.com', 'dba', 0, 'https://idp',"
                    + " 'TOKEN', 0, ?, 0, ?, ?, ?)")) {
      statement.setLong(1, one.credential().expiresAt().toEpochMilli());
      statement.setString(2, one.verifiers().scram().encoded());
      statement.setString(3, HexFormat.of().formatHex(one.verifiers().cachingSha2()));
      statement.setString(4, HexFormat.of().formatHex(one.verifiers().bearer()));
      statement.executeUpdate();
    }
    try (ControlStore store = open(location, Migrations.shipped())) {
      IssuedCredential found = done(store.find("gh-one", NOW)).orElseThrow().credential();
      assertThat(found.holder().kind()).isEqualTo(CallerKind.PERSON);
      assertThat(found.holder().signOn()).isEqualTo(SignOn.UNKNOWN);
      assertThat(found.freshness()).isEqualTo(Freshness.OF_ISSUING);
    }
  }

  @Test
  void newerStore_isRefused_andSaysWhatToDo() throws Exception {
    StoreLocation location = location();
    openAndClose(location, List.of(FIRST, SECOND));

    assertThatThrownBy(() -> openAndClose(location, List.of(FIRST)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.NOT_OURS))
        .hasMessageContaining("newer release")
        .hasMessageContaining("migration 2 (approvals)")
        .hasMessageContaining("start that release");
  }

  @Test
  void changedText_isRefused_andSaysWhatToDo() throws Exception {
    StoreLocation location = location();
    openAndClose(location, List.of(FIRST));
    Migration changed = new Migration(1, FIRST.name(), FIRST.sql() + "-- changed\n");

    assertThatThrownBy(() -> openAndClose(location, List.of(changed, SECOND)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.NOT_OURS))
        .hasMessageContaining("migration 1 (issued-credentials)")
        .hasMessageContaining("start the release that made it");
    assertThat(made(location)).containsExactly("issued-credentials");
  }

  @Test
  void stepThatFailsHalfWay_leavesNothing_andIsMadeNextTime() throws Exception {
    StoreLocation location = location();

    assertThatThrownBy(() -> openAndClose(location, List.of(FIRST, HALF)))
        .isInstanceOf(StoreException.class);

    assertThat(made(location)).containsExactly("issued-credentials");
    assertThatThrownBy(() -> ask(location, "SELECT id FROM approval"))
        .isInstanceOf(SQLException.class);
    openAndClose(location, List.of(FIRST, SECOND));
    assertThat(made(location)).containsExactly("issued-credentials", "approvals");
  }

  @Test
  void connectionLostBetweenTwoSteps_leavesTheFirst_andTheNextStartGoesOn() throws Exception {
    StoreLocation location = location();
    Database database = Database.of(location, StoreLimits.DEFAULT);
    database.prepare();
    try (Connection connection = database.connect()) {
      Iterable<Migration> cut = () -> closingAfter(connection, FIRST, SECOND);
      assertThatThrownBy(() -> new Migrator(database, cut).migrate(connection))
          .isInstanceOf(SQLException.class);
    }
    assertThat(made(location)).containsExactly("issued-credentials");

    openAndClose(location, List.of(FIRST, SECOND));

    assertThat(made(location)).containsExactly("issued-credentials", "approvals");
  }

  private static Iterator<Migration> closingAfter(
      Connection connection, Migration first, Migration second) {
    Iterator<Migration> both = List.of(first, second).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return both.hasNext();
      }

      @Override
      public Migration next() {
        Migration next = both.next();
        if (next.equals(second)) {
          try {
            connection.close();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        }
        return next;
      }
    };
  }

  @Test
  void shippedSteps_areNumberedFromOne_andUnchanged() {
    assertThat(Migrations.shipped())
        .extracting(Migration::number, Migration::name, Migration::digest)
        .containsExactly(
            tuple(
                1,
                "issued-credentials",
                "06cf4047734d064b131e3fb7a0a7b485e7ea566994b1658a5ddb89d23fec68e6"),
            tuple(
                2,
                "refreshed-groups",
                "d33210e12d4538c371a8c5b324e3c487d25875e7e8dd652116e5daf447c97644"),
            tuple(
                3,
                "definition-pins",
                "210525ec14dca514a51df256863e16ec7e27816c48cb2f1a2b1563d89bcb508c"));
  }
}

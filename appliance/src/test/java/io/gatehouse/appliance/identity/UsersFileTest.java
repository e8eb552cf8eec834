package io.gatehouse.appliance.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersFileTest {
  @TempDir private Path folder;

  private static ScramVerifier verifier(String password) {
    return ScramVerifier.derive(
        Secret.of(password.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
  }

  @Test
  void put_thenLoad_givesTheSameUsers() throws Exception {
    Path file = folder.resolve("users.yaml");
    ScramVerifier alice = verifier("one");

    UsersFile.put(file, new User("alice", alice, Set.of("analysts", "auditors: all")));
    UsersFile.put(file, new User("Émile O'Neil #1", verifier("two"), Set.of()));

    Users users = UsersFile.load(file);
    assertThat(users.all())
        .extracting(User::name)
        .containsExactlyInAnyOrder("alice", "Émile O'Neil #1");
    User found = users.find("alice").orElseThrow();
    assertThat(found.verifier().encoded()).isEqualTo(alice.encoded());
    assertThat(found.groups()).containsExactlyInAnyOrder("analysts", "auditors: all");
  }

  @Test
  void put_ofKnownName_replaces() throws Exception {
    Path file = folder.resolve("users.yaml");
    ScramVerifier second = verifier("two");

    UsersFile.put(file, new User("alice", verifier("one"), Set.of("old")));
    UsersFile.put(file, new User("alice", second, Set.of("new")));

    assertThat(UsersFile.load(file).all())
        .singleElement()
        .satisfies(
            user -> {
              assertThat(user.verifier().encoded()).isEqualTo(second.encoded());
              assertThat(user.groups()).containsExactly("new");
            });
  }

  @Test
  void put_leavesOneFileThatOnlyItsOwnerMayRead() throws Exception {
    Path file = folder.resolve("users.yaml");

    UsersFile.put(file, new User("alice", verifier("one"), Set.of()));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void put_ontoABrokenFile_changesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("users.yaml"), "users: 5\n");

    assertThatThrownBy(() -> UsersFile.put(file, new User("alice", verifier("one"), Set.of())))
        .isInstanceOf(InvalidFileException.class);
    assertThat(file).hasContent("users: 5\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\"b", "a\\b", "a\u2028b", "a\u202eb", "a\u0000"})
  void namesThatCouldForgeALine_areNotAcceptable(String name) {
    assertThat(UsersFile.acceptableName(name)).isFalse();
  }

  @Test
  void problems_nameTheLineAndNoVerifier() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("users.yaml"),
            """
            users:
              - name: alice
                verifier: planted-secret-77
              - name: bob
                groups: readers
              - name: bob
                verifier: SCRAM-SHA-256$4096:!!$planted:!!
            """);

    assertThatThrownBy(() -> UsersFile.load(file))
        .hasMessage(
            """
            %1$s:3: users[0].verifier: is not a usable SCRAM-SHA-256 verifier; make one with: \
            gatehouse user add
            %1$s:4: users[1].verifier: is missing
            %1$s:5: users[1].groups: must be a list, found "readers"
            %1$s:6: users[2]: the user "bob" is given twice
            %1$s:7: users[2].verifier: is not a usable SCRAM-SHA-256 verifier; make one with: \
            gatehouse user add\
            """
                .formatted(file));
  }

  @Test
  void unknownName_getsTheSameSaltEachTimeAndAnotherOneForAnotherName() {
    Users users = new Users(Set.of());
    Users reloaded = new Users(Set.of());

    assertThat(users.verifierFor("eve").salt()).isEqualTo(reloaded.verifierFor("eve").salt());
    assertThat(users.verifierFor("eve").salt()).isNotEqualTo(users.verifierFor("eva").salt());
    assertThat(users.verifierFor("eve").iterations()).isEqualTo(ScramVerifier.DEFAULT_ITERATIONS);
    assertThat(users.proved("eve", users.verifierFor("eve"))).isEmpty();
  }
}

package io.gatehouse.appliance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a login, and where it is not taken from. */
class LoginFileTest {
  private static final Instant EXPIRES = Instant.parse("2026-11-22T08:00:00Z");
  private static final Offer BANK = new Offer("bank", "gate.example.com", 5432, "it's $x");

  @TempDir private Path folder;
  private LoginFile file;

  private static Login login() {
    return new Login(
        "https://gate.example.com:8443",
        Optional.of(Path.of("/etc/ca.crt")),
        new Credential("gh-0123456789", "secret", "gh-0123456789.secret", EXPIRES, "erika"),
        List.of(BANK));
  }

  @BeforeEach
  void of() throws Exception {
    file = LoginFile.of(Map.of("XDG_RUNTIME_DIR", folder.toString()));
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void mode(Path path, String mode) throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  void login_isReadBack_andIsItsOwnersOnly() throws Exception {
    file.write(login());
    assertThat(file.read()).isEqualTo(login());
    assertThat(file.path()).isEqualTo(folder.resolve("gatehouse/login.json"));
    assertThat(mode(file.path())).isEqualTo("rw-------");
    assertThat(mode(folder.resolve("gatehouse"))).isEqualTo("rwx------");
    assertThat(folder.resolve("gatehouse").toFile().list()).containsExactly("login.json");
    assertThat(login().toString()).doesNotContain("secret");
  }

  @Test
  void withoutARuntimeFolder_itIsInTheHome() throws Exception {
    assertThat(
            LoginFile.of(Map.of("XDG_RUNTIME_DIR", "/nowhere", "HOME", folder.toString())).path())
        .isEqualTo(folder.resolve(".local/state/gatehouse/login.json"));
    assertThatThrownBy(() -> LoginFile.of(Map.of())).hasMessageContaining("HOME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
  void fileThatIsOpenToOthers_isRefused_andStaysAsItIs(String mode) throws Exception {
    file.write(login());
    mode(file.path(), mode);
    assertThatThrownBy(() -> file.read()).hasMessageContaining("chmod 600 " + file.path());
    assertThatThrownBy(() -> file.write(login())).hasMessageContaining("chmod 600");
    assertThat(mode(file.path())).isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-x---", "rwx-----x", "rwx-w----"})
  void folderThatIsOpenToOthers_isRefused_andStaysAsItIs(String mode) throws Exception {
    file.write(login());
    Path inside = folder.resolve("gatehouse");
    mode(inside, mode);
    assertThatThrownBy(() -> file.read()).hasMessageContaining("chmod 700 " + inside);
    assertThatThrownBy(() -> file.prepare()).hasMessageContaining("chmod 700");
    assertThat(mode(inside)).isEqualTo(mode);
  }

  @Test
  void symbolicLinks_areNotFollowed() throws Exception {
    file.write(login());
    Path real = Files.move(file.path(), folder.resolve("real"));
    Files.createSymbolicLink(file.path(), real);
    assertThatThrownBy(() -> file.read()).hasMessageContaining("symbolic link");
    Files.delete(file.path());
    Path elsewhere = Files.move(folder.resolve("gatehouse"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("gatehouse"), elsewhere);
    assertThatThrownBy(() -> file.prepare()).hasMessageContaining("symbolic link");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"gate\":\"https://g\",\"user\":\"a b\",\"password\":\"p\",\"bearer\":\"b\","
            + "\"expires\":\"2026-11-22T08:00:00Z\",\"subject\":\"s\",\"offers\":[]}",
        "{\"gate\":\"https://g\",\"user\":\"a\",\"password\":\"p\",\"bearer\":\"b\","
            + "\"expires\":\"soon\",\"subject\":\"s\",\"offers\":[]}"
      })
  void contentThatMakesNoSense_isSaid(String content) throws Exception {
    file.write(login());
    Files.writeString(file.path(), content, StandardCharsets.UTF_8);
    assertThatThrownBy(() -> file.read())
        .hasMessage(file.path() + " cannot be understood: run gatehouse login");
  }

  @Test
  void nobody_isSaid() {
    assertThatThrownBy(() -> file.read()).hasMessageContaining("run gatehouse login");
  }

  @Test
  void offer_isThereUntilTheCredentialExpires() throws Exception {
    assertThat(login().offer("bank", EXPIRES.minusMillis(1))).isEqualTo(BANK);
    assertThatThrownBy(() -> login().offer("bank", EXPIRES))
        .hasMessageContaining("expired: run gatehouse login");
    assertThatThrownBy(() -> login().offer("other", EXPIRES.minusSeconds(1)))
        .hasMessage("the gate offers no other; it offers: bank");
  }

  @Test
  void environment_leavesWhatSomebodyChose() {
    assertThat(BANK.environment(login(), Map.of()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "PGHOST", "gate.example.com",
                "PGPORT", "5432",
                "PGDATABASE", "it's $x",
                "PGUSER", "gh-0123456789",
                "PGPASSWORD", "secret",
                "PGSSLMODE", "verify-full",
                "PGSSLROOTCERT", "/etc/ca.crt"));
    assertThat(BANK.environment(login(), Map.of("PGSSLMODE", "require", "PGSSLROOTCERT", "system")))
        .doesNotContainKeys("PGSSLMODE", "PGSSLROOTCERT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"it's $x", "`id`", "a\\b\"c", "'; echo pwned; '", "$(id)", "-n"})
  void exports_areWhatAShellReads(String value) throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "eval \"$1\"; printf %s \"$X\"",
                "sh",
                Shell.exports(Map.of("X", value)))
            .redirectErrorStream(true)
            .start();
    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "", "-x", "a\nb", "a;b"})
  void offerOfAnotherForm_isNotTaken(String host) {
    assertThatThrownBy(() -> new Offer("bank", host, 5432, "bank"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

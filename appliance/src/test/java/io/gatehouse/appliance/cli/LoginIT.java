package io.gatehouse.appliance.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.client.LoginFile;
import io.gatehouse.appliance.client.Surroundings;
import io.gatehouse.appliance.desk.DeskScene;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.testing.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands of people, from the provider to a program that is logged in. */
class LoginIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern CODE = Pattern.compile("code: (\\S+)");
  private static final Pattern PAGE = Pattern.compile("http://\\S+(?=\\n)");
  private static RealDatabase server;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private DeskScene scene;

  @BeforeAll
  static void database() throws Exception {
    server = RealDatabase.start("bank");
    server.run("CREATE ROLE app LOGIN; CREATE TABLE t (a int); GRANT ALL ON t TO app");
  }

  @AfterAll
  static void noDatabase() throws Exception {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    scene = DeskScene.start(folder, server.port(), "");
    Files.createDirectories(folder.resolve("run"));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Map<String, String> environment() {
    return Map.of("XDG_RUNTIME_DIR", folder.resolve("run").toString());
  }

  private Surroundings surroundings(InstantSource clock) {
    return new Surroundings(environment(), clock, _ -> approve());
  }

  /** The person types the code that was shown. */
  private void approve() {
    Matcher shown = CODE.matcher(out.toString());
    if (shown.find()) {
      scene.provider().grants().approve(shown.group(1), "erika");
    }
  }

  private int run(Object command, String... arguments) {
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (fault, _, _) -> {
              err.append(fault.getMessage());
              return ExitCode.FAILED;
            })
        .execute(arguments);
  }

  private int login(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--gate", scene.url(), "--ca", folder.resolve("ca.crt").toString()));
    arguments.addAll(Arrays.asList(more));
    return run(
        new LoginCommand(surroundings(InstantSource.system())), arguments.toArray(String[]::new));
  }

  private io.gatehouse.appliance.client.Login kept() throws Exception {
    return LoginFile.of(environment()).read();
  }

  /** The real command in a process of its own. */
  private Process connect(String... command) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "connect",
                "bank",
                "--"));
    words.addAll(Arrays.asList(command));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().putAll(environment());
    return builder.start();
  }

  private static String all(Process process) throws Exception {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  @Test
  void device_thenAProgramThatIsLoggedIn_whosePasswordIsInItsEnvironmentOnly() throws Exception {
    assertThat(login("--device", "--minutes", "30")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("logged in as erika until", "gatehouse connect bank");
    String password = kept().credential().password();
    assertThat(out.toString()).doesNotContain(password);
    Process gatehouse =
        connect(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LoggedIn.class.getName());
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(gatehouse.getInputStream(), UTF_8))) {
      String line = reader.readLine();
      assertThat(line).matches("[0-9]+ 0");
      String pid = line.split(" ", 2)[0];
      assertThat(content(pid, "environ")).contains("PGPASSWORD=" + password);
      for (String one : List.of(pid, Long.toString(gatehouse.pid()))) {
        assertThat(content(one, "cmdline")).isNotEmpty().doesNotContain(password);
      }
      assertThat(content(Long.toString(gatehouse.pid()), "environ")).doesNotContain(password);
      gatehouse.getOutputStream().write('\n');
      gatehouse.getOutputStream().flush();
      assertThat(gatehouse.waitFor()).isEqualTo(42);
    } finally {
      gatehouse.destroyForcibly();
    }
    scene.stop();
    assertThat(scene.journal().entries())
        .filteredOn(entry -> entry.kind() == Kind.SESSION_OPENED)
        .allSatisfy(entry -> assertThat(entry.text("subject")).isEqualTo("erika"))
        .isNotEmpty();
  }

  @Test
  void browser_thenADriverThatIsLoggedIn() throws Exception {
    scene.provider().grants().signIn("erika");
    // Not on the common pool, which the JDK's HTTP client hands its answers over on.
    FutureTask<Integer> browsing = new FutureTask<>(this::browse);
    Thread.ofPlatform().daemon().start(browsing);
    assertThat(login()).as(err.toString()).isZero();
    assertThat(browsing.get()).isEqualTo(200);
    var credential = kept().credential();
    try (Connection connection = scene.connect(credential.user(), credential.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      assertThat(rows.next()).isTrue();
    }
  }

  /** Opens the page that was printed and goes where it is sent. */
  private int browse() {
    await().atMost(PATIENCE).until(() -> PAGE.matcher(out.toString()).find());
    Matcher page = PAGE.matcher(out.toString());
    try (HttpClient browser =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build()) {
      assertThat(page.find()).isTrue();
      return browser
          .send(
              HttpRequest.newBuilder(URI.create(page.group())).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String content(String pid, String name) throws Exception {
    return Files.readString(
        Path.of("/proc", pid, name), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Test
  void exitCodes_andSignals_areTheProgramsOwn() throws Exception {
    assertThat(login("--device")).as(err.toString()).isZero();
    assertThat(connect("sh", "-c", "exit 42").waitFor()).isEqualTo(42);
    assertThat(connect("sh", "-c", "kill -KILL $$").waitFor()).isEqualTo(137);
    for (String name : Signals.heard()) {
      Process gatehouse =
          connect(
              "sh",
              "-c",
              // A shell that is about to wait may miss a signal; one that is awake does not.
              "trap 'exit 7' " + name + "; echo ready; while :; do sleep 0.1; done");
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(gatehouse.getInputStream(), UTF_8));
      assertThat(reader.readLine()).isEqualTo("ready");
      new ProcessBuilder("sh", "-c", "kill -s " + name + " " + gatehouse.pid()).start().waitFor();
      await().atMost(PATIENCE).until(() -> !gatehouse.isAlive());
      assertThat(gatehouse.exitValue()).as(name).isEqualTo(7);
    }
    Process absent = connect("no-such-program");
    assertThat(all(absent)).contains("no-such-program");
    assertThat(absent.waitFor()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void logout_revokes_andTheNextLoginIsRefused() throws Exception {
    assertThat(login("--device")).as(err.toString()).isZero();
    var credential = kept().credential();
    scene.connect(credential.user(), credential.password()).close();
    assertThat(run(new LogoutCommand(surroundings(InstantSource.system())))).isZero();
    assertThat(out.toString()).contains(credential.user() + " is revoked");
    assertThat(folder.resolve("run/gatehouse/login.json")).doesNotExist();
    SQLException thrown =
        catchThrowableOfType(
            SQLException.class,
            () -> scene.connect(credential.user(), credential.password()).close());
    assertThat(thrown.getSQLState()).isEqualTo("28P01");
    assertThat(run(new LogoutCommand(surroundings(InstantSource.system())))).isEqualTo(1);
    assertThat(err.toString()).contains("nobody is logged in");
  }

  @Test
  void logoutWithoutTheGate_deletesAllTheSame_andSaysSo() throws Exception {
    assertThat(login("--device")).as(err.toString()).isZero();
    scene.stop();
    assertThat(run(new LogoutCommand(surroundings(InstantSource.system())))).isEqualTo(1);
    assertThat(err.toString()).contains("cannot be reached");
    assertThat(folder.resolve("run/gatehouse/login.json")).doesNotExist();
  }

  @Test
  void environment_isPrintedForAShell_andATerminalIsWarnedOf() throws Exception {
    assertThat(login("--device")).as(err.toString()).isZero();
    out.getBuffer().setLength(0);
    Surroundings now = surroundings(InstantSource.system());
    assertThat(run(new EnvCommand(now, () -> false), "bank")).isZero();
    assertThat(out.toString().lines())
        .contains(
            "export PGHOST='localhost'",
            "export PGPASSWORD='" + kept().credential().password() + "'",
            "export PGSSLMODE='verify-full'",
            "export PGSSLROOTCERT='" + folder.resolve("ca.crt") + "'");
    assertThat(err.toString()).isEmpty();
    assertThat(run(new EnvCommand(now, () -> true), "bank")).isZero();
    assertThat(err.toString()).contains("terminal");
    assertThat(run(new EnvCommand(now, () -> false), "other")).isEqualTo(1);
    assertThat(err.toString()).contains("it offers: bank");
  }

  @Test
  void expiredCredential_isSaid() throws Exception {
    assertThat(login("--device")).as(err.toString()).isZero();
    Surroundings later = surroundings(() -> Instant.now().plus(Duration.ofHours(3)));
    assertThat(run(new EnvCommand(later, () -> false), "bank")).isEqualTo(1);
    assertThat(run(new ConnectCommand(later), "bank", "true")).isEqualTo(1);
    assertThat(err.toString()).contains("expired: run gatehouse login");
  }

  @Test
  void gateOfAnotherAuthority_isNotTalkedTo() {
    int code = run(new LoginCommand(surroundings(InstantSource.system())), "--gate", scene.url());
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("cannot be reached");
    assertThat(scene.provider().requests("/device_authorization")).isZero();
  }

  @Test
  void gateWithoutSaml_isNotAskedForIt() {
    assertThat(login("--saml")).isEqualTo(1);
    assertThat(err.toString()).contains("the gate offers no login by SAML");
  }

  @Test
  void gateWithoutTls_isNotTalkedTo() {
    assertThat(
            run(
                new LoginCommand(surroundings(InstantSource.system())),
                "--gate",
                "http://gate.example.com:8443"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("https");
  }

  @Test
  void minutesThatAreTooMany_areTheGatesToRefuse() {
    assertThat(login("--device", "--minutes", "9999")).isEqualTo(1);
    assertThat(err.toString()).contains("the gate issues nothing", "minutes");
    assertThat(folder.resolve("run/gatehouse/login.json")).doesNotExist();
  }

  @Test
  void folderThatIsOpenToOthers_isRefused_beforeAnybodyIsAsked() throws Exception {
    Files.createDirectories(folder.resolve("run/gatehouse"));
    Files.setPosixFilePermissions(
        folder.resolve("run/gatehouse"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(login("--device")).isEqualTo(1);
    assertThat(err.toString()).contains("chmod 700");
    assertThat(scene.provider().requests("/device_authorization")).isZero();
  }

  @Test
  void connectWithoutACommand_isUsage() throws Exception {
    Process gatehouse = connect();
    assertThat(all(gatehouse)).contains("say what to run");
    assertThat(gatehouse.waitFor()).isEqualTo(ExitCode.USAGE);
  }
}

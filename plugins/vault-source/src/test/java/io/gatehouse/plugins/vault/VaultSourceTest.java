package io.gatehouse.plugins.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.plugin.secret.FetchedSecret;
import io.gatehouse.plugin.secret.SecretSource;
import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import io.gatehouse.plugin.secret.SourceSettings;
import io.gatehouse.plugin.secret.Term;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin against what a real Vault said, and against what none should say. */
final class VaultSourceTest {
  private static final Map<String, String> KV = Map.of("engine", "kv", "path", "secret/data/bank");
  private static final Map<String, String> DYNAMIC =
      Map.of("engine", "dynamic", "path", "database/creds/owner");

  @TempDir private Path folder;
  private RecordedVault vault;

  @BeforeEach
  void start() throws Exception {
    vault = new RecordedVault();
    Files.writeString(folder.resolve("token"), "hvs.own-token-77\n");
    Files.writeString(folder.resolve("role"), "the-role\n");
    Files.writeString(folder.resolve("secret"), "the \"secret\"");
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  private Map<String, String> settings(String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of("address", vault.address(), "without-tls", "send-everything-unencrypted"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  private SecretSource byToken() throws Exception {
    return opened(settings("auth", "token", "token-file", "token"));
  }

  private SecretSource opened(Map<String, String> settings) throws Exception {
    return new VaultFactory().open(new SourceSettings(settings, folder));
  }

  private VaultSource byRole(AtomicLong nanos) throws Exception {
    VaultConfig config =
        VaultConfig.of(
            new SourceSettings(
                settings("auth", "approle", "role-id-file", "role", "secret-id-file", "secret"),
                folder));
    VaultHttp http = new VaultHttp(config);
    vault.on("auth/approle/login", 200, RecordedVault.LOGIN);
    return new VaultSource(http, new VaultTokens(config.auth(), http, nanos::get));
  }

  private static String text(FetchedSecret secret) {
    return new String(secret.bytes(), StandardCharsets.UTF_8);
  }

  private static SecretUnavailableException refused(
      SecretSource source, Map<String, String> reference) {
    SecretUnavailableException refused =
        catchThrowableOfType(
            SecretUnavailableException.class, () -> source.fetch(reference).close());
    assertThat((Throwable) refused).isNotNull();
    assertThat(refused).hasMessageNotContaining("recorded").hasMessageNotContaining("-77");
    return refused;
  }

  private List<String> lines() {
    return vault.asked().stream().map(RecordedVault.Asked::line).toList();
  }

  private static Term ends(long seconds, String lease) {
    return new Term.Ends(Duration.ofSeconds(seconds), Optional.of(lease));
  }

  @Test
  void keyValue_givesTheField_withoutAnEnd() throws Exception {
    vault.on("secret/data/bank", 200, RecordedVault.KEY_VALUE);
    try (SecretSource source = byToken();
        FetchedSecret secret = source.fetch(KV)) {
      assertThat(text(secret)).isEqualTo("kv \"secret\" é");
      assertThat(secret.user()).isEmpty();
      assertThat(secret.term()).isEqualTo(new Term.Open());
    }
    assertThat(vault.asked().getFirst().token()).containsExactly("hvs.own-token-77");
  }

  @Test
  void keyValue_namesTheUser_whereItIsToldTo() throws Exception {
    vault.on("secret/data/bank", 200, RecordedVault.KEY_VALUE);
    Map<String, String> reference = new HashMap<>(KV);
    reference.put("user-field", "username");
    try (SecretSource source = byToken();
        FetchedSecret secret = source.fetch(reference)) {
      assertThat(secret.user()).contains("gate");
    }
    reference.put("field", "no-such");
    try (SecretSource source = byToken()) {
      assertThat(refused(source, reference).reason()).isEqualTo(Reason.UNREADABLE);
    }
  }

  @Test
  void staticUser_isReplacedAtItsTime() throws Exception {
    vault.on("database/static-creds/gate", 200, RecordedVault.STATIC);
    try (SecretSource source = byToken();
        FetchedSecret secret =
            source.fetch(Map.of("engine", "static", "path", "database/static-creds/gate"))) {
      assertThat(text(secret)).isEqualTo("zmG6-recorded");
      assertThat(secret.user()).contains("gate");
      assertThat(secret.term()).isEqualTo(new Term.Replaced(Duration.ofHours(1)));
    }
  }

  @Test
  void dynamicUser_endsWithItsLease_orWithTheTokenThatLeasedIt() throws Exception {
    vault.on("database/creds/owner", 200, RecordedVault.DYNAMIC);
    vault.on("auth/token/lookup-self", 200, RecordedVault.LOOKED_UP);
    vault.on(
        "auth/token/lookup-self",
        200,
        RecordedVault.LOOKED_UP.replace("ttl\":120,\"ty", "ttl\":20,\"ty"));
    vault.on("auth/token/lookup-self", 403, RecordedVault.DENIED);
    String lease = "0 database/creds/owner/ggnKPhDTxYOlQgfPIAm29mhv";
    try (SecretSource source = byToken()) {
      for (long seconds : new long[] {60, 20, 60}) {
        try (FetchedSecret secret = source.fetch(DYNAMIC)) {
          assertThat(text(secret)).isEqualTo("n-Hx0-recorded");
          assertThat(secret.user()).contains("v-token-owner-vcrjAK4Kqx6qmP67iLo2-1795343413");
          assertThat(secret.term()).isEqualTo(ends(seconds, lease));
        }
      }
    }
  }

  @Test
  void login_isMadeOnce_andTheTokenRenewedWhenHalfOfItIsOver() throws Exception {
    vault.on("secret/data/bank", 200, RecordedVault.KEY_VALUE);
    vault.on("auth/token/renew-self", 200, RecordedVault.RENEWED);
    vault.on(
        "auth/token/renew-self",
        200,
        RecordedVault.RENEWED.replace("lease_duration\":120", "lease_duration\":30"));
    AtomicLong nanos = new AtomicLong();
    try (VaultSource source = byRole(nanos)) {
      for (long second : new long[] {0, 59, 61, 100, 130}) {
        nanos.set(Duration.ofSeconds(second).toNanos());
        source.fetch(KV).close();
      }
    }
    String read = "GET /v1/secret/data/bank";
    String login = "POST /v1/auth/approle/login";
    String renew = "POST /v1/auth/token/renew-self";
    assertThat(lines()).containsExactly(login, read, read, renew, read, read, renew, login, read);
    assertThat(vault.asked().getFirst().body())
        .isEqualTo("{\"role_id\":\"the-role\",\"secret_id\":\"the \\\"secret\\\"\"}");
    assertThat(vault.asked().getFirst().token()).isEmpty();
    assertThat(vault.asked().get(1).token()).containsExactly(RecordedVault.TOKEN);
  }

  @Test
  void lease_isExtended_whileItsLoginLives() throws Exception {
    vault.on("database/creds/owner", 200, RecordedVault.DYNAMIC);
    vault.on("sys/leases/renew", 200, RecordedVault.LEASE_RENEWED);
    vault.on("sys/leases/renew", 400, RecordedVault.NO_LEASE);
    vault.on("auth/token/renew-self", 403, RecordedVault.DENIED);
    AtomicLong nanos = new AtomicLong();
    try (VaultSource source = byRole(nanos);
        FetchedSecret secret = source.fetch(DYNAMIC)) {
      assertThat(secret.term())
          .isEqualTo(ends(60, "1 database/creds/owner/ggnKPhDTxYOlQgfPIAm29mhv"));
      String lease = ((Term.Ends) secret.term()).lease().orElseThrow();
      assertThat(source.extend(lease)).contains(Duration.ofSeconds(60));
      assertThat(vault.asked().getLast().body())
          .isEqualTo("{\"lease_id\":\"database/creds/owner/ggnKPhDTxYOlQgfPIAm29mhv\"}");
      assertThat(source.extend(lease)).as("the lease is gone").isEmpty();

      nanos.set(Duration.ofSeconds(70).toNanos());
      int before = vault.asked().size();
      assertThat(source.extend(lease)).as("its token cannot be renewed").isEmpty();
      assertThat(lines().subList(before, vault.asked().size()))
          .containsExactly("POST /v1/auth/token/renew-self", "POST /v1/auth/approle/login");
    }
  }

  @Test
  void refusedToken_isGotAgain_once() throws Exception {
    vault.on("secret/data/bank", 200, RecordedVault.KEY_VALUE);
    vault.on("secret/data/bank", 403, RecordedVault.DENIED);
    vault.on("secret/data/bank", 200, RecordedVault.KEY_VALUE);
    vault.on("secret/data/bank", 403, RecordedVault.DENIED);
    try (VaultSource source = byRole(new AtomicLong())) {
      source.fetch(KV).close();
      source.fetch(KV).close();
      assertThat(refused(source, KV).reason()).isEqualTo(Reason.DENIED);
    }
    assertThat(lines().stream().filter(line -> line.endsWith("/login"))).hasSize(3);
  }

  @Test
  void refusals_haveTheirReasons_andNothingOfTheAnswer() throws Exception {
    vault.on("secret/data/a", 404, RecordedVault.KEY_VALUE_DELETED);
    vault.on("secret/data/b", 503, RecordedVault.SEALED);
    vault.on("secret/data/c", 400, RecordedVault.NO_ROLE);
    vault.on("secret/data/d", 403, RecordedVault.DENIED);
    vault.on("secret/data/e", 307, RecordedVault.KEY_VALUE);
    vault.on("secret/data/f", 200, "recorded, but not JSON");
    vault.on("secret/data/g", 200, "{\"data\":{\"data\":{\"password\":7}}}");
    vault.on("secret/data/h", 200, "[" + "1,".repeat(600_000) + "1]");
    Map<String, Reason> reasons =
        Map.of(
            "a", Reason.NOT_FOUND,
            "b", Reason.UNREACHABLE,
            "c", Reason.REFERENCE,
            "d", Reason.DENIED,
            "e", Reason.UNREADABLE,
            "f", Reason.UNREADABLE,
            "g", Reason.UNREADABLE,
            "h", Reason.UNREADABLE);
    try (SecretSource source = byToken()) {
      for (Map.Entry<String, Reason> one : reasons.entrySet()) {
        Map<String, String> reference =
            Map.of("engine", "kv", "path", "secret/data/" + one.getKey());
        assertThat(refused(source, reference).reason()).as(one.getKey()).isEqualTo(one.getValue());
      }
    }
    assertThat(lines()).noneMatch(line -> line.contains("elsewhere"));
  }

  @Test
  void proofThatIsRefused_isDenied() throws Exception {
    try (VaultSource source = byRole(new AtomicLong())) {
      vault.on("auth/approle/login", 400, RecordedVault.WRONG_PROOF);
      vault.on("secret/data/bank", 403, RecordedVault.DENIED);
      SecretUnavailableException refused = refused(source, KV);
      assertThat(refused.reason()).isEqualTo(Reason.DENIED);
      assertThat(refused).hasMessage("the login at auth/approle was answered with status 400");
    }
  }

  @Test
  void nobodyThere_isUnreachable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Map<String, String> settings = settings("auth", "token", "token-file", "token");
    settings.put("address", "http://127.0.0.1:" + port);
    try (SecretSource source = opened(settings)) {
      assertThat(refused(source, KV).reason()).isEqualTo(Reason.UNREACHABLE);
    }
  }

  @Test
  void interrupted_itEnds() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Map<String, String> settings = settings("auth", "token", "token-file", "token");
      settings.put("address", "http://127.0.0.1:" + silent.getLocalPort());
      try (SecretSource source = opened(settings)) {
        Thread asking = Thread.ofPlatform().start(() -> refused(source, KV));
        silent.accept();
        asking.interrupt();
        asking.join(Duration.ofSeconds(60));
        assertThat(asking.isAlive()).isFalse();
      }
    }
  }

  @Test
  void kubernetes_bringsItsTokenAndItsRole_inItsNamespace() throws Exception {
    Files.writeString(folder.resolve("jwt"), "ey.J.x");
    vault.on("auth/cluster/login", 200, RecordedVault.LOGIN);
    vault.on("secret/data/bank", 200, RecordedVault.KEY_VALUE);
    Map<String, String> settings =
        settings(
            "auth",
            "kubernetes",
            "mount",
            "cluster",
            "role",
            "gate",
            "jwt-file",
            "jwt",
            "namespace",
            "bank/core");
    try (SecretSource source = opened(settings)) {
      source.fetch(KV).close();
    }
    assertThat(vault.asked().getFirst().body()).isEqualTo("{\"role\":\"gate\",\"jwt\":\"ey.J.x\"}");
    assertThat(vault.asked())
        .allSatisfy(asked -> assertThat(asked.namespace()).containsExactly("bank/core"));
  }

  @Test
  void tokenFileThatIsReplaced_isReadAgain() throws Exception {
    vault.on("secret/data/bank", 200, RecordedVault.KEY_VALUE);
    try (SecretSource source = byToken()) {
      source.fetch(KV).close();
      Files.writeString(folder.resolve("token"), "hvs.other");
      source.fetch(KV).close();
      Files.delete(folder.resolve("token"));
      assertThat(refused(source, KV).reason()).isEqualTo(Reason.DENIED);
    }
    assertThat(vault.asked())
        .extracting(asked -> asked.token().getFirst())
        .containsExactly("hvs.own-token-77", "hvs.other");
  }

  @Test
  void referenceThatMakesNoSense_isRefusedBeforeAnybodyIsAsked() throws Exception {
    List<Map<String, String>> references =
        List.of(
            Map.of(),
            Map.of("engine", "kv"),
            Map.of("engine", "other", "path", "a"),
            Map.of("engine", "kv", "path", "/v1/secret/data/bank"),
            Map.of("engine", "kv", "path", "v1/secret/data/bank"),
            Map.of("engine", "kv", "path", "secret/../sys/seal"),
            Map.of("engine", "kv", "path", "secret/data/bank?version=1"),
            Map.of("engine", "kv", "path", "secret/data/%2e%2e"),
            Map.of("engine", "static", "path", "a", "field", "b"));
    try (SecretSource source = byToken()) {
      for (Map<String, String> reference : references) {
        assertThat(refused(source, reference).reason()).isEqualTo(Reason.REFERENCE);
      }
    }
    assertThat(vault.asked()).isEmpty();
  }
}

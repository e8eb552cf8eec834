package io.gatehouse.plugins.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gatehouse.plugin.secret.SecretSource;
import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import io.gatehouse.plugin.secret.SourceSettings;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is asked of a Vault that does not prove who it is. */
final class VaultTlsTest {
  private static final String STORE_PASSWORD = "of-this-test";

  @TempDir private Path folder;
  private final AtomicInteger asked = new AtomicInteger();

  private void keytool(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-storepass", STORE_PASSWORD, "-keystore", folder.resolve("store").toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
  }

  private HttpsServer server(String name) throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        "vault",
        "-keyalg",
        "EC",
        "-dname",
        "CN=vault",
        "-ext",
        "san=" + name,
        "-validity",
        "2");
    keytool("-exportcert", "-rfc", "-alias", "vault", "-file", folder.resolve("ca.crt").toString());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("store"))) {
      store.load(in, STORE_PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, STORE_PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = RecordedVault.KEY_VALUE.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private SecretSource source(HttpsServer server, boolean trusting) throws Exception {
    Files.writeString(folder.resolve("token"), "hvs.own-token-77");
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "address", "https://127.0.0.1:" + server.getAddress().getPort(),
                "auth", "token",
                "token-file", "token"));
    if (trusting) {
      settings.put("ca", "ca.crt");
    }
    return new VaultFactory().open(new SourceSettings(settings, folder));
  }

  private void assertNotAsked(SecretSource source) {
    SecretUnavailableException refused =
        catchThrowableOfType(
            SecretUnavailableException.class,
            () -> source.fetch(Map.of("engine", "kv", "path", "secret/data/bank")).close());
    assertThat(refused.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(refused).hasMessageStartingWith("no TLS with https://127.0.0.1:");
    assertThat(asked).hasValue(0);
  }

  @Test
  void certificateOfTheAuthority_isTrusted_andNoOther() throws Exception {
    HttpsServer server = server("ip:127.0.0.1");
    try (SecretSource stranger = source(server, false);
        SecretSource friend = source(server, true)) {
      assertNotAsked(stranger);
      friend.fetch(Map.of("engine", "kv", "path", "secret/data/bank")).close();
      assertThat(asked).hasValue(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void certificateOfAnotherName_isNotTrusted() throws Exception {
    HttpsServer server = server("dns:elsewhere");
    try (SecretSource source = source(server, true)) {
      assertNotAsked(source);
    } finally {
      server.stop(0);
    }
  }
}

package io.gatehouse.appliance.mcp;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.StoreLimits;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.recorded.JournalFolder;
import io.gatehouse.mcp.fixture.McpFixture;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole gate in front of a server with tools, with a provider of tokens, a journal and a control
 * store. It listens twice: with TLS and without.
 */
final class McpScene implements AutoCloseable {
  /** What the gate holds for the server. */
  static final String HELD = "held-for-the-tools";

  static final String AGENTS = "agents";

  private static final String POLICY =
      """
      rules:
        - name: agents-talk
          callers: {groups: [agents]}
          operations: [session]
          verdict: allow
        - name: agents-use-tools
          callers: {groups: [agents]}
          resources: {tools: [echo, add, slow, stream]}
          verdict: allow
        - name: nothing-secret
          resources: {tools: [echo]}
          when: command.arguments.message.contains("secret")
          verdict: deny
          message: secrets are not repeated
      """;

  /**
   * What is not as usual.
   *
   * @param credential of the gate at the server, in braces
   * @param rules more of them
   * @param targets more of the server's own keys, and more targets
   * @param sections more of the configuration
   */
  record Settings(String credential, String rules, String targets, String sections) {
    static final Settings USUAL = new Settings("{bearer: {file: tools.token}}", "", "", "");

    /** With a key of the server's own, as a line. */
    static Settings target(String key) {
      return key.isEmpty() ? USUAL : with("", "    " + key + "\n");
    }

    static Settings with(String rules, String targets) {
      return new Settings(USUAL.credential, rules, targets, "");
    }
  }

  final McpFixture server = new McpFixture();
  final OidcServer provider = OidcServer.start(InstantSource.system());
  final Certificates certificates = Certificates.make();
  final JournalFolder journal;
  private final Path folder;
  private final Path configuration;
  private Appliance gate;
  private boolean stopped;

  McpScene(Path folder) throws Exception {
    this(folder, 0);
  }

  /**
   * @param port of another server than the scene's own; 0 for that
   */
  McpScene(Path folder, int port) throws Exception {
    this(folder, port, Settings.USUAL);
  }

  /**
   * @param port of another server than the scene's own; 0 for that
   */
  McpScene(Path folder, int port, Settings settings) throws Exception {
    this.folder = folder;
    journal = JournalFolder.make(folder.resolve("kept"));
    certificates.write(folder);
    Files.writeString(folder.resolve("policy.yaml"), POLICY + settings.rules());
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Files.writeString(folder.resolve("tools.token"), HELD + "\n");
    for (String name : List.of("ann", "bob", "carl", "dora")) {
      provider.tokens().person(name, AGENTS);
    }
    configuration =
        Files.writeString(
            folder.resolve("gatehouse.yaml"),
            configuration(port == 0 ? server.uri().getPort() : port, settings)
                + settings.sections()
                + journal.section(""));
    gate = Appliance.start(configuration, new Environment(Map.of()));
  }

  /** Clients of the gate before do not reach this one. */
  void restart() throws Exception {
    gate.close();
    gate = Appliance.start(configuration, new Environment(Map.of()));
  }

  private String configuration(int port, Settings settings) {
    return """
    listeners:
      - name: secure
        protocol: mcp
        address: 127.0.0.1
        port: 0
        tls: {certificate: server.crt, key: server.key}
        names: [localhost]
        resource: https://localhost
        scopes: [openid]
        paths: {/mcp: tools}
      - name: plain
        protocol: mcp
        address: 127.0.0.1
        port: 0
        clients-without-tls: accept
        names: [localhost]
        resource: http://localhost
        paths: {/tools: tools}
    targets:
      - name: tools
        protocol: mcp
        host: 127.0.0.1
        port: %d
        without-tls: send-everything-unencrypted
        credential: %s
        accounts:
          - {subjects: [carl], credential: {header: X-Api-Key, value: {file: tools.token}}}
          - {subjects: [dora], credential: {none: true}}
    %susers: users.yaml
    policy: policy.yaml
    management: {address: 127.0.0.1, port: 0}
    identity:
      issuers:
        - {issuer: "%s", audiences: [%s]}
      store: {file: control/store.db}
    """
        .formatted(
            port,
            settings.credential(),
            settings.targets(),
            provider.issuer(),
            OidcServer.AUDIENCE);
  }

  Appliance gate() {
    return gate;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Over TLS, so by HTTP/2. */
  McpClient client(String token) throws Exception {
    return new McpClient(
        URI.create("https://localhost:" + gate.address("secure").getPort() + "/mcp"),
        Optional.of(certificates.client()),
        token);
  }

  McpClient plainClient(String token) {
    return plainClient("localhost", token);
  }

  /**
   * @param name by which the listener is called
   */
  McpClient plainClient(String name, String token) {
    return new McpClient(
        URI.create("http://" + name + ":" + gate.address("plain").getPort() + "/tools"),
        Optional.empty(),
        token);
  }

  String token(String subject) {
    return provider.tokens().about(subject);
  }

  /** The store that the gate has open, opened once more; the user closes it. */
  ControlStore store() throws Exception {
    return ControlStore.open(
        new StoreLocation.InFile(folder.resolve("control/store.db")), StoreLimits.DEFAULT);
  }

  /** Of the journal, which ends with the gate. */
  List<JournalFolder.Entry> entries(Kind kind) throws Exception {
    stop();
    return journal.entries().stream().filter(entry -> entry.kind() == kind).toList();
  }

  void stop() {
    if (!stopped) {
      stopped = true;
      gate.close();
    }
  }

  @Override
  public void close() {
    stop();
    provider.close();
    server.close();
  }
}

package io.gatehouse.appliance.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** What agents find in the demo: a server with tools behind the gate, and a token for one. */
final class DemoAgents implements AutoCloseable {
  static final String LISTENER = "agents";
  static final String AGENT = "assistant";

  private final Path folder;
  private final int port;
  private final DemoIssuer issuer;
  private final DemoTools tools;
  private final String token;

  private DemoAgents(Path folder, int port, DemoIssuer issuer, DemoTools tools, String token) {
    this.folder = folder;
    this.port = port;
    this.issuer = issuer;
    this.tools = tools;
    this.token = token;
  }

  /**
   * @param held the gate's password at the database, which the tools log in with too
   * @param own what the gate shows the tools
   */
  static DemoAgents start(Path folder, int databasePort, String held, String own)
      throws IOException {
    Properties login = new Properties();
    login.setProperty("user", DemoDatabase.USER);
    login.setProperty("password", held);
    login.setProperty("sslmode", "verify-full");
    login.setProperty("sslrootcert", folder.resolve("ca.crt").toString());
    String url = "jdbc:postgresql://127.0.0.1:" + databasePort + "/" + DemoDatabase.NAME;
    DemoIssuer issuer = DemoIssuer.start();
    try {
      int port = free();
      String token = issuer.token(AGENT, List.of("analysts"), resource(port) + "/mcp");
      DemoCertificates.PrivateFiles.write(folder.resolve("tools-token"), own + "\n");
      DemoCertificates.PrivateFiles.write(folder.resolve("agent.headers"), headers(token));
      DemoTools tools = DemoTools.start(own, new BankTools(url, login));
      return new DemoAgents(folder, port, issuer, tools, token);
    } catch (IOException e) {
      issuer.close();
      throw e;
    }
  }

  private static String headers(String token) {
    return """
    Authorization: Bearer %s
    Content-Type: application/json
    Accept: application/json, text/event-stream
    MCP-Protocol-Version: %s
    """
        .formatted(token, DemoTools.MODERN);
  }

  /** Its number is in the URL that clients are told, so it is needed before the gate has it. */
  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String resource(int port) {
    return "https://localhost:" + port;
  }

  /** An element of {@code listeners}. */
  String listener() {
    return """
      - name: %s
        protocol: mcp
        address: 127.0.0.1
        port: %d
        tls: {certificate: gate.crt, key: gate.key}
        names: [localhost]
        resource: %s
        paths: {/mcp: bank-tools}
    """
        .formatted(LISTENER, port, resource(port));
  }

  /** An element of {@code targets}. */
  String target() {
    return """
      - name: bank-tools
        protocol: mcp
        host: 127.0.0.1
        port: %d
        without-tls: send-everything-unencrypted
        credential:
          bearer: {file: tools-token}
    """
        .formatted(tools.port());
  }

  String identity() {
    return """
    identity:
      issuers:
        - {issuer: "%s", audiences: ["%s/mcp"]}
    """
        .formatted(issuer.url(), resource(port));
  }

  /** What to type to call a tool; works as printed. */
  String curlLine(String tool, String arguments) {
    return ("curl -s --cacert %s -H @%s -H 'Mcp-Method: tools/call' -H 'Mcp-Name: %s' %s/mcp -d"
                + " '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\","
                + "\"arguments\":%s,\"_meta\":{\"%s\":\"%s\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}'")
        .formatted(
            folder.resolve("ca.crt"),
            folder.resolve("agent.headers"),
            tool,
            resource(port),
            tool,
            arguments,
            DemoTools.VERSION,
            DemoTools.MODERN);
  }

  String token() {
    return token;
  }

  /** For another agent. */
  String token(String subject, String group) throws IOException {
    return issuer.token(subject, List.of(group), resource(port) + "/mcp");
  }

  URI server() {
    return URI.create(resource(port) + "/mcp");
  }

  int toolsPort() {
    return tools.port();
  }

  @Override
  public void close() {
    issuer.close();
    tools.close();
  }
}

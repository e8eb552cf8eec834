package io.gatehouse.appliance.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.mcp.testing.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that lists what the test says, and whose tools all answer that they are done. */
final class ListingServer implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\":([0-9]+)");

  private final ScriptedServer server;

  /** Of a list; as JSON. */
  private volatile String result = "{}";

  private ListingServer() throws IOException {
    server = new ScriptedServer(null, this::answer);
  }

  static ListingServer start() {
    try {
      return new ListingServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.port();
  }

  /** From now on; each item as JSON. */
  void lists(String... tools) {
    result =
        "{\"nextCursor\":\"more\",\"cacheScope\":\"public\",\"tools\":["
            + String.join(",", tools)
            + "]}";
  }

  static String tool(String name, String description) {
    return "{\"name\":\"%s\",\"description\":\"%s\",\"inputSchema\":{\"type\":\"object\"}}"
        .formatted(name, description);
  }

  List<String> requests() {
    return server.requests;
  }

  private boolean answer(String request, OutputStream out) throws IOException {
    Matcher id = ID.matcher(request);
    if (!id.find()) {
      out.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
      return true;
    }
    String said =
        request.contains("tools/list")
            ? result
            : "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}";
    byte[] body =
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}"
            .formatted(id.group(1), said)
            .getBytes(UTF_8);
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
    out.write((head + body.length + "\r\n\r\n").getBytes(UTF_8));
    out.write(body);
    return true;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

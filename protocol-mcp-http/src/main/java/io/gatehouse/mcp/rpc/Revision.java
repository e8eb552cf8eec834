package io.gatehouse.mcp.rpc;

import java.util.Arrays;
import java.util.Optional;

/** The revisions of the specification, oldest first, and what an intermediary sees of them. */
public enum Revision {
  V2024_11_05("2024-11-05"),
  V2025_03_26("2025-03-26"),
  V2025_06_18("2025-06-18"),
  V2025_11_25("2025-11-25"),
  V2026_07_28("2026-07-28");

  /** What a request is of that names none. */
  public static final Revision UNNAMED = V2025_03_26;

  private final String text;

  Revision(String text) {
    this.text = text;
  }

  public static Optional<Revision> find(String text) {
    return Arrays.stream(values()).filter(revision -> revision.text.equals(text)).findFirst();
  }

  /** As it stands in headers and messages. */
  public String text() {
    return text;
  }

  /** Without initialize, sessions and requests of servers; each request says all about itself. */
  public boolean modern() {
    return from(V2026_07_28);
  }

  /** A stream of events tells where to post; later revisions have one address for both. */
  public boolean separateEndpoints() {
    return this == V2024_11_05;
  }

  public boolean batches() {
    return this == V2025_03_26;
  }

  /** {@code Mcp-Session-Id}, GET for a stream, DELETE, and {@code Last-Event-ID}. */
  public boolean sessions() {
    return from(V2025_03_26) && !modern();
  }

  /** {@code MCP-Protocol-Version} on what follows initialize, or on all. */
  public boolean versionHeader() {
    return from(V2025_06_18);
  }

  /** {@code structuredContent}, {@code outputSchema} and links to resources in results. */
  public boolean structuredContent() {
    return from(V2025_06_18);
  }

  /** Servers ask clients: sampling, roots, elicitation; clients post what they answer. */
  public boolean serverRequests() {
    return !modern();
  }

  /** {@code Mcp-Method} and {@code Mcp-Name}, which must say what the body says. */
  public boolean mirroredHeaders() {
    return modern();
  }

  /** {@code _meta} with version and capabilities in each request. */
  public boolean requestMeta() {
    return modern();
  }

  /** Whoever leaves before the answer does not want it any more. */
  public boolean cancelledByDisconnect() {
    return modern();
  }

  private boolean from(Revision first) {
    return compareTo(first) >= 0;
  }
}

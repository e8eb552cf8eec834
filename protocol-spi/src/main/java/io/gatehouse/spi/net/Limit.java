package io.gatehouse.spi.net;

import java.util.Locale;

/**
 * Everything that is bounded, by name. The name in lower case with dashes is the configuration key
 * under {@code limits} and the tag {@code limit} of {@code gatehouse_limit_reached_total}.
 */
public enum Limit {
  /** PostgreSQL's own cap is 10,000 bytes (MAX_STARTUP_PACKET_LENGTH). */
  STARTUP_PACKET_BYTES(10_000, "the first packet of a connection"),
  /** An authentication message; tokens as passwords need more than PostgreSQL's clients send. */
  LOGIN_MESSAGE_BYTES(65_536, "one message of the login dialogue"),
  LOGIN_SECONDS(30, "from accept to the end of the login, TLS included"),
  CANCEL_SECONDS(10, "delivering a cancel request upstream"),
  UPSTREAM_CONNECT_SECONDS(10, "connecting and logging in upstream"),
  /** The oldest unfinished login makes room for the newest. */
  UNFINISHED_LOGINS(4_096, "connections that have not logged in"),
  SESSIONS(10_000, "sessions at once"),
  /** A message that must be read whole before it is decided. */
  COMMAND_BYTES(67_108_864, "one command with its bind values"),
  /** All sessions together. */
  COMMAND_BYTES_TOTAL(268_435_456, "commands being read, all sessions together"),
  PREPARED_STATEMENTS(10_000, "named prepared statements of a session"),
  PORTALS(10_000, "named portals of a session"),
  /** What a session keeps beside them is bounded by the messages it sends. */
  SESSION_BYTES(67_108_864, "texts of prepared statements and bind values of portals"),
  /** Reading from the client pauses here; it is not an error. */
  PIPELINE_DEPTH(65_536, "messages of a session that wait for the server's answer"),
  /** Reading from the other side pauses here; it is not an error. */
  WRITE_BUFFER_BYTES(262_144, "bytes waiting to be written to a slow peer"),
  CLIENT_STALLED_SECONDS(3_600, "a client that does not read its results"),
  /** Zero: never. */
  CLIENT_IDLE_SECONDS(0, "a client that sends nothing, outside a command"),
  CLOSE_SECONDS(10, "sending what is left to a peer when its session has ended"),
  FAILED_CANCELS_PER_SOURCE(20, "cancel requests with a wrong key from one address in a minute"),
  /** An IPv6 network of /64 is one source. */
  FAILED_LOGINS_PER_SOURCE(60, "logins that failed from one source in a minute"),
  FAILED_LOGINS_PER_NAME(10, "logins that failed for one user name in a minute"),
  /** A longer text is not understood. */
  ANALYSIS_BYTES(1_048_576, "the text of a command that is read for a policy"),
  /** What takes longer is not understood. */
  ANALYSIS_MILLIS(2_000, "reading a command for a policy, waiting included"),
  ANALYSIS_QUEUE(1_024, "commands that wait to be read for a policy"),
  /** What was asked for least makes room. */
  VERDICT_CACHE_BYTES(67_108_864, "verdicts that are kept"),
  CATALOG_ROWS(2_000_000, "rows of a database's catalog"),
  CATALOG_SECONDS(60, "reading a database's catalog"),
  CATALOG_WATCH_SECONDS(5, "between looks whether a catalog has changed"),
  CATALOG_REFRESH_SECONDS(600, "between readings of a catalog without a sign of change"),
  CATALOG_AGE_SECONDS(60, "a catalog that could not be confirmed and is used all the same"),
  CATALOGS(200, "databases whose catalogs are kept"),
  /** One more is closed at once. */
  DESK_CONNECTIONS(1_024, "connections to the desk"),
  DESK_REQUEST_SECONDS(10, "from accept to the end of a request to the desk, TLS included"),
  /** A token has 32 KiB at the most. */
  DESK_HEADER_BYTES(40_960, "the headers of a request to the desk"),
  DESK_BODY_BYTES(4_096, "the body of a request to the desk"),
  /** Base64 in a form makes half as much again of a response. */
  DESK_SAML_BYTES(131_072, "a response of a SAML provider, as a browser posts it to the desk"),
  DESK_CREDENTIALS(32, "credentials of one caller that are good, issued by the desk"),
  HTTP_LINE_BYTES(8_192, "the first line of a message over HTTP"),
  /** A token has 32 KiB at the most. */
  HTTP_HEADER_BYTES(65_536, "the headers of a message over HTTP"),
  HTTP_HEADERS(100, "how many headers a message over HTTP has"),
  HTTP_BODY_BYTES(4_194_304, "the body of a request over HTTP"),
  HTTP_HEAD_SECONDS(10, "the TLS handshake of a client over HTTP, and the headers of a request"),
  HTTP_BODY_SECONDS(30, "the body of a request over HTTP"),
  HTTP_IDLE_SECONDS(120, "a client's connection over HTTP without a request under way"),
  HTTP_STREAMS(100, "requests at once on one connection over HTTP/2"),
  /** From the first byte of one until its client has the last. */
  ANSWER_BYTES_TOTAL(
      268_435_456, "answers over HTTP that no client has yet, all sessions together"),
  MCP_IDLE_SECONDS(1_800, "a conversation over MCP with nothing under way"),
  MCP_CALLS(64, "what is under way at once in one conversation over MCP"),
  MCP_CONVERSATIONS(10_000, "conversations over MCP at once on one listener"),
  /** So that one caller leaves room for the others. */
  MCP_CONVERSATIONS_PER_TOKEN(1_000, "conversations over MCP of one token at once on one listener"),
  UPSTREAM_CONNECTIONS(1_024, "connections of one event loop to one server over HTTP"),
  UPSTREAM_KEPT_CONNECTIONS(16, "connections over HTTP that an event loop keeps for a server"),
  /** Many servers close after five, and what is under way then is lost. */
  UPSTREAM_KEPT_SECONDS(4, "keeping a connection over HTTP to a server that nobody uses"),
  /** Each: the head from the last byte of the request on, the rest from the head on. */
  UPSTREAM_ANSWER_SECONDS(
      300, "waiting for the head of a server's answer over HTTP, and for the rest if no stream"),
  DRAIN_SECONDS(30, "waiting for sessions to end at shutdown");

  private final long defaultValue;
  private final String meaning;

  Limit(long defaultValue, String meaning) {
    this.defaultValue = defaultValue;
    this.meaning = meaning;
  }

  public long defaultValue() {
    return defaultValue;
  }

  /** What it bounds, for messages and docs. */
  public String meaning() {
    return meaning;
  }

  /** The key under {@code limits} in the configuration, and the metric tag. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

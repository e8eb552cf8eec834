package io.gatehouse.mcp.upstream;

/** Why a question has no whole answer. */
public enum Failure {
  /** No connection, or not by TLS. */
  UNREACHABLE,
  /** Too many connections to that server. */
  BUSY,
  /** The gate has no credential to show there. */
  CREDENTIAL,
  /** The connection ended before the answer did. */
  CLOSED,
  /** What it said is not an answer that can be understood in one way. */
  VIOLATED_PROTOCOL,
  /** Nothing came in time. */
  TOO_SLOW
}

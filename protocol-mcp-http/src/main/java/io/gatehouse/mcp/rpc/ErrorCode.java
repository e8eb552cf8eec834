package io.gatehouse.mcp.rpc;

/**
 * The codes of errors that have a meaning in MCP. Errors of the gate's own have codes outside
 * -32768 to -32000, which JSON-RPC keeps for itself.
 */
public enum ErrorCode {
  PARSE_ERROR(-32_700, 400),
  INVALID_REQUEST(-32_600, 400),
  METHOD_NOT_FOUND(-32_601, 404),
  INVALID_PARAMS(-32_602, 400),
  INTERNAL_ERROR(-32_603, 500),
  /** A header says something else than the body. */
  HEADER_MISMATCH(-32_020, 400),
  MISSING_CLIENT_CAPABILITY(-32_021, 400),
  UNSUPPORTED_PROTOCOL_VERSION(-32_022, 400);

  private final int code;
  private final int httpStatus;

  ErrorCode(int code, int httpStatus) {
    this.code = code;
    this.httpStatus = httpStatus;
  }

  public int code() {
    return code;
  }

  /** The status of the answer, where the message was refused before it was carried out. */
  public int httpStatus() {
    return httpStatus;
  }
}

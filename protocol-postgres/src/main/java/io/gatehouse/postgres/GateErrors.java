package io.gatehouse.postgres;

import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.spi.Refusal;

/** The one mapping from the gate's refusals to PostgreSQL's errors. */
public final class GateErrors {
  private GateErrors() {}

  /** An error that the session survives. */
  public static ErrorResponse error(Refusal refusal) {
    return response("ERROR", refusal);
  }

  /** An error after which the connection closes. */
  public static ErrorResponse fatal(Refusal refusal) {
    return response("FATAL", refusal);
  }

  private static ErrorResponse response(String severity, Refusal refusal) {
    String code = refusal.code() == null ? sqlState(refusal.kind()) : refusal.code();
    ErrorResponse response = ErrorResponse.of(severity, code, clean(refusal.message()));
    if (refusal.detail() != null) {
      response = response.with('D', clean(refusal.detail()));
    }
    if (refusal.hint() != null) {
      response = response.with('H', clean(refusal.hint()));
    }
    return response;
  }

  private static String clean(String text) {
    return text.replace('\0', ' ');
  }

  /** PostgreSQL documentation, appendix A. */
  static String sqlState(Refusal.Kind kind) {
    return switch (kind) {
      case IDENTITY -> "28000";
      case UNKNOWN_TARGET -> "3D000";
      case POLICY, NOT_UNDERSTOOD -> "42501";
      case LIMIT -> "54000";
      case WITHDRAWN -> "57014";
      case UNAVAILABLE -> "57P03";
      case KILLED -> "57P01";
      case UNSUPPORTED -> "0A000";
      case INTERNAL -> "XX000";
    };
  }
}

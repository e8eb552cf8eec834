package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is answered. Whoever sends it wipes the body.
 *
 * @param headers beside those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DeskAnswer(int status, Map<String, String> headers, byte[] body) {
  static final int OK = 200;
  static final int CREATED = 201;
  static final int NO_CONTENT = 204;
  static final int FOUND = 302;
  static final int SEE_OTHER = 303;
  static final int BAD = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int METHOD = 405;
  static final int TOO_LARGE = 413;
  static final int MEDIA_TYPE = 415;
  static final int EXPECTATION = 417;
  static final int TOO_MANY = 429;
  static final int HEADERS_TOO_LARGE = 431;
  static final int UNAVAILABLE = 503;
  static final int VERSION = 505;

  DeskAnswer {
    headers = Map.copyOf(headers);
  }

  static DeskAnswer json(int status, Object document) {
    return new DeskAnswer(
        status, Map.of(), JsonText.of(document).getBytes(StandardCharsets.US_ASCII));
  }

  static DeskAnswer nothing() {
    return new DeskAnswer(NO_CONTENT, Map.of(), new byte[0]);
  }

  static DeskAnswer error(int status, String error, String message, String hint) {
    Map<String, String> document = new LinkedHashMap<>();
    document.put("error", error);
    document.put("message", message);
    document.put("hint", hint);
    return json(status, document);
  }

  static DeskAnswer malformed(String message) {
    return error(
        BAD, "malformed-request", message, "send HTTP/1.1 as gatehouse login does; see docs/login");
  }

  static DeskAnswer method(String allowed) {
    return error(METHOD, "method-not-allowed", "only " + allowed + " is served here", "")
        .with("Allow", allowed);
  }

  static DeskAnswer unknown() {
    return error(
        NOT_FOUND, "not-found", "there is nothing of this name", "the list is what is there");
  }

  /** RFC 6750, section 3.1; an answer to no token at all has no error code. */
  static DeskAnswer unauthorized(boolean presented) {
    return error(
            UNAUTHORIZED,
            "unauthorized",
            presented ? "what was presented proves nothing here" : "nothing was presented",
            "run gatehouse login")
        .with(
            "WWW-Authenticate",
            presented
                ? "Bearer realm=\"gatehouse\", error=\"invalid_token\""
                : "Bearer realm=\"gatehouse\"");
  }

  static DeskAnswer unavailable(String message) {
    return error(UNAVAILABLE, "unavailable", message, "try again; the gate's log says why");
  }

  /** For a browser. */
  static DeskAnswer page(int status, String type, String text) {
    return new DeskAnswer(
        status,
        Map.of("Content-Type", type, "Referrer-Policy", "no-referrer"),
        text.getBytes(StandardCharsets.US_ASCII));
  }

  /** To a place that the gate made up itself. */
  static DeskAnswer redirect(int status, String place) {
    Map<String, String> headers =
        Map.of("Location", place, "Referrer-Policy", "no-referrer", "Content-Type", "text/plain");
    return new DeskAnswer(status, headers, new byte[0]);
  }

  private DeskAnswer with(String name, String value) {
    return new DeskAnswer(status, Map.of(name, value), body);
  }

  void wipe() {
    Arrays.fill(body, (byte) 0);
  }

  @Override
  public String toString() {
    return Integer.toString(status);
  }
}

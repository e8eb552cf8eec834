package io.gatehouse.appliance.desk;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request must be like before its body is read. Two readers must not be able to disagree
 * about where it ends or whom it is for, so what leaves room for that is refused.
 */
final class Screening {
  /** Nothing that is served needs an escape or a query. */
  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._/-]{0,255}");

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");
  private static final Pattern FORM =
      Pattern.compile("(?i)application/x-www-form-urlencoded(?:; ?charset=\"?utf-8\"?)?");
  private static final Pattern JSON =
      Pattern.compile("(?i)application/json(?:; ?charset=\"?utf-8\"?)?");

  private Screening() {}

  /** What is refused; empty if the body may be read. */
  static Optional<DeskAnswer> check(HttpRequest request, X509Certificate own, Place place) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(unreadable(request.decoderResult().cause()));
    }
    if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      return Optional.of(
          DeskAnswer.error(DeskAnswer.VERSION, "version", "only HTTP/1.1 is spoken here", ""));
    }
    return framing(request.headers()).or(() -> meaning(request, own, place));
  }

  static DeskAnswer unreadable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpHeaderException _ ->
          DeskAnswer.error(
              DeskAnswer.HEADERS_TOO_LARGE, "headers-too-large", "the headers are too long", "");
      case TooLongHttpLineException _ -> DeskAnswer.malformed("the request line is too long");
      case null, default -> DeskAnswer.malformed("this is no request that can be understood");
    };
  }

  /** RFC 9112, section 6: how long the body is must be said once, in one way. */
  private static Optional<DeskAnswer> framing(HttpHeaders headers) {
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      return Optional.of(DeskAnswer.malformed("a Transfer-Encoding is not taken"));
    }
    List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
    if (lengths.size() > 1 || !lengths.stream().allMatch(LENGTH.asMatchPredicate())) {
      return Optional.of(DeskAnswer.malformed("the Content-Length is not one number"));
    }
    if (headers.contains(HttpHeaderNames.EXPECT)) {
      return Optional.of(
          DeskAnswer.error(
              DeskAnswer.EXPECTATION, "expectation", "no expectation is met here", ""));
    }
    return Optional.empty();
  }

  private static Optional<DeskAnswer> meaning(
      HttpRequest request, X509Certificate own, Place place) {
    HttpHeaders headers = request.headers();
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    if (hosts.size() != 1 || !HostNames.covers(own, hosts.getFirst())) {
      return Optional.of(DeskAnswer.malformed("the Host is not the desk's"));
    }
    if (!PATH.matcher(request.uri()).matches() && place.kind() != Place.Kind.LOGIN) {
      return Optional.of(DeskAnswer.malformed("the target is not a plain path"));
    }
    if (headers.getAll(HttpHeaderNames.AUTHORIZATION).size() > 1) {
      return Optional.of(DeskAnswer.malformed("there is more than one Authorization"));
    }
    return body(request, length(headers), place);
  }

  private static Optional<DeskAnswer> body(HttpRequest request, long length, Place place) {
    if (length > place.mostBody()) {
      return Optional.of(tooLarge());
    }
    if (length > 0 && !request.method().name().equals("POST")) {
      return Optional.of(DeskAnswer.malformed("a body belongs to POST only"));
    }
    List<String> types = request.headers().getAll(HttpHeaderNames.CONTENT_TYPE);
    boolean form = place.kind() == Place.Kind.FORM;
    Pattern wanted = form ? FORM : JSON;
    if (length > 0 && (types.size() != 1 || !wanted.matcher(types.getFirst()).matches())) {
      return Optional.of(
          DeskAnswer.error(
              DeskAnswer.MEDIA_TYPE,
              "media-type",
              form ? "the body must be a form" : "the body must be application/json",
              ""));
    }
    return Optional.empty();
  }

  private static long length(HttpHeaders headers) {
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  static DeskAnswer tooLarge() {
    return DeskAnswer.error(DeskAnswer.TOO_LARGE, "body-too-large", "the body is too long", "");
  }
}

package io.gatehouse.mcp.http;

import io.gatehouse.mcp.frame.BrokenMessage;
import io.gatehouse.mcp.frame.Framing;
import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.frame.RequestHead;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a request must be like before its body is read. Immutable. */
final class Admission {

  /** What becomes of a request. */
  sealed interface Verdict {
    record Pass(Place place, Framing body) implements Verdict {}

    /** Answered from what is known here. */
    record Told(ProtectedResource resource) implements Verdict {}

    /** A browser asks whether a page may ask. */
    record Preflight(Headers told) implements Verdict {}

    record No(Refused refused) implements Verdict {}
  }

  /** Of these a second one could be read by somebody behind, instead of the first. */
  private static final List<String> ONCE =
      List.of(
          "authorization",
          "content-type",
          "origin",
          "mcp-session-id",
          "mcp-protocol-version",
          "mcp-method",
          "mcp-name",
          "last-event-id");

  private static final Pattern JSON_TYPE =
      Pattern.compile("(?i)application/json(?:[ \\t]*;[ \\t]*charset=\"?utf-8\"?)?");

  private static final Pattern TOKEN_IN_QUERY = Pattern.compile("(?:.*&)?access_token=.*");

  private final Names names;
  private final Pages pages;
  private final long mostBody;
  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, ProtectedResource> told = new HashMap<>();

  Admission(Names names, List<Place> served, Limits limits) {
    this.names = names;
    pages = new Pages(names);
    mostBody = limits.of(Limit.HTTP_BODY_BYTES);
    for (Place place : served) {
      places.put(place.path(), place);
      place
          .resource()
          .ifPresent(
              resource ->
                  told.put(
                      ProtectedResource.WELL_KNOWN + (place.path().equals("/") ? "" : place.path()),
                      resource));
    }
    if (told.size() == 1) {
      told.putIfAbsent(ProtectedResource.WELL_KNOWN, told.values().iterator().next());
    }
  }

  /** What each answer to that request says beside its own. */
  Headers beside(RequestHead head) {
    return pages.beside(head);
  }

  Verdict check(RequestHead head) {
    Framing body;
    try {
      body = Framing.ofRequest(head.headers());
    } catch (BrokenMessage broken) {
      return new Verdict.No(Refused.broken(broken));
    }
    return check(head, body);
  }

  /**
   * @param body as the version of HTTP delimits it
   */
  Verdict check(RequestHead head, Framing body) {
    Optional<Refused> refused = whom(head).or(() -> size(body));
    return refused.<Verdict>map(Verdict.No::new).orElseGet(() -> place(head, body));
  }

  /** For whom it is, and who may have sent it. */
  private Optional<Refused> whom(RequestHead head) {
    Headers headers = head.headers();
    List<String> hosts = headers.all("host");
    if (hosts.size() != 1 || !Names.readable(hosts.getFirst())) {
      return Optional.of(Refused.malformed("there must be one Host"));
    }
    if (!names.served(hosts.getFirst())) {
      return Optional.of(Refused.of(403, "the Host is none of this gateway's names"));
    }
    for (String once : ONCE) {
      if (headers.all(once).size() > 1) {
        return Optional.of(Refused.malformed("there is more than one " + once));
      }
    }
    Optional<String> origin = headers.first("origin");
    if (origin.isPresent() && !names.mayAsk(origin.get(), hosts.getFirst())) {
      return Optional.of(Refused.of(403, "the Origin may not ask here"));
    }
    return Optional.empty();
  }

  private Optional<Refused> size(Framing body) {
    return body instanceof Framing.Fixed(long length) && length > mostBody
        ? Optional.of(Refused.bodyTooLarge())
        : Optional.empty();
  }

  private Verdict place(RequestHead head, Framing body) {
    Optional<Refused> refused = target(head);
    if (refused.isPresent()) {
      return new Verdict.No(refused.get());
    }
    ProtectedResource resource = told.get(head.path());
    if (resource != null) {
      return tell(head, body, resource);
    }
    Place place = places.get(head.path());
    if (place == null) {
      return new Verdict.No(Refused.of(404, "nothing is served at this path"));
    }
    Optional<Headers> preflight = pages.preflight(head, place.allowed());
    if (preflight.isPresent()) {
      return preflight(preflight.get(), body);
    }
    Set<String> accepted = place.methods().get(head.method());
    if (accepted == null) {
      return new Verdict.No(
          Refused.of(405, "the method is not served here").with("allow", place.allowed()));
    }
    return content(head, body, accepted)
        .<Verdict>map(Verdict.No::new)
        .orElseGet(() -> new Verdict.Pass(place, body));
  }

  private static Optional<Refused> target(RequestHead head) {
    if (!Place.plain(head.path())) {
      return Optional.of(Refused.malformed("the target is not a plain path"));
    }
    if (head.target().indexOf('#') >= 0) {
      return Optional.of(Refused.malformed("the target has a fragment"));
    }
    if (TOKEN_IN_QUERY.matcher(head.query()).matches()) {
      return Optional.of(Refused.malformed("a token does not belong in a query"));
    }
    return Optional.empty();
  }

  private Verdict tell(RequestHead head, Framing body, ProtectedResource resource) {
    Optional<Headers> preflight = pages.preflight(head, "GET");
    if (preflight.isPresent()) {
      return preflight(preflight.get(), body);
    }
    if (!head.method().equals("GET")) {
      return new Verdict.No(Refused.of(405, "the method is not served here").with("allow", "GET"));
    }
    return body instanceof Framing.None
        ? new Verdict.Told(resource)
        : new Verdict.No(Refused.malformed("a body belongs to POST only"));
  }

  private static Verdict preflight(Headers told, Framing body) {
    return body instanceof Framing.None
        ? new Verdict.Preflight(told)
        : new Verdict.No(Refused.malformed("a body belongs to POST only"));
  }

  private static Optional<Refused> content(RequestHead head, Framing body, Set<String> mustAccept) {
    Headers headers = head.headers();
    if (!mustAccept.stream().allMatch(type -> accepts(headers, type))) {
      return Optional.of(
          Refused.of(406, "the client must accept " + String.join(" and ", sorted(mustAccept))));
    }
    Optional<String> expected = headers.first("expect");
    if (expected.isPresent() && !headers.listed("expect").equals(List.of("100-continue"))) {
      return Optional.of(Refused.of(417, "no other expectation than 100-continue is met"));
    }
    if (!head.method().equals("POST")) {
      return body instanceof Framing.None
          ? Optional.empty()
          : Optional.of(Refused.malformed("a body belongs to POST only"));
    }
    boolean json = JSON_TYPE.matcher(headers.first("content-type").orElse("")).matches();
    return json && !headers.has("content-encoding")
        ? Optional.empty()
        : Optional.of(Refused.of(415, "the body must be application/json, not encoded"));
  }

  private static List<String> sorted(Set<String> types) {
    return types.stream().sorted().toList();
  }

  /** RFC 9110, section 12.5.1, without weighing: a quality of zero is a no. */
  private static boolean accepts(Headers headers, String type) {
    String any = type.substring(0, type.indexOf('/') + 1) + '*';
    boolean yes = false;
    for (String item : headers.listed("accept")) {
      String[] parts = item.split("[ \\t]*;[ \\t]*", -1);
      boolean zero = List.of(parts).stream().anyMatch(part -> part.matches("q=0(\\.0{0,3})?"));
      if (zero && parts[0].equals(type)) {
        return false;
      }
      yes |= !zero && (parts[0].equals(type) || parts[0].equals(any) || parts[0].equals("*/*"));
    }
    return yes;
  }
}

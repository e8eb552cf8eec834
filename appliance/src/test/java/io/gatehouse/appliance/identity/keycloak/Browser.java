package io.gatehouse.appliance.identity.keycloak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A person in front of Keycloak's pages, who logs in and allows what is asked. Cookies are kept
 * here: those marked secure are for loopback addresses too, as browsers see it, while the JDK's own
 * keeper of cookies does not send them there.
 */
public final class Browser {
  private static final Pattern ACTION = Pattern.compile("<form[^>]*\\saction=\"([^\"]*)\"");
  private static final Pattern CODE = Pattern.compile("name=\"code\" value=\"([^\"]*)\"");
  private static final Pattern RESPONSE =
      Pattern.compile("name=\"SAMLResponse\" value=\"([^\"]*)\"");
  private static final int MOST_PAGES = 20;

  private final Http http;
  private final Map<String, String> cookies = new HashMap<>();

  Browser(Http http) {
    this.http = http;
  }

  private record Page(URI place, HttpResponse<String> answer) {
    boolean asks(String form) {
      return answer.body().contains(form);
    }

    URI action() throws IOException {
      return place.resolve(found(ACTION).replace("&amp;", "&"));
    }

    String found(Pattern what) throws IOException {
      Matcher matcher = what.matcher(answer.body());
      if (!matcher.find()) {
        throw new IOException("no " + what + " on the page " + place + ": " + answer.body());
      }
      return matcher.group(1);
    }
  }

  /** The device gets its tokens after this. */
  public void allow(KeycloakTokens.Device device, String name) throws IOException {
    Page last = through(device.complete(), name, place -> false);
    if (!last.place().getPath().endsWith("/device/status")
        || last.place().getRawQuery() != null
        || last.answer().statusCode() != 200) {
      throw new IOException("the device was not allowed: " + last.place());
    }
  }

  /**
   * A response that Keycloak's page would post by itself.
   *
   * @param action where to
   */
  public record Posted(URI action, String response) {}

  /** From a request by SAML to the page that posts the response. */
  public Posted answered(URI request, String name) throws IOException {
    Page page = through(request, name, place -> false);
    return new Posted(page.action(), page.found(RESPONSE).replace("&#43;", "+"));
  }

  /** From the page of a client that waits for a code, to where that client listens. */
  public URI redirected(URI authorize, String name, URI client) throws IOException {
    return through(authorize, name, place -> place.getPort() == client.getPort()).place();
  }

  /**
   * Fills in what is asked until nothing is, or until the place is reached, which is not opened.
   */
  private Page through(URI start, String name, Predicate<URI> end) throws IOException {
    Page page = open(Http.to(start).GET(), start);
    for (int i = 0; i < MOST_PAGES && !end.test(page.place()); i++) {
      if (page.answer().statusCode() / 100 == 3) {
        URI next =
            page.place().resolve(page.answer().headers().firstValue("Location").orElseThrow());
        page = end.test(next) ? new Page(next, page.answer()) : open(Http.to(next).GET(), next);
      } else if (page.asks("id=\"kc-form-login\"")) {
        page = post(page, Map.of("username", name, "password", name + "'s own"));
      } else if (page.asks("name=\"accept\"")) {
        page = post(page, Map.of("code", page.found(CODE), "accept", "Yes"));
      } else {
        return page;
      }
    }
    return page;
  }

  private Page post(Page page, Map<String, String> fields) throws IOException {
    URI action = page.action();
    HttpRequest request = Http.form(cookied(Http.to(action)), fields);
    return kept(new Page(action, http.send(request)));
  }

  private Page open(HttpRequest.Builder request, URI place) throws IOException {
    return kept(new Page(place, http.send(cookied(request).build())));
  }

  private HttpRequest.Builder cookied(HttpRequest.Builder request) {
    return cookies.isEmpty()
        ? request
        : request.header(
            "Cookie",
            cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; ")));
  }

  private Page kept(Page page) {
    for (String line : page.answer().headers().allValues("Set-Cookie")) {
      String pair = line.split(";", 2)[0];
      int equals = pair.indexOf('=');
      cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return page;
  }
}

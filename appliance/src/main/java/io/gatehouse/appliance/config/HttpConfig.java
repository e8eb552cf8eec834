package io.gatehouse.appliance.config;

import io.gatehouse.appliance.identity.token.IssuerUrl;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.mcp.McpListener.Served;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is particular to a listener over HTTP.
 *
 * @param names what clients may call it, without ports
 * @param origins of pages that may ask
 * @param resource its URL as clients know it, without a path
 * @param scopes that clients are told to ask for
 */
public record HttpConfig(
    Set<String> names, Set<String> origins, String resource, List<String> scopes) {
  private static final Pattern NAME = Pattern.compile("\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+");
  private static final Pattern ORIGIN =
      Pattern.compile("https?://(?:" + NAME + ")(?::[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

  /** As it stands in a request; no escapes, so that two ways to write it do not lead apart. */
  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/-]{0,1023}");

  private static final String STAND_IN = "https://localhost";

  private static final String WELL_KNOWN = "/.well-known/";

  /** RFC 6749, section 3.3. */
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  public HttpConfig {
    names = Set.copyOf(names);
    origins = Set.copyOf(origins);
    scopes = List.copyOf(scopes);
  }

  static HttpConfig read(Section section) {
    Set<String> names =
        all(section.require("names"), NAME, "must be a host name or address, without a port");
    Item resource = section.require("resource");
    return new HttpConfig(
        names,
        section
            .find("origins", item -> all(item, ORIGIN, "must be like https://app.example.com"))
            .orElse(Set.of()),
        resource(resource, names),
        section.find("scopes", HttpConfig::scopes).orElse(List.of()));
  }

  private static Set<String> all(Item item, Pattern form, String otherwise) {
    Set<String> all = new HashSet<>();
    for (Item one : item.items()) {
      String text = one.text();
      if (!form.matcher(text).matches()) {
        one.problem(otherwise + ", found \"" + text + '"');
      }
      all.add(text.toLowerCase(Locale.ROOT));
    }
    if (all.isEmpty()) {
      item.problem("must have at least one entry");
    }
    return all;
  }

  private static List<String> scopes(Item item) {
    List<String> scopes = new ArrayList<>();
    for (Item one : item.items()) {
      String scope = one.text();
      if (SCOPE.matcher(scope).matches()) {
        scopes.add(scope);
      } else {
        one.problem("must be one word, without quotes and backslashes");
      }
    }
    return scopes;
  }

  private static String resource(Item item, Set<String> names) {
    String text = item.text();
    Optional<URI> uri =
        IssuerUrl.trusted(text)
            .filter(url -> url.getRawPath().isEmpty() && url.getRawQuery() == null);
    if (uri.isEmpty()) {
      item.problem(
          "must be https://HOST or https://HOST:PORT, and http for this machine only; the paths are"
              + " added to it");
      return STAND_IN;
    }
    if (!names.contains(uri.get().getHost().toLowerCase(Locale.ROOT))) {
      item.problem("has a host that is none of names, so nobody who follows it would be served");
    }
    return text;
  }

  /** What a client asks for, and the target that serves it. */
  static Map<String, String> paths(Item item) {
    Map<String, String> paths = new TreeMap<>();
    item.section(
        section -> {
          section.entries().forEach((path, target) -> served(path, target, paths));
          if (section.empty()) {
            section.problem("must have at least one path");
          }
          return paths;
        });
    return paths;
  }

  private static void served(String path, Item target, Map<String, String> paths) {
    if (PATH.matcher(path).matches() && !path.startsWith(WELL_KNOWN)) {
      paths.put(path, target.text());
    } else {
      target.problem(
          "is not a path that can be served: it begins with a slash, needs no escapes, and is not"
              + " below "
              + WELL_KNOWN);
    }
  }

  /**
   * What clients are told of the paths.
   *
   * @throws IllegalArgumentException if these issuers cannot be told so
   */
  public List<Served> served(Collection<String> paths, List<String> issuers) {
    return paths.stream()
        .sorted()
        .map(path -> new Served(path, resource + path, issuers, scopes))
        .toList();
  }
}

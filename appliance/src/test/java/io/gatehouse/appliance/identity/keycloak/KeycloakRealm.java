package io.gatehouse.appliance.identity.keycloak;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The realm of the tests, as an operator changes it. */
public final class KeycloakRealm {
  static final String NAME = "bank";
  static final String ADMINISTRATOR = "administrator";

  private static final String KEY_PROVIDER = "org.keycloak.keys.KeyProvider";

  private final Http http;
  private final URI server;
  private final String password;
  private int priority = 1_000;

  KeycloakRealm(Http http, URI server, String password) {
    this.http = http;
    this.server = server;
    this.password = password;
  }

  /** Whatever became of the one before. */
  void createAnew() throws IOException {
    HttpResponse<String> deleted = send(json("/admin/realms/" + NAME).DELETE());
    if (deleted.statusCode() != 404) {
      done(deleted);
    }
    try (InputStream realm =
        Objects.requireNonNull(KeycloakRealm.class.getResourceAsStream("/keycloak/bank.json"))) {
      String body = new String(realm.readAllBytes(), StandardCharsets.UTF_8);
      done(send(json("/admin/realms").POST(BodyPublishers.ofString(body))));
    }
  }

  public void addGroup(String user, String group) throws IOException {
    done(send(json(membership(user, group)).PUT(BodyPublishers.noBody())));
  }

  public void removeGroup(String user, String group) throws IOException {
    done(send(json(membership(user, group)).DELETE()));
  }

  private String membership(String user, String group) throws IOException {
    String id = only("/groups?exact=true&search=" + Http.encoded(group));
    return own("/users/" + user(user) + "/groups/" + id);
  }

  /** Signs with a new key from now on; the old ones stay published. */
  public void rotateKeys() throws IOException {
    priority++;
    Map<String, Object> realm = object("/admin/realms/" + NAME);
    Map<String, Object> key = new HashMap<>();
    key.put("name", "rsa-" + priority);
    key.put("providerId", "rsa-generated");
    key.put("providerType", KEY_PROVIDER);
    key.put("parentId", String.valueOf(realm.get("id")));
    key.put(
        "config",
        Map.of(
            "priority", List.of(String.valueOf(priority)),
            "enabled", List.of("true"),
            "active", List.of("true"),
            "keySize", List.of("2048")));
    done(send(json(own("/components")).POST(body(key))));
  }

  /** Signing keys older than the newest are published no more. */
  public void withdrawOldKeys() throws IOException {
    for (Map<String, Object> key : list("/components?type=" + KEY_PROVIDER)) {
      String provider = String.valueOf(key.get("providerId"));
      String name = String.valueOf(key.get("name"));
      if (provider.equals("rsa-generated") && !name.equals("rsa-" + priority)) {
        done(send(json(own("/components/" + key.get("id"))).DELETE()));
      }
    }
  }

  public void enable(String user, boolean enabled) throws IOException {
    String place = own("/users/" + user(user));
    Map<String, Object> known = object(place);
    known.put("enabled", enabled);
    done(send(json(place).PUT(body(known))));
  }

  /** Tells the client's place of logouts, each with its session. */
  public void tellLogouts(String client, URI place) throws IOException {
    String id = only("/clients?clientId=" + Http.encoded(client));
    Map<String, Object> known = object(own("/clients/" + id));
    Map<String, Object> attributes =
        new HashMap<>(asObject(Objects.requireNonNull(known.get("attributes"))));
    attributes.put("backchannel.logout.url", place.toString());
    attributes.put("backchannel.logout.session.required", "true");
    known.put("attributes", attributes);
    done(send(json(own("/clients/" + id)).PUT(body(known))));
  }

  /** Ends what it knows of the user's sessions. */
  public void logOut(String user) throws IOException {
    done(send(json(own("/users/" + user(user) + "/logout")).POST(BodyPublishers.noBody())));
  }

  private String user(String name) throws IOException {
    return only("/users?exact=true&username=" + Http.encoded(name));
  }

  private static String own(String path) {
    return "/admin/realms/" + NAME + path;
  }

  private String only(String path) throws IOException {
    List<Map<String, Object>> found = list(path);
    if (found.size() != 1) {
      throw new IOException(found.size() + " of " + path);
    }
    return String.valueOf(found.getFirst().get("id"));
  }

  private Map<String, Object> object(String path) throws IOException {
    return Http.object(done(send(json(path).GET())));
  }

  private List<Map<String, Object>> list(String path) throws IOException {
    try {
      return JSONArrayUtils.parse(done(send(json(own(path)).GET())).body()).stream()
          .map(one -> asObject(one))
          .toList();
    } catch (ParseException e) {
      throw new IOException("no list: " + path, e);
    }
  }

  @SuppressWarnings("unchecked") // objects of JSON have nothing but names
  private static Map<String, Object> asObject(Object one) {
    return (Map<String, Object>) one;
  }

  private static HttpRequest.BodyPublisher body(Map<String, Object> content) {
    return BodyPublishers.ofString(JSONObjectUtils.toJSONString(content));
  }

  private HttpRequest.Builder json(String path) throws IOException {
    return Http.to(server.resolve(path))
        .header("Authorization", "Bearer " + administrator())
        .header("Content-Type", "application/json");
  }

  /** A token for each request: they live for a minute, and tests wait longer. */
  private String administrator() throws IOException {
    return new KeycloakTokens(http, server.resolve("/realms/master/protocol/openid-connect/"))
        .password("admin-cli", ADMINISTRATOR, password)
        .access();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    return http.send(request.build());
  }

  private static HttpResponse<String> done(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(answer + ": " + answer.body());
    }
    return answer;
  }
}

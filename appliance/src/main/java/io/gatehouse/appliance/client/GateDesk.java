package io.gatehouse.appliance.client;

import io.gatehouse.appliance.identity.token.Json;
import io.gatehouse.appliance.json.JsonText;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gate's desk, asked over HTTPS. Blocks its caller. */
public final class GateDesk {
  private static final String CREDENTIALS = "/v1/credentials";
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private final Web web;
  private final URI gate;

  private GateDesk(Web web, URI gate) {
    this.web = web;
    this.gate = gate;
  }

  /**
   * @param url scheme, host and port, nothing behind them
   */
  public static GateDesk at(Web web, String url) throws LoginException {
    URI gate = Web.requireSecure(url, "--gate");
    String path = gate.getRawPath() == null ? "" : gate.getRawPath();
    if (!(path.isEmpty() || path.equals("/")) || gate.getRawQuery() != null) {
      throw new LoginException("--gate is a scheme, a host and a port, nothing behind them");
    }
    return new GateDesk(web, gate);
  }

  /**
   * /** What the desk offers.
   *
   * @param provider where to log in by OpenID Connect, if there is such a place
   * @param saml whether one can log in by SAML
   */
  public record Found(Optional<Discovery> provider, boolean saml, List<Offer> offers) {
    public Found {
      offers = List.copyOf(offers);
    }
  }

  /**
   * Where to log in, and what can be reached then.
   *
   * @param refresh whether the gate wants to ask the provider again itself
   */
  public record Discovery(
      String issuer, String clientId, List<String> scopes, List<Offer> offers, boolean refresh) {
    public Discovery {
      scopes = List.copyOf(scopes);
      offers = List.copyOf(offers);
    }

    /** Of a gate that does not ask again. */
    public Discovery(String issuer, String clientId, List<String> scopes, List<Offer> offers) {
      this(issuer, clientId, scopes, offers, false);
    }
  }

  public Found discover() throws LoginException {
    Web.Page page = web.get(gate.resolve("/.well-known/gatehouse"));
    Optional<Json> provider = page.document().find("provider");
    boolean saml = page.document().find("saml").orElse(null) instanceof Json.Members;
    if (page.status() != OK || !(provider.isPresent() || saml)) {
      throw new LoginException(
          Shown.safely(gate.toString())
              + " is not the desk of a gate: it answered "
              + page.status());
    }
    List<Offer> offers = offers(page.document().find("offers"));
    return new Found(
        provider.isPresent()
            ? Optional.of(discovery(provider.get(), offers, asksAgain(page)))
            : Optional.empty(),
        saml,
        offers);
  }

  private static boolean asksAgain(Web.Page page) {
    return page.document().find("refresh").orElse(null) instanceof Json.Truth(boolean asks) && asks;
  }

  private static Discovery discovery(Json provider, List<Offer> offers, boolean refresh)
      throws LoginException {
    if (!(provider instanceof Json.Members members)) {
      throw new LoginException("the gate's discovery document makes no sense");
    }
    Web.Page said = new Web.Page(OK, members);
    return new Discovery(
        said.text("issuer"),
        said.text("client_id"),
        texts(members.find("scopes")),
        offers,
        refresh);
  }

  /** Where a browser begins to log in by SAML; in the one order that the desk takes. */
  String samlPage(String challenge, int port, String state) {
    return gate.resolve("/saml/login")
        + "?challenge="
        + challenge
        + "&port="
        + port
        + "&state="
        + state;
  }

  private static List<String> texts(Optional<Json> value) throws LoginException {
    List<String> texts = new ArrayList<>();
    for (Json one : items(value)) {
      if (!(one instanceof Json.Text(String text))) {
        throw new LoginException("the gate's discovery document makes no sense");
      }
      texts.add(text);
    }
    return texts;
  }

  private static List<Offer> offers(Optional<Json> value) throws LoginException {
    List<Offer> offers = new ArrayList<>();
    for (Json one : items(value)) {
      if (!(one instanceof Json.Members members)) {
        throw new LoginException("the gate's discovery document makes no sense");
      }
      offers.add(Offer.read(members));
    }
    return offers;
  }

  private static List<Json> items(Optional<Json> value) throws LoginException {
    if (value.orElse(null) instanceof Json.Items items) {
      return items.values();
    }
    throw new LoginException("the gate's discovery document makes no sense");
  }

  /** A credential for who logged in by SAML; empty minutes for as long as is usual. */
  public Credential issue(SamlLogin.Proof proof, Optional<Integer> minutes) throws LoginException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("code", proof.code());
    body.put("verifier", proof.verifier());
    minutes.ifPresent(some -> body.put("minutes", some));
    return issued(
        web.send(
            HttpRequest.newBuilder(gate.resolve(CREDENTIALS))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonText.of(body)))));
  }

  /**
   * A credential for who logged in; empty minutes for as long as is usual. The refresh token goes
   * along if there is one: who did not ask for it is not to be given one.
   */
  public Credential issue(Granted granted, Optional<Integer> minutes) throws LoginException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gate.resolve(CREDENTIALS))
            .header("Authorization", "Bearer " + granted.access());
    Map<String, Object> wish = new LinkedHashMap<>();
    minutes.ifPresent(some -> wish.put("minutes", some));
    granted.refresh().ifPresent(token -> wish.put("refresh_token", token));
    return issued(
        web.send(
            wish.isEmpty()
                ? request.POST(HttpRequest.BodyPublishers.noBody())
                : request
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JsonText.of(wish)))));
  }

  private static Credential issued(Web.Page page) throws LoginException {
    if (page.status() != CREATED) {
      throw refused("issues nothing", page);
    }
    try {
      return new Credential(
          page.text("user"),
          page.text("password"),
          page.text("bearer"),
          Instant.parse(page.text("expires")),
          page.text("subject"));
    } catch (DateTimeException e) {
      throw new LoginException("the gate's answer makes no sense: its expiry is no time", e);
    }
  }

  private static LoginException refused(String what, Web.Page page) {
    String why =
        page.find("message").orElse("status " + page.status())
            + page.find("hint").filter(hint -> !hint.isEmpty()).map(hint -> "; " + hint).orElse("");
    return new LoginException("the gate " + what + ": " + Shown.safely(why));
  }

  /** Whether there was still something to end. */
  public boolean revoke(Credential credential) throws LoginException {
    Web.Page page =
        web.send(
            HttpRequest.newBuilder(gate.resolve(CREDENTIALS + "/" + credential.user()))
                .header("Authorization", "Bearer " + credential.bearer())
                .DELETE());
    return switch (page.status()) {
      case NO_CONTENT -> true;
      case UNAUTHORIZED, NOT_FOUND -> false;
      default -> throw refused("did not revoke it", page);
    };
  }
}

package io.gatehouse.appliance.client;

import io.gatehouse.appliance.identity.token.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The gate's desk, asked over HTTPS. Blocks its caller. */
public final class GateDesk {
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

  /** Where to log in, and what can be reached then. */
  public record Discovery(String issuer, String clientId, List<String> scopes, List<Offer> offers) {
    public Discovery {
      scopes = List.copyOf(scopes);
      offers = List.copyOf(offers);
    }
  }

  public Discovery discover() throws LoginException {
    Web.Page page = web.get(gate.resolve("/.well-known/gatehouse"));
    if (page.status() != OK
        || !(page.document().find("provider").orElse(null) instanceof Json.Members provider)) {
      throw new LoginException(
          Shown.safely(gate.toString())
              + " is not the desk of a gate: it answered "
              + page.status());
    }
    Web.Page said = new Web.Page(OK, provider);
    return new Discovery(
        said.text("issuer"),
        said.text("client_id"),
        texts(provider.find("scopes")),
        offers(page.document().find("offers")));
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

  /** A credential for who the token is about; empty minutes for as long as is usual. */
  public Credential issue(String token, Optional<Integer> minutes) throws LoginException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gate.resolve("/v1/credentials"))
            .header("Authorization", "Bearer " + token);
    Web.Page page =
        web.send(
            minutes
                .map(
                    some ->
                        request
                            .header("Content-Type", "application/json")
                            .POST(
                                HttpRequest.BodyPublishers.ofString("{\"minutes\":" + some + "}")))
                .orElseGet(() -> request.POST(HttpRequest.BodyPublishers.noBody())));
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
            HttpRequest.newBuilder(gate.resolve("/v1/credentials/" + credential.user()))
                .header("Authorization", "Bearer " + credential.bearer())
                .DELETE());
    return switch (page.status()) {
      case NO_CONTENT -> true;
      case UNAUTHORIZED, NOT_FOUND -> false;
      default -> throw refused("did not revoke it", page);
    };
  }
}

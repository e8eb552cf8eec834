package io.gatehouse.appliance.demo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Stands for an identity provider: publishes a key on this machine and signs tokens with it. Nobody
 * can ask it for one; its key is in no file.
 */
final class DemoIssuer implements AutoCloseable {
  private static final Duration LIFE = Duration.ofHours(12);
  private static final String KEYS = "/keys";

  private final HttpServer http;
  private final ECKey key;

  private DemoIssuer(HttpServer http, ECKey key) {
    this.http = http;
    this.key = key;
  }

  static DemoIssuer start() throws IOException {
    ECKey key;
    try {
      key = new ECKeyGenerator(Curve.P_256).keyID("demo").generate();
    } catch (JOSEException e) {
      throw new IOException("no key could be made for the demo's tokens", e);
    }
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    DemoIssuer issuer = new DemoIssuer(http, key);
    http.createContext(
        "/.well-known/openid-configuration",
        exchange -> answer(exchange, Map.of("issuer", issuer.url(), "jwks_uri", issuer.keys())));
    http.createContext(
        KEYS, exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toJSONObject()));
    http.start();
    return issuer;
  }

  private static void answer(HttpExchange exchange, Map<String, Object> document)
      throws IOException {
    try (exchange) {
      byte[] body = JSONObjectUtils.toJSONString(document).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private String keys() {
    return url() + KEYS;
  }

  /** For this audience and no other. */
  String token(String subject, List<String> groups, String audience) throws IOException {
    Instant now = Instant.now();
    Map<String, Object> claims =
        Map.of(
            "iss", url(),
            "sub", subject,
            "aud", audience,
            "iat", now.getEpochSecond(),
            "exp", now.plus(LIFE).getEpochSecond(),
            "jti", UUID.randomUUID().toString(),
            "groups", groups);
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(key.getKeyID())
            .build();
    try {
      JWSObject token = new JWSObject(header, new Payload(claims));
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IOException("no token could be made for the demo", e);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}

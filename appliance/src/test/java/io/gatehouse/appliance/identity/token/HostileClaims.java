package io.gatehouse.appliance.identity.token;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Attacks with claims that an issuer signed, for somebody else, or before or after, or by mistake.
 */
final class HostileClaims {
  private final HostileTokens all;

  HostileClaims(HostileTokens all) {
    this.all = all;
    issuers();
    times();
    audiences();
    kinds();
    subjects();
    groups();
    actors();
  }

  private Forge forge() {
    return all.forge();
  }

  private void claim(String name, TokenRefusal expected, String claim, Object value) {
    all.add(name, expected, forge().claim(claim, value));
  }

  private void claimText(String name, TokenRefusal expected, String claim, String json) {
    all.add(name, expected, forge().without(claim).claimText(claim, json));
  }

  private void issuers() {
    String home = all.home.issuer();
    all.add("no issuer", TokenRefusal.ISSUER_MISSING, forge().without("iss"));
    claim("issuers in a list", TokenRefusal.ISSUER_MISSING, "iss", List.of(home));
    claim("issuer of somebody", TokenRefusal.ISSUER_UNKNOWN, "iss", "https://evil.example");
    claim("issuer with a slash", TokenRefusal.ISSUER_UNKNOWN, "iss", home + "/");
    claim("issuer in capitals", TokenRefusal.ISSUER_UNKNOWN, "iss", home.toUpperCase(Locale.ROOT));
    claim("issuer with an ending", TokenRefusal.ISSUER_UNKNOWN, "iss", home + ".evil.example");
    claim(
        "issuer by another name of the host",
        TokenRefusal.ISSUER_UNKNOWN,
        "iss",
        home.replace("127.0.0.1", "localhost"));
    claim("issuer is empty", TokenRefusal.ISSUER_UNKNOWN, "iss", "");
    claim(
        "issuer of a partner, key of ours", TokenRefusal.KEY_UNKNOWN, "iss", all.partner.issuer());
  }

  private void times() {
    long now = all.clock.seconds();
    all.add("no expiry", TokenRefusal.EXPIRY_MISSING, forge().without("exp"));
    claim("expired before it was issued", TokenRefusal.TIME_INVALID, "exp", now - 86_400);
    all.add(
        "expired a day ago",
        TokenRefusal.EXPIRED,
        forge().claim("exp", now - 86_400).claim("iat", now - 90_000).claim("nbf", now - 90_000));
    all.add(
        "expired as long as the clocks may differ",
        TokenRefusal.EXPIRED,
        forge().claim("exp", now - 30).claim("iat", now - 60).claim("nbf", now - 60));
    claim("expiry is text", TokenRefusal.TIME_INVALID, "exp", Long.toString(now + 60));
    claimText("expiry is null", TokenRefusal.TIME_INVALID, "exp", "null");
    claim("expiry before 1970", TokenRefusal.TIME_INVALID, "exp", -1);
    claimText("expiry after all time", TokenRefusal.TIME_INVALID, "exp", "1e300");
    claim("expiry in milliseconds", TokenRefusal.TIME_INVALID, "exp", now * 1_000);
    claim("not valid before a minute", TokenRefusal.NOT_YET_VALID, "nbf", now + 60);
    claim("not before is text", TokenRefusal.TIME_INVALID, "nbf", "0");
    claim("issued in a minute", TokenRefusal.ISSUED_LATER, "iat", now + 60);
    claim("issued is true", TokenRefusal.TIME_INVALID, "iat", true);
    claim("issued after its expiry", TokenRefusal.TIME_INVALID, "iat", now + 3_600);
    all.add(
        "too old",
        TokenRefusal.TOO_OLD,
        all.partnerForge().claim("iat", now - 91).claim("nbf", now - 91));
    all.add("of unknown age", TokenRefusal.ISSUE_MISSING, all.partnerForge().without("iat"));
  }

  private void audiences() {
    all.add("no audience", TokenRefusal.AUDIENCE_MISSING, forge().without("aud"));
    claim("for another service", TokenRefusal.AUDIENCE_WRONG, "aud", "payroll");
    claim("for other services", TokenRefusal.AUDIENCE_WRONG, "aud", List.of("payroll", "mail"));
    claim("for nobody", TokenRefusal.AUDIENCE_WRONG, "aud", List.of());
    claim("for almost this gate", TokenRefusal.AUDIENCE_WRONG, "aud", "gatehouse2");
    claim("for this gate in capitals", TokenRefusal.AUDIENCE_WRONG, "aud", "GATEHOUSE");
    claim("for a list in a text", TokenRefusal.AUDIENCE_WRONG, "aud", "payroll gatehouse");
    claim(
        "for this gate and a number", TokenRefusal.AUDIENCE_WRONG, "aud", List.of("gatehouse", 1));
    claim(
        "for this gate inside an object",
        TokenRefusal.AUDIENCE_WRONG,
        "aud",
        Map.of("a", "gatehouse"));
    claim(
        "for this gate in a list of lists",
        TokenRefusal.AUDIENCE_WRONG,
        "aud",
        List.of(List.of("gatehouse")));
    TokenRefusal client = TokenRefusal.CLIENT_WRONG;
    all.add("of another client", client, all.partnerForge().claim("azp", "toy"));
    all.add("of no client", client, all.partnerForge().without("azp"));
    all.add("of two clients", client, all.partnerForge().claim("client_id", "toy"));
    all.add("client is a list", client, all.partnerForge().claim("azp", List.of("tool")));
    all.add(
        "ID token for several without azp",
        client,
        all.partnerForge()
            .without("azp")
            .claim("cid", "tool")
            .claim("nonce", "n")
            .claim("aud", List.of("gatehouse", "b")));
  }

  private void kinds() {
    claim("ID token with a nonce", TokenRefusal.ID_TOKEN, "nonce", "n-0S6_WzA2Mj");
    claim(
        "ID token with the hash of a token",
        TokenRefusal.ID_TOKEN,
        "at_hash",
        "77QmUPtjPfzWtF2AnpK9RQ");
    claim(
        "ID token with the hash of a code",
        TokenRefusal.ID_TOKEN,
        "c_hash",
        "LDktKdoQak3Pk0cnXxCltA");
    claim("ID token by its own word", TokenRefusal.ID_TOKEN, "typ", "ID");
    claim("refresh token", TokenRefusal.OTHER_KIND, "typ", "Refresh");
    claim("offline token", TokenRefusal.OTHER_KIND, "typ", "Offline");
    claim("kind is a number", TokenRefusal.OTHER_KIND, "typ", 1);
    claim(
        "logout token",
        TokenRefusal.OTHER_KIND,
        "events",
        Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    claim(
        "bound to a key, stolen",
        TokenRefusal.BOUND_TO_KEY,
        "cnf",
        Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"));
    claimText("bound to nothing", TokenRefusal.BOUND_TO_KEY, "cnf", "null");
  }

  private void subjects() {
    all.add("no subject", TokenRefusal.SUBJECT_MISSING, forge().without("sub"));
    for (String bad :
        List.of(
            "",
            " ",
            "alice ",
            "\u00a0alice",
            "ali\0ce",
            "ali\nce",
            "ali\u001bce",
            "ali\u200bce",
            "ali\u202ece",
            "ali\u2028ce",
            "ali\"ce",
            "ali\\ce",
            "a".repeat(256),
            "\ue000")) {
      claim("subject " + escaped(bad), TokenRefusal.SUBJECT_INVALID, "sub", bad);
    }
    claim("subject is a number", TokenRefusal.SUBJECT_INVALID, "sub", 0);
    claim("subject is a list", TokenRefusal.SUBJECT_INVALID, "sub", List.of("alice", "admin"));
    claimText("subject is null", TokenRefusal.SUBJECT_INVALID, "sub", "null");
    claim("subject as if of a partner", TokenRefusal.SUBJECT_INVALID, "sub", "partner:paula");
    all.add(
        "subject inside a text",
        TokenRefusal.SUBJECT_INVALID,
        all.partnerForge().claim("profile", "paula"));
    all.add(
        "subject is not where it should be",
        TokenRefusal.SUBJECT_MISSING,
        all.partnerForge().without("profile"));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder("\"");
    text.chars()
        .limit(12)
        .forEach(
            c -> {
              if (c > ' ' && c < 127) {
                escaped.append((char) c);
              } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", c));
              }
            });
    return escaped.append('"').toString();
  }

  private void groups() {
    TokenRefusal invalid = TokenRefusal.GROUPS_INVALID;
    claim("groups are a text", invalid, "groups", "dba");
    claim("groups are an object", invalid, "groups", Map.of("dba", true));
    claim("groups are a number", invalid, "groups", 7);
    claimText("groups are null", invalid, "groups", "null");
    claimText("a group is null", invalid, "groups", "[\"a\",null]");
    claim("a group is a number", invalid, "groups", List.of("a", 1));
    claim("a group is a list", invalid, "groups", List.of(List.of("dba")));
    claim("a group is empty", invalid, "groups", List.of(""));
    claim("a group with a line break", invalid, "groups", List.of("dba\nx"));
    claim("a group as if of a partner", invalid, "groups", List.of("partner:staff"));
    claim("more than a thousand groups", invalid, "groups", HostileTokens.many(1_001));
    all.add(
        "roles inside a list", invalid, all.partnerForge().claim("realm_access", List.of("roles")));
    TokenRefusal elsewhere = TokenRefusal.GROUPS_ELSEWHERE;
    all.add(
        "too many groups for Entra ID",
        elsewhere,
        forge()
            .without("groups")
            .claim("_claim_names", Map.of("groups", "src1"))
            .claim(
                "_claim_sources",
                Map.of("src1", Map.of("endpoint", "https://graph.example/getMemberObjects"))));
    all.add(
        "groups here and elsewhere",
        elsewhere,
        forge().claim("_claim_names", Map.of("groups", "src1")));
    all.add(
        "groups elsewhere, said badly",
        elsewhere,
        forge().without("groups").claim("_claim_names", "groups"));
    all.add("hasgroups", elsewhere, forge().without("groups").claim("hasgroups", true));
    all.add("hasgroups as a text", elsewhere, forge().without("groups").claim("hasgroups", "true"));
  }

  private void actors() {
    TokenRefusal invalid = TokenRefusal.ACTOR_INVALID;
    claim("agent is a text", invalid, "act", "bot");
    claimText("agent is null", invalid, "act", "null");
    claim("agent is a list", invalid, "act", List.of(Map.of("sub", "bot")));
    claim("agent without a name", invalid, "act", Map.of("client_id", "bot"));
    claim("agent is a number", invalid, "act", Map.of("sub", 7));
    claim("agent with a control character", invalid, "act", Map.of("sub", "bot\r"));
    claim(
        "agent of another issuer",
        invalid,
        "act",
        Map.of("sub", "bot", "iss", "https://evil.example"));
    claim("agent as if of a partner", invalid, "act", Map.of("sub", "partner:bot"));
    claim("earlier agent is a text", invalid, "act", Map.of("sub", "bot", "act", "other"));
    claim("agent elsewhere", invalid, "_claim_names", Map.of("act", "src1"));
    Map<String, Object> chain = Map.of("sub", "bot");
    for (int i = 0; i < 8; i++) {
      chain = Map.of("sub", "bot", "act", chain);
    }
    claim("nine agents", invalid, "act", chain);
    all.add(
        "agent of a configured claim is a number",
        invalid,
        all.partnerForge().claim("agent", Map.of("name", 1)));
    all.add(
        "agent of a configured claim is not where it should be",
        invalid,
        all.partnerForge().claim("agent", "bot"));
  }
}

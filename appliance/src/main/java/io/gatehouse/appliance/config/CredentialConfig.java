package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.plugin.Target.Protocol;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who the gate is on a target.
 *
 * @param user the database user; empty where the source of its password says who it is. Over HTTP
 *     the name of the header that proves it: {@link #BEARER}, one of the server's own, or {@link
 *     #NOBODY}
 * @param password where its password is; empty where the target trusts the connection itself
 */
public record CredentialConfig(Optional<String> user, Optional<PasswordReference> password) {

  /** Stands for a bearer token. */
  public static final String BEARER = "authorization";

  /** Who is asked nothing. */
  public static final String NOBODY = "";

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /** They say where a message ends, for whom it is or what it is. */
  private static final Pattern TAKEN =
      Pattern.compile(
          "(?i)accept|connection|content-.*|host|last-event-id|mcp-.*|origin|transfer-encoding"
              + "|upgrade");

  static CredentialConfig read(Section section, Protocol protocol, Environment environment) {
    return protocol == Protocol.MCP
        ? overHttp(section, environment)
        : ofDatabase(section, environment);
  }

  private static CredentialConfig overHttp(Section section, Environment environment) {
    boolean nobody = section.find("none", Item::flag).orElse(false);
    Optional<PasswordReference> token =
        section.find("bearer", item -> PasswordReference.read(item, environment));
    Optional<String> header = section.find("header", CredentialConfig::header);
    Optional<PasswordReference> value =
        section.find("value", item -> PasswordReference.read(item, environment));
    if ((nobody ? 1 : 0) + token.stream().count() + header.stream().count() != 1) {
      section.problem(
          "must have one of bearer: REFERENCE, header: NAME with value: REFERENCE, and none: true"
              + " where the server asks for nothing");
    } else if (header.isPresent() != value.isPresent()) {
      section.problem("must have a header and its value, or neither");
    }
    if (token.isPresent()) {
      return new CredentialConfig(Optional.of(BEARER), token);
    }
    return value.isPresent()
        ? new CredentialConfig(Optional.of(header.orElse(NOBODY)), value)
        : new CredentialConfig(Optional.of(NOBODY), Optional.empty());
  }

  /** The key under which the password is. */
  String key(Protocol protocol) {
    if (protocol != Protocol.MCP) {
      return "password";
    }
    return user.filter(BEARER::equals).isPresent() ? "bearer" : "value";
  }

  private static String header(Item item) {
    String name = item.text();
    if (!HEADER.matcher(name).matches() || TAKEN.matcher(name).matches()) {
      item.problem("must be the name of a header of the server's own, such as X-Api-Key");
    } else if (name.equalsIgnoreCase(BEARER)) {
      item.problem("has a form of its own: write bearer: REFERENCE");
    }
    return name.toLowerCase(Locale.ROOT);
  }

  private static CredentialConfig ofDatabase(Section section, Environment environment) {
    Optional<PasswordReference> password =
        section.find("password", item -> PasswordReference.read(item, environment));
    boolean fromSource = password.filter(PasswordReference.OfSource.class::isInstance).isPresent();
    Optional<String> user =
        fromSource ? section.find("user", Item::text) : Optional.of(section.require("user").text());
    boolean trust = section.find("trust", item -> item.flag()).orElse(false);
    if (password.isPresent() == trust) {
      section.problem(
          "must have either a password reference, or trust: true where the target asks for none");
    }
    return new CredentialConfig(user, password);
  }
}

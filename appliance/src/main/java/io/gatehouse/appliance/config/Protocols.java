package io.gatehouse.appliance.config;

import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.mcp.McpListener;
import io.gatehouse.plugin.Target.Protocol;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the protocols that the gate speaks differ in, as far as the configuration goes. */
final class Protocols {
  private static final String POSTGRESQL = "postgresql";

  /** What is asked for by ALPN at servers over HTTP. */
  private static final List<String> HTTP = List.of("http/1.1");

  private static final List<Protocol> SPOKEN =
      List.of(Protocol.POSTGRESQL, Protocol.MYSQL, Protocol.MARIADB, Protocol.MCP);

  static final List<Protocol> OF_DATABASES =
      List.of(Protocol.POSTGRESQL, Protocol.MYSQL, Protocol.MARIADB);

  /** The first stands in for a word that is none of them. */
  static final Map<String, Protocol> BY_WORD = byWord();

  private Protocols() {}

  private static Map<String, Protocol> byWord() {
    Map<String, Protocol> words = new LinkedHashMap<>();
    for (Protocol one : SPOKEN) {
      words.put(word(one), one);
    }
    return Collections.unmodifiableMap(words);
  }

  static String word(Protocol protocol) {
    return switch (protocol) {
      case POSTGRESQL -> POSTGRESQL;
      case MYSQL -> "mysql";
      case MARIADB -> "mariadb";
      case MCP -> "mcp";
      case INFERENCE -> throw unspoken(protocol);
    };
  }

  /**
   * Where it listens if nothing else is said.
   *
   * @param tls whether that is on from the first byte on, which tells ports of HTTP apart
   */
  static int port(Protocol protocol, boolean tls) {
    return switch (protocol) {
      case POSTGRESQL -> 5432;
      case MYSQL, MARIADB -> 3306;
      case MCP -> tls ? 443 : 80;
      case INFERENCE -> throw unspoken(protocol);
    };
  }

  /** What clients are offered by ALPN; MySQL has no name for it. */
  static List<String> alpn(Protocol protocol) {
    return switch (protocol) {
      case POSTGRESQL -> List.of(POSTGRESQL);
      case MYSQL, MARIADB -> List.of();
      case MCP -> McpListener.PROTOCOLS;
      case INFERENCE -> throw unspoken(protocol);
    };
  }

  /** What targets are asked for by ALPN. */
  static List<String> upstreamAlpn(Protocol protocol) {
    return protocol == Protocol.MCP ? HTTP : alpn(protocol);
  }

  static void postgresqlOnly(Section section, Protocol spoken, String... keys) {
    only(section, List.of(Protocol.POSTGRESQL), spoken, keys);
  }

  /** These keys mean nothing where another protocol is spoken. */
  static void only(Section section, List<Protocol> theirs, Protocol spoken, String... keys) {
    if (!theirs.contains(spoken)) {
      for (String key : keys) {
        section.find(key).ifPresent(item -> item.problem(only(theirs, spoken)));
      }
    }
  }

  static String only(List<Protocol> theirs, Protocol spoken) {
    List<String> words = theirs.stream().map(Protocols::word).toList();
    String last = words.getLast();
    String all =
        words.size() == 1
            ? last
            : String.join(", ", words.subList(0, words.size() - 1)) + " and " + last;
    return "is for protocol: " + all + " only; here it is " + word(spoken);
  }

  private static IllegalArgumentException unspoken(Protocol protocol) {
    return new IllegalArgumentException("the configuration has no word for " + protocol);
  }
}

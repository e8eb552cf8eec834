package io.gatehouse.appliance.config;

import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.plugin.Target.Protocol;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the protocols that the gate speaks differ in, as far as the configuration goes. */
final class Protocols {
  private static final String POSTGRESQL = "postgresql";

  /** The first stands in for a word that is none of them. */
  static final Map<String, Protocol> BY_WORD = byWord();

  private Protocols() {}

  private static Map<String, Protocol> byWord() {
    Map<String, Protocol> words = new LinkedHashMap<>();
    for (Protocol one : List.of(Protocol.POSTGRESQL, Protocol.MYSQL, Protocol.MARIADB)) {
      words.put(word(one), one);
    }
    return Collections.unmodifiableMap(words);
  }

  static String word(Protocol protocol) {
    return switch (protocol) {
      case POSTGRESQL -> POSTGRESQL;
      case MYSQL -> "mysql";
      case MARIADB -> "mariadb";
      case MCP, INFERENCE -> throw unspoken(protocol);
    };
  }

  static int port(Protocol protocol) {
    return switch (protocol) {
      case POSTGRESQL -> 5432;
      case MYSQL, MARIADB -> 3306;
      case MCP, INFERENCE -> throw unspoken(protocol);
    };
  }

  /** The names under which it is registered for ALPN; MySQL's is under none. */
  static List<String> alpn(Protocol protocol) {
    return switch (protocol) {
      case POSTGRESQL -> List.of(POSTGRESQL);
      case MYSQL, MARIADB -> List.of();
      case MCP, INFERENCE -> throw unspoken(protocol);
    };
  }

  /** These keys mean nothing where another protocol is spoken. */
  static void postgresqlOnly(Section section, Protocol spoken, String... keys) {
    if (spoken != Protocol.POSTGRESQL) {
      for (String key : keys) {
        section
            .find(key)
            .ifPresent(
                item ->
                    item.problem("is for protocol: postgresql only; here it is " + word(spoken)));
      }
    }
  }

  private static IllegalArgumentException unspoken(Protocol protocol) {
    return new IllegalArgumentException("the configuration has no word for " + protocol);
  }
}

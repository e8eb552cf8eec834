package io.gatehouse.appliance.config;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where checkpoints of the journal go that the machine cannot take back. */
public sealed interface AnchorConfig {

  /** Best a mount of another machine. */
  record Folder(Path directory) implements AnchorConfig {}

  record Syslog(String host, int port, Transport transport) implements AnchorConfig {}

  /** How syslog is reached. */
  enum Transport {
    TCP,
    UDP
  }

  Map<String, Transport> TRANSPORTS = Map.of("tcp", Transport.TCP, "udp", Transport.UDP);

  /** RFC 6587 names none for TCP; this is what rsyslog and syslog-ng listen on. */
  int PORT = 514;

  int MOST_PORT = 65_535;

  static List<AnchorConfig> readAll(Item item) {
    return item.items().stream().map(one -> one.section(AnchorConfig::read)).toList();
  }

  private static AnchorConfig read(Section section) {
    Optional<Path> directory = section.find("directory", Item::location);
    return directory.isPresent()
        ? new Folder(directory.get())
        : new Syslog(
            section.require("syslog").text(),
            section.find("port", port -> (int) port.wholeNumber(1, MOST_PORT)).orElse(PORT),
            section.find("transport", word -> word.oneOf(TRANSPORTS)).orElse(Transport.TCP));
  }
}

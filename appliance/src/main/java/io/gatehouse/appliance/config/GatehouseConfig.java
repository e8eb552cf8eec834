package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.spi.net.Limits;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The whole configuration.
 *
 * @param listeners where clients connect
 * @param targets what is behind the gate
 * @param sources the plugins that are trusted, and where targets' passwords may be beside files
 * @param users the users file
 * @param identity who else vouches for callers
 * @param desk where credentials are issued; empty if nowhere
 * @param policy what decides commands
 * @param journal where everything is put on record; empty if nothing is
 * @param maskKeys the keys that masks of the policy may name
 * @param limits every bound
 * @param management where metrics and health are
 * @param log what is logged
 */
public record GatehouseConfig(
    List<ListenerConfig> listeners,
    List<TargetConfig> targets,
    SourcesConfig sources,
    Path users,
    IdentityConfig identity,
    Optional<DeskConfig> desk,
    PolicyConfig policy,
    Optional<JournalConfig> journal,
    Map<String, MaskKeyConfig> maskKeys,
    Limits limits,
    BindConfig management,
    LogConfig log) {

  /** Loopback only: the management listener has no login. */
  static final BindConfig DEFAULT_MANAGEMENT =
      new BindConfig(InetAddress.getLoopbackAddress(), 9464);

  public GatehouseConfig {
    listeners = List.copyOf(listeners);
    targets = List.copyOf(targets);
    maskKeys = Map.copyOf(maskKeys);
  }

  /** The names of targets that are served only while definitions outside the gate are reported. */
  public Set<String> strictTargets() {
    return targets.stream()
        .filter(target -> target.strictness() == TargetConfig.Strictness.STRICT)
        .map(TargetConfig::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a login by the users file is what should not be needed. */
  public boolean breakGlass() {
    return identity.breakGlass() || desk.flatMap(DeskConfig::saml).isPresent();
  }

  static GatehouseConfig read(Section root, Environment environment) {
    GatehouseConfig config =
        new GatehouseConfig(
            list(root, "listeners", ListenerConfig::read),
            list(root, "targets", section -> TargetConfig.read(section, environment)),
            SourcesConfig.read(root),
            root.require("users").file(),
            section(root, "identity", identity -> IdentityConfig.read(identity, environment))
                .orElse(IdentityConfig.NONE),
            root.find("desk", desk -> DeskConfig.read(desk, environment)),
            PolicyConfig.read(root.require("policy")),
            JournalConfig.read(root.require("journal"), environment),
            section(root, "mask-keys", keys -> MaskKeyConfig.readAll(keys, environment))
                .orElse(Map.of()),
            section(root, "limits", LimitsReader::read).orElse(Limits.DEFAULTS),
            section(root, "management", GatehouseConfig::management).orElse(DEFAULT_MANAGEMENT),
            section(root, "log", LogConfig::read).orElse(LogConfig.DEFAULTS));
    CrossReferences.check(config, root.problems());
    return config;
  }

  private static BindConfig management(Section section) {
    return BindConfig.read(section, DEFAULT_MANAGEMENT.port());
  }

  private static <T> Optional<T> section(Section root, String key, Function<Section, T> reader) {
    return root.find(key, item -> item.section(reader));
  }

  private static <T> List<T> list(Section root, String key, Function<Section, T> reader) {
    Item item = root.require(key);
    List<T> list = item.items().stream().map(element -> element.section(reader)).toList();
    if (list.isEmpty()) {
      item.problem("must have at least one entry");
    }
    return list;
  }
}

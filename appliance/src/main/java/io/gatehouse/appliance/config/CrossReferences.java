package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.IdentityConfig.LocalUsers;
import io.gatehouse.appliance.identity.token.TokenIssuer;
import io.gatehouse.appliance.pin.PinMode;
import io.gatehouse.appliance.yaml.Problems;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What no key can know alone: names that must exist, names and ports that must not repeat. */
final class CrossReferences {
  private CrossReferences() {}

  static void check(GatehouseConfig config, Problems problems) {
    unique("listeners", config.listeners(), ListenerConfig::name, problems);
    unique("targets", config.targets(), TargetConfig::name, problems);
    targetsExist(config, problems);
    sourcesExist(config, problems);
    SqlArgumentConfig.check(config, problems);
    strictTargetsAreDecided(config, problems);
    pinsAreKept(config, problems);
    whatIsOnRecordIsRead(config, problems);
    certificatesAreAskedFor(config, problems);
    tokensHaveAnIssuer(config, problems);
    clientsOverHttpCanLogIn(config, problems);
    portsDiffer(config, problems);
    config.desk().ifPresent(desk -> deskCanIssue(desk, config, problems));
    if (config.identity().localUsers() == LocalUsers.REFUSE && !config.breakGlass()) {
      problems.at(
          "identity.local-users",
          "refuses local users, but there are no issuers: nobody could log in");
    }
  }

  private static void deskCanIssue(DeskConfig desk, GatehouseConfig config, Problems problems) {
    if (config.identity().store().isEmpty()) {
      problems.at("desk", "needs identity.store, where issued credentials are kept");
    }
    List<TokenIssuer> issuers = config.identity().issuers().all();
    desk.provider()
        .map(DeskConfig.Provider::issuer)
        .filter(issuer -> !issuer.isEmpty())
        .filter(issuer -> issuers.stream().noneMatch(known -> known.issuer().equals(issuer)))
        .ifPresent(_ -> problems.at("desk.provider.issuer", "is not one of identity.issuers"));
    desk.saml().ifPresent(saml -> namesDiffer(saml, issuers, problems));
    for (int i = 0; i < config.listeners().size(); i++) {
      if (config.listeners().get(i).name().equals(DeskConfig.NAME)) {
        problems.at("listeners[" + i + "].name", "is the name of the desk");
      }
    }
  }

  /** Who vouches for a name is in the name. */
  private static void namesDiffer(SamlConfig saml, List<TokenIssuer> issuers, Problems problems) {
    String own = saml.rules().names().namespace();
    for (TokenIssuer issuer : issuers) {
      String other = issuer.claims().namespace();
      if (own.isEmpty() || other.isEmpty() || own.startsWith(other) || other.startsWith(own)) {
        problems.at(
            "desk.saml",
            "needs a namespace, as each of identity.issuers does, and none may begin with another");
        return;
      }
    }
  }

  /** Otherwise nobody could have the name. */
  private static void certificatesAreAskedFor(GatehouseConfig config, Problems problems) {
    boolean asked =
        config.listeners().stream()
            .flatMap(listener -> listener.tls().stream())
            .anyMatch(tls -> tls.clientCa().isPresent());
    if (config.identity().certificates().isPresent() && !asked) {
      problems.at(
          "identity.certificates.user",
          "cannot log in: no listener asks for certificates; give one tls.client-ca");
    }
  }

  private static void tokensHaveAnIssuer(GatehouseConfig config, Problems problems) {
    boolean taken = config.identity().oauth().flatMap(OAuthConfig::user).isPresent();
    for (int i = 0; i < config.listeners().size(); i++) {
      if (config.listeners().get(i).login() == ListenerConfig.Login.OAUTH) {
        taken = true;
        if (config.identity().oauth().isEmpty()) {
          problems.at(
              "listeners[" + i + "].login",
              "needs identity.oauth-issuer, where clients are told to get a token");
        }
      }
    }
    if (config.identity().oauth().isPresent() && !taken) {
      problems.at(
          "identity.oauth-issuer",
          "is told to nobody: there is no oauth-user, and no listener with login: oauth");
    }
  }

  private static void clientsOverHttpCanLogIn(GatehouseConfig config, Problems problems) {
    List<String> issuers = config.identity().issuerNames();
    for (int i = 0; i < config.listeners().size(); i++) {
      ListenerConfig listener = config.listeners().get(i);
      if (listener.http().isPresent() && issuers.isEmpty()) {
        problems.at(
            "listeners[" + i + "]",
            "needs identity.issuers: clients over MCP log in by tokens and by nothing else");
      } else if (listener.http().isPresent()) {
        try {
          listener.http().get().served(listener.databases().keySet(), issuers);
        } catch (IllegalArgumentException e) {
          problems.at("identity.issuers", "cannot be told to clients: " + e.getMessage());
        }
      }
    }
  }

  private static <T> void unique(
      String list, List<T> entries, Function<T, String> name, Problems problems) {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      String value = name.apply(entries.get(i));
      Integer first = value.isEmpty() ? null : seen.putIfAbsent(value, i);
      if (first != null) {
        problems.at(
            list + "[" + i + "].name",
            "\"" + value + "\" is the name of " + list + "[" + first + "] already");
      }
    }
  }

  private static void sourcesExist(GatehouseConfig config, Problems problems) {
    for (int i = 0; i < config.targets().size(); i++) {
      TargetConfig target = config.targets().get(i);
      Map<String, CredentialConfig> credentials = new LinkedHashMap<>();
      credentials.put("credential", target.credential());
      for (int j = 0; j < target.accounts().size(); j++) {
        String account = "accounts[" + j + "].credential";
        target.accounts().get(j).credential().ifPresent(own -> credentials.put(account, own));
      }
      String path = "targets[" + i + "].";
      credentials.forEach(
          (key, credential) ->
              sourceExists(
                  credential,
                  path + key + "." + credential.key(target.protocol()),
                  config,
                  problems));
    }
    if (!config.sources().sources().isEmpty() && config.sources().plugins().isEmpty()) {
      problems.at("secret-sources", "are brought by plugins, and there is no section plugins");
    }
  }

  private static void sourceExists(
      CredentialConfig credential, String path, GatehouseConfig config, Problems problems) {
    if (credential.password().orElse(null) instanceof PasswordReference.OfSource(String name, _)
        && !config.sources().sources().containsKey(name)) {
      problems.at(path + ".source", "\"" + name + "\" is not one of secret-sources");
    }
  }

  private static void targetsExist(GatehouseConfig config, Problems problems) {
    Map<String, TargetConfig> targets = new TreeMap<>();
    config.targets().forEach(target -> targets.putIfAbsent(target.name(), target));
    for (int i = 0; i < config.listeners().size(); i++) {
      ListenerConfig listener = config.listeners().get(i);
      String path = "listeners[" + i + (listener.http().isPresent() ? "].paths." : "].databases.");
      listener
          .databases()
          .forEach(
              (database, target) -> {
                if (!target.isEmpty()) {
                  leads(listener, target, targets)
                      .ifPresent(problem -> problems.at(path + database, problem));
                }
              });
    }
  }

  /** What is wrong with a listener that leads to a target. */
  private static Optional<String> leads(
      ListenerConfig listener, String name, Map<String, TargetConfig> targets) {
    TargetConfig target = targets.get(name);
    if (target == null) {
      return Optional.of(
          "there is no target \"" + name + "\"; targets: " + String.join(", ", targets.keySet()));
    }
    return target.protocol() == listener.protocol()
        ? Optional.empty()
        : Optional.of(
            "target \""
                + name
                + "\" speaks "
                + Protocols.word(target.protocol())
                + ", and clients of this listener "
                + Protocols.word(listener.protocol())
                + "; see its key protocol");
  }

  /** A text that nobody read may hold a password, and is not kept. */
  private static void whatIsOnRecordIsRead(GatehouseConfig config, Problems problems) {
    if (config.journal().isPresent() && config.policy() instanceof PolicyConfig.RunEverything) {
      problems.at("journal", "needs a policy: without one nobody reads what is to be recorded");
    }
  }

  /** Without a policy nobody reads a catalog, and everything is served. */
  private static void strictTargetsAreDecided(GatehouseConfig config, Problems problems) {
    for (int i = 0; i < config.targets().size(); i++) {
      boolean strict = config.targets().get(i).strictness() != TargetConfig.Strictness.ORDINARY;
      if (strict && config.policy() instanceof PolicyConfig.RunEverything) {
        problems.at(
            "targets[" + i + "].strict",
            "cannot be kept with policy: run-everything, which decides nothing");
      }
    }
  }

  /** Unsaid, the first use counts for as long as the gate runs. */
  private static void pinsAreKept(GatehouseConfig config, Problems problems) {
    for (int i = 0; i < config.targets().size(); i++) {
      if (config.targets().get(i).pins().orElse(PinMode.OFF) == PinMode.OFF) {
        continue;
      }
      String path = "targets[" + i + "].pins";
      if (config.identity().store().isEmpty()) {
        problems.at(path, "needs identity.store, where what was accepted is kept");
      }
      if (config.policy() instanceof PolicyConfig.RunEverything) {
        problems.at(path, "cannot be kept with policy: run-everything, which decides nothing");
      }
    }
  }

  private static void portsDiffer(GatehouseConfig config, Problems problems) {
    Map<String, BindConfig> binds = new LinkedHashMap<>();
    for (int i = 0; i < config.listeners().size(); i++) {
      binds.put("listeners[" + i + "]", config.listeners().get(i).bind());
    }
    binds.put("management", config.management());
    config.desk().ifPresent(desk -> binds.put("desk", desk.bind()));
    Map<String, BindConfig> earlier = new LinkedHashMap<>();
    binds.forEach(
        (path, bind) -> {
          earlier.forEach(
              (other, taken) -> {
                if (bind.clashes(taken)) {
                  problems.at(path + ".port", bind.port() + " is taken by " + other + " already");
                }
              });
          earlier.put(path, bind);
        });
  }
}

package io.gatehouse.appliance;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.config.AccountConfig;
import io.gatehouse.appliance.config.DeskConfig;
import io.gatehouse.appliance.config.GatehouseConfig;
import io.gatehouse.appliance.config.ListenerConfig;
import io.gatehouse.appliance.config.MaskKeyConfig;
import io.gatehouse.appliance.config.PolicyConfig;
import io.gatehouse.appliance.config.SqlArgumentConfig;
import io.gatehouse.appliance.config.TargetConfig;
import io.gatehouse.appliance.credential.HeldCredentials;
import io.gatehouse.appliance.engine.Routes;
import io.gatehouse.appliance.engine.Routes.Account;
import io.gatehouse.appliance.engine.Routes.Destination;
import io.gatehouse.appliance.engine.SqlArgument;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.Users;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.identity.issued.IssuedName;
import io.gatehouse.appliance.mask.key.MaskKey;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.appliance.policy.LoadedPolicy;
import io.gatehouse.appliance.policy.PolicyStore;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.TlsMaterial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the configuration points to, read at one moment: users, certificates, held
 * credentials, policy. A reload makes a new one and swaps it as a whole, or leaves the old one.
 *
 * @param identities who the gate is on each listener that has TLS
 * @param maskKeys open until somebody closes them
 * @param policy empty where the configuration says that everything runs
 */
record Materials(
    Users users,
    Map<String, ServerIdentity> identities,
    Routes routes,
    MaskKeys maskKeys,
    Optional<LoadedPolicy> policy) {

  Materials {
    identities = Map.copyOf(identities);
  }

  /** What the configuration points to cannot be used any more; the message names the file. */
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String message, Throwable cause) {
      super(message, cause);
    }

    UnusableException(String message) {
      super(message);
    }
  }

  /** Reads files, so never on an event loop. */
  static Materials load(GatehouseConfig config, HeldCredentials held)
      throws InvalidFileException, UnusableException {
    Materials materials = beforePolicy(config, held);
    try {
      Optional<LoadedPolicy> policy = policy(config, materials.maskKeys);
      return new Materials(
          materials.users, materials.identities, materials.routes, materials.maskKeys, policy);
    } catch (InvalidFileException e) {
      materials.maskKeys.close();
      throw e;
    }
  }

  /** All but the policy: for whoever brings another one. */
  static Materials beforePolicy(GatehouseConfig config, HeldCredentials held)
      throws InvalidFileException, UnusableException {
    Users users = UsersFile.load(config.users());
    requireUnreserved(users, config);
    Map<String, ServerIdentity> identities = new HashMap<>();
    Map<String, Map<String, String>> databases = new HashMap<>();
    for (ListenerConfig listener : config.listeners()) {
      databases.put(listener.name(), listener.databases());
      if (listener.tls().isPresent()) {
        identities.put(listener.name(), identity(listener, listener.tls().get()));
      }
    }
    if (config.desk().isPresent()) {
      identities.put(DeskConfig.NAME, identity(config.desk().get()));
    }
    Map<String, Destination> targets = new HashMap<>();
    for (TargetConfig target : config.targets()) {
      targets.put(target.name(), destination(target, held, config));
    }
    return new Materials(
        users, identities, new Routes(databases, targets), maskKeys(config), Optional.empty());
  }

  /** A name that says how it is proved is nobody's own. */
  private static void requireUnreserved(Users users, GatehouseConfig config)
      throws UnusableException {
    for (User user : users.all()) {
      if (config.identity().reservedNames().contains(user.name())
          || IssuedName.hasForm(user.name())) {
        throw new UnusableException(
            config.users()
                + ": the user "
                + user.name()
                + " cannot log in, because names like that are proved otherwise (identity in the"
                + " configuration); name the user otherwise");
      }
    }
  }

  private static MaskKeys maskKeys(GatehouseConfig config) throws UnusableException {
    Map<String, MaskKey> keys = new HashMap<>();
    for (Map.Entry<String, MaskKeyConfig> entry : config.maskKeys().entrySet()) {
      try {
        keys.put(entry.getKey(), entry.getValue().key());
      } catch (IOException e) {
        keys.values().forEach(MaskKey::close);
        throw new UnusableException("mask-keys." + entry.getKey() + ": " + e.getMessage(), e);
      }
    }
    return MaskKeys.of(keys);
  }

  /**
   * The same with the keys of other materials where they did not change, so that masks that are in
   * use go on. Its own keys are closed if they cannot follow.
   */
  Materials after(Materials before) throws UnusableException {
    try {
      MaskKeys next = maskKeys.after(before.maskKeys);
      maskKeys.closeAllBut(next);
      return new Materials(users, identities, routes, next, policy);
    } catch (IllegalArgumentException e) {
      maskKeys.close();
      throw new UnusableException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Optional<LoadedPolicy> policy(GatehouseConfig config, MaskKeys keys)
      throws InvalidFileException {
    return switch (config.policy()) {
      case PolicyConfig.RunEverything _ -> Optional.empty();
      case PolicyConfig.Rules(Path place) ->
          Optional.of(
              PolicyStore.open(place, MaskDefinitions.with(keys, retentionClasses(config))));
    };
  }

  static Optional<List<String>> retentionClasses(GatehouseConfig config) {
    return config.journal().map(journal -> journal.keep().classNames());
  }

  private static ServerIdentity identity(ListenerConfig listener, ListenerConfig.ListenerTls tls)
      throws UnusableException {
    try {
      return tls.identity(listener.protocol());
    } catch (TlsMaterial.UnusableException e) {
      throw new UnusableException("listener " + listener.name() + ": " + e.getMessage(), e);
    }
  }

  private static ServerIdentity identity(DeskConfig desk) throws UnusableException {
    try {
      return desk.tls().identity();
    } catch (TlsMaterial.UnusableException e) {
      throw new UnusableException("desk: " + e.getMessage(), e);
    }
  }

  private static Destination destination(
      TargetConfig target, HeldCredentials held, GatehouseConfig config) throws UnusableException {
    try {
      Credential own = held.credential("target " + target.name(), target.credential());
      Upstream upstream =
          new Upstream(
              target.name(),
              endpoint(target),
              own,
              target.database().orElse(""),
              target.role().orElse(null),
              target.parameters());
      List<Account> accounts = new ArrayList<>();
      for (AccountConfig account : target.accounts()) {
        String place = "target " + target.name() + ", account " + (accounts.size() + 1);
        accounts.add(
            new Account(
                account.groups(),
                account.subjects(),
                account.credential().isPresent()
                    ? held.credential(place, account.credential().get())
                    : own,
                account.role().orElse(null)));
      }
      return new Destination(
          target.protocol(),
          upstream,
          target.database().isEmpty(),
          accounts,
          target.sql().stream().map(one -> argument(one, config)).toList());
    } catch (IOException | TlsMaterial.UnusableException e) {
      throw new UnusableException("target " + target.name() + ": " + e.getMessage(), e);
    }
  }

  private static SqlArgument argument(SqlArgumentConfig marked, GatehouseConfig config) {
    Optional<CatalogKey> meant =
        config.targets().stream()
            .filter(target -> marked.target().filter(target.name()::equals).isPresent())
            .map(target -> target.database().or(marked::database).orElse(""))
            .map(database -> new CatalogKey(marked.target().orElseThrow(), database))
            .findFirst();
    return new SqlArgument(marked.tool(), marked.place(), marked.dialect(), meant);
  }

  private static Upstream.Endpoint endpoint(TargetConfig target)
      throws TlsMaterial.UnusableException {
    return switch (target.endpoint()) {
      case TargetConfig.UnixSocket socket -> new Upstream.UnixSocket(socket.path());
      case TargetConfig.Tcp tcp ->
          switch (tcp.tls()) {
            case TargetConfig.Verified verified ->
                new Upstream.Tcp(tcp.host(), tcp.port(), verified.context(target.protocol()));
            case TargetConfig.Unencrypted _ -> new Upstream.Tcp(tcp.host(), tcp.port(), null);
          };
    };
  }

  /** When the certificate of a listener ends, in seconds since 1970; 0 without TLS. */
  long certificateExpires(String listener) {
    return Optional.ofNullable(identities.get(listener))
        .map(identity -> identity.certificate().getNotAfter().toInstant().getEpochSecond())
        .orElse(0L);
  }
}

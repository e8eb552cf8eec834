package io.gatehouse.appliance;

import io.gatehouse.appliance.config.GatehouseConfig;
import io.gatehouse.appliance.config.IdentityConfig;
import io.gatehouse.appliance.config.ListenerConfig;
import io.gatehouse.appliance.config.OAuthConfig;
import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.StoreException;
import io.gatehouse.appliance.control.StoreLimits;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.appliance.identity.CertificateWay;
import io.gatehouse.appliance.identity.Entrance;
import io.gatehouse.appliance.identity.IssuedWay;
import io.gatehouse.appliance.identity.LocalWay;
import io.gatehouse.appliance.identity.OAuthDirections;
import io.gatehouse.appliance.identity.OAuthWay;
import io.gatehouse.appliance.identity.TokenWay;
import io.gatehouse.appliance.identity.Users;
import io.gatehouse.appliance.identity.Way;
import io.gatehouse.appliance.identity.issued.IssuedCredentials;
import io.gatehouse.appliance.identity.token.ProviderTrust;
import io.gatehouse.appliance.identity.token.TokenCheck;
import io.gatehouse.spi.net.TlsMaterial;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** The ways in that the configuration names, and what stands behind them. */
final class Ways implements AutoCloseable {
  /** What waits for its turn to be derived; more is refused. */
  private static final int MOST_DERIVATIONS = 1_024;

  private static final Users NOBODY = new Users(List.of());

  private final IdentityConfig config;
  private final TokenCheck tokens;
  private final Set<String> oauthListeners;
  private final SSLContext trusted;
  private final Optional<ControlStore> store;
  private final Optional<IssuedCredentials> issued;
  private final ExecutorService deriving;

  /** Opens the store, so never on an event loop. */
  static Ways open(GatehouseConfig whole) throws StartException {
    IdentityConfig config = whole.identity();
    SSLContext trusted = trusted(config.providerCa());
    try {
      Optional<ControlStore> store =
          config.store().isPresent() ? Optional.of(open(config.store().get())) : Optional.empty();
      return new Ways(config, oauthListeners(whole), trusted, store);
    } catch (StoreException | CompletionException e) {
      throw new StartException("identity.store: " + e.getMessage(), e);
    }
  }

  private static ControlStore open(StoreLocation place) throws StoreException {
    return ControlStore.open(place, StoreLimits.DEFAULT);
  }

  private static SSLContext trusted(Optional<Path> ca) throws StartException {
    try {
      return ca.isPresent() ? ProviderTrust.of(ca.get()) : ProviderTrust.usual();
    } catch (TlsMaterial.UnusableException e) {
      throw new StartException("identity.provider-ca: " + e.getMessage(), e);
    }
  }

  private static Set<String> oauthListeners(GatehouseConfig config) {
    return config.listeners().stream()
        .filter(one -> one.login() != ListenerConfig.Login.BY_NAME)
        .map(ListenerConfig::name)
        .collect(Collectors.toSet());
  }

  private Ways(
      IdentityConfig config,
      Set<String> oauthListeners,
      SSLContext trusted,
      Optional<ControlStore> store) {
    this.config = config;
    this.oauthListeners = oauthListeners;
    this.trusted = trusted;
    this.store = store;
    deriving =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_DERIVATIONS),
            Thread.ofPlatform().name("deriving").daemon().factory());
    tokens = new TokenCheck(config.issuers(), InstantSource.system(), trusted);
    issued = store.map(this::credentials);
  }

  private IssuedCredentials credentials(ControlStore open) {
    return IssuedCredentials.of(
            open,
            new IssuedCredentials.Setting(
                Duration.ofHours(12), InstantSource.system(), new SecureRandom(), deriving))
        .toCompletableFuture()
        .join();
  }

  /** All of them. */
  Entrance entrance(Supplier<Users> users) {
    Supplier<Users> allowed =
        switch (config.localUsers()) {
          case ALARM -> users;
          case REFUSE -> () -> NOBODY;
        };
    return new Entrance(named(), new LocalWay(allowed, InstantSource.system()));
  }

  Optional<ControlStore> store() {
    return store;
  }

  /** Who may sign the certificates of providers' servers. */
  SSLContext trusted() {
    return trusted;
  }

  /** What checks tokens. */
  TokenCheck tokens() {
    return tokens;
  }

  /** What issues credentials, with where they are kept; empty without a store. */
  Optional<Issue> issue() {
    return issued.flatMap(credentials -> store.map(kept -> new Issue(credentials, kept)));
  }

  /** Both are closed with the ways. */
  record Issue(IssuedCredentials credentials, ControlStore store) {}

  /** First the one that whole listeners are for. */
  private List<Way> named() {
    return Stream.of(
            config.directions().<Way>map(this::bearers),
            config.tokenUser().<Way>map(user -> new TokenWay(user, tokens)),
            config
                .certificates()
                .<Way>map(
                    way -> new CertificateWay(way.user(), way.callers(), InstantSource.system())),
            issued.<Way>map(IssuedWay::new))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Takes nobody where neither a name nor a listener is for it. */
  private Way bearers(OAuthDirections directions) {
    Set<String> names =
        config.oauth().flatMap(OAuthConfig::user).stream().collect(Collectors.toSet());
    return new OAuthWay(names, oauthListeners, directions, tokens);
  }

  @Override
  public void close() {
    tokens.close();
    deriving.shutdown();
    store.ifPresent(ControlStore::close);
  }
}

package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.DefinedMasks;
import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.content.ValueMasks;
import io.gatehouse.appliance.detection.FindingObserver;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.appliance.pin.PinBook;
import io.gatehouse.appliance.pin.PinMode;
import io.gatehouse.appliance.policy.ActivePolicy;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.MaskSource;
import io.gatehouse.appliance.sql.Dialects;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.appliance.verdict.Contexts;
import io.gatehouse.appliance.verdict.KeyedHash;
import io.gatehouse.appliance.verdict.VerdictCache;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.gatehouse.spi.login.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that commands are decided by, in the test's hand. */
final class Courtroom implements AutoCloseable {
  static final Caller ANN = Caller.of("ann", Set.of("analysts"), ProofMethod.LOCAL_PASSWORD);
  static final Upstream SHOP = upstream("shop-db", "shop", null);

  final HandCatalogs catalogs = new HandCatalogs();
  final ActivePolicy policy;
  final Court court;
  Instant now = Instant.parse("2026-01-07T12:00:00Z");

  /** What the server says of a session of the gate's own. */
  final List<List<Value>> begun =
      new ArrayList<>(List.of(text("path", "open"), text("user", "gate")));

  /** The same of how it reads strings. */
  String standardStrings = "on";

  private final Path folder;
  private final Analyses analyses;

  private Courtroom(
      Path folder, String policy, SqlDialect dialect, Analyses analyses, PinBook pins) {
    this.folder = folder;
    this.analyses = analyses;
    this.policy = new ActivePolicy(load(policy));
    court =
        new Court(
            this.policy,
            catalogs,
            Dialects.always(dialect),
            new VerdictCache(8 << 20),
            new Contexts(1_000),
            new KeyedHash.Key(1, 2),
            analyses,
            () -> now,
            new ForValues(new DefinedMasks(MaskKeys.NONE)),
            FindingObserver.NOBODY,
            pins,
            new BegunSessions(this::told, Dialects.always(dialect), Duration.ofMinutes(1)),
            10_000);
  }

  /** What a session of the gate's own is told that has only begun. */
  private CompletionStage<Rows> told(Upstream upstream, Statement question) {
    return begun.isEmpty()
        ? CompletableFuture.failedFuture(new UpstreamException("nobody can reach it"))
        : CompletableFuture.completedFuture(
            new Rows(
                new ResultDescription(List.of()),
                question.sql().contains("standard_conforming_strings")
                    ? List.of(text(standardStrings))
                    : List.copyOf(begun)));
  }

  /** None for columns. */
  private record ForValues(PolicyMasks defined) implements PolicyMasks {
    @Override
    public MaskSource of(Policy policy, Catalog catalog) {
      return (_, _) -> new MaskSource.Found.None("no mask is defined here");
    }

    @Override
    public ValueMasks values(Policy policy) {
      return defined.values(policy);
    }
  }

  static List<Value> text(String... texts) {
    return Stream.of(texts).<Value>map(Value.Text::new).toList();
  }

  static Courtroom of(Path folder, String policy) {
    return of(folder, policy, new PostgresDialect(), new Analyses(1, 10, Duration.ofSeconds(20)));
  }

  static Courtroom of(Path folder, String policy, SqlDialect dialect, Analyses analyses) {
    return new Courtroom(folder, policy, dialect, analyses, PinBook.NONE);
  }

  /** Where definitions of the shop's tools are pinned, for as long as the test runs. */
  static Courtroom pinned(Path folder, String policy, PinMode mode) {
    PinBook pins = new PinBook(Map.of(SHOP.target(), mode), false, InstantSource.system());
    Analyses analyses = new Analyses(1, 10, Duration.ofSeconds(20));
    return new Courtroom(folder, policy, new PostgresDialect(), analyses, pins);
  }

  private Policy load(String text) {
    try {
      return Policy.load(List.of(Files.writeString(folder.resolve("p.yaml"), text)));
    } catch (InvalidFileException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void activate(String text) {
    policy.activate(load(text));
  }

  Client client() {
    return client(ANN);
  }

  Client client(Caller caller) {
    return new Client(court, caller, SHOP, "192.0.2.1");
  }

  static Upstream upstream(String target, String database, @Nullable String role) {
    return new Upstream(
        target,
        new Upstream.UnixSocket(Path.of("/run/" + target)),
        new Credential("gate", null),
        database,
        role,
        Map.of());
  }

  @Override
  public void close() {
    analyses.close();
  }
}

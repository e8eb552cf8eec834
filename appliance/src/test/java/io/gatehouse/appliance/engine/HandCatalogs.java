package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.catalog.Catalogs;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.spi.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One catalog for every database, put there by the test; none can be read while there is none. */
final class HandCatalogs implements Catalogs {
  private volatile @Nullable Catalog catalog = SmallCatalog.of(1, false);

  /** The definitions that have begun and not ended. */
  final List<Set<QualifiedName>> defining = new ArrayList<>();

  /** Whether a definition has ended that no reading has seen. */
  boolean unread;

  /** What the next reading finds, if there is one under way. */
  private @Nullable CompletableFuture<Catalog> reading;

  void put(@Nullable Catalog next) {
    catalog = next;
  }

  /** From now on readings end when the test says so. */
  void holdReading() {
    reading = new CompletableFuture<>();
  }

  /** The reading that is under way ends, and sees everything. */
  void read(Catalog found) {
    CompletableFuture<Catalog> held = Optional.ofNullable(reading).orElseThrow();
    reading = null;
    catalog = found;
    unread = false;
    held.complete(found);
  }

  @Override
  public @Nullable Catalog current(CatalogKey key) {
    return catalog;
  }

  @Override
  public String whyNone(CatalogKey key) {
    return "nobody can reach it";
  }

  @Override
  public long version(CatalogKey key) {
    Catalog current = catalog;
    return current == null ? 0 : current.version();
  }

  @Override
  public boolean reported(CatalogKey key) {
    return false;
  }

  @Override
  public CompletionStage<Catalog> fresh(Upstream upstream) {
    if (reading != null) {
      return reading;
    }
    Catalog current = catalog;
    return current == null
        ? CompletableFuture.failedFuture(new IllegalStateException("nobody can reach it"))
        : CompletableFuture.completedFuture(current);
  }

  @Override
  public void ddlBegan(CatalogKey key, Set<QualifiedName> touched, long token) {
    defining.add(touched);
  }

  @Override
  public void ddlEnded(CatalogKey key, long token, boolean succeeded) {
    defining.clear();
  }

  @Override
  public boolean anythingPending(CatalogKey key) {
    return unread;
  }

  @Override
  public boolean pending(CatalogKey key, String schema, String name) {
    return !defining.isEmpty();
  }
}

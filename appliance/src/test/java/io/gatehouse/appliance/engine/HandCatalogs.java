package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.catalog.Catalogs;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.spi.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One catalog for every database, put there by the test; none can be read while there is none. */
final class HandCatalogs implements Catalogs {
  private volatile @Nullable Catalog catalog = SmallCatalog.of(1, false);

  /** The definitions that have begun and not ended. */
  final List<Set<QualifiedName>> defining = new ArrayList<>();

  void put(@Nullable Catalog next) {
    catalog = next;
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
    return false;
  }

  @Override
  public boolean pending(CatalogKey key, String schema, String name) {
    return !defining.isEmpty();
  }
}

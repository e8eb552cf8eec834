package io.gatehouse.benchmarks;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.catalog.Catalogs;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.spi.Upstream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One catalog that never changes, found the way the live ones are. */
final class FixedCatalogs implements Catalogs {
  private final Map<CatalogKey, Catalog> catalogs = new ConcurrentHashMap<>();

  FixedCatalogs(CatalogKey key, Catalog catalog) {
    catalogs.put(key, catalog);
  }

  @Override
  public @Nullable Catalog current(CatalogKey key) {
    return catalogs.get(key);
  }

  @Override
  public String whyNone(CatalogKey key) {
    return "it is another database";
  }

  @Override
  public long version(CatalogKey key) {
    Catalog catalog = catalogs.get(key);
    return catalog == null ? 0 : catalog.version();
  }

  @Override
  public boolean reported(CatalogKey key) {
    return true;
  }

  @Override
  public CompletionStage<Catalog> fresh(Upstream upstream) {
    return CompletableFuture.failedFuture(new IllegalStateException("nothing is read anew"));
  }

  @Override
  public void ddlBegan(CatalogKey key, Set<QualifiedName> touched, long token) {}

  @Override
  public void ddlEnded(CatalogKey key, long token, boolean succeeded) {}

  @Override
  public boolean anythingPending(CatalogKey key) {
    return false;
  }

  @Override
  public boolean pending(CatalogKey key, String schema, String name) {
    return false;
  }
}

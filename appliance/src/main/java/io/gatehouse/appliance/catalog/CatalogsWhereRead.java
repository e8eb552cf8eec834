package io.gatehouse.appliance.catalog;

import io.gatehouse.spi.Upstream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The catalogs of targets that are asked for them; of others there is one in which nothing is. Only
 * what needs no catalog is understood there. Thread-safe.
 */
public final class CatalogsWhereRead implements Catalogs {
  private final Catalogs read;
  private final Set<String> unread;
  private final Catalog nothing =
      new Catalog(
          LiveCatalogs.VERSIONS.incrementAndGet(),
          new CatalogContent(
              "", 0, "", List.of(), Set.of(), List.of(), List.of(), Set.of(), List.of(), Set.of(),
              true, true, Set.of()));

  /**
   * @param unread the targets that are not asked
   */
  public CatalogsWhereRead(Catalogs read, Set<String> unread) {
    this.read = read;
    this.unread = Set.copyOf(unread);
  }

  private boolean isRead(CatalogKey key) {
    return !unread.contains(key.target());
  }

  @Override
  public @Nullable Catalog current(CatalogKey key) {
    return isRead(key) ? read.current(key) : nothing;
  }

  @Override
  public String whyNone(CatalogKey key) {
    return isRead(key) ? read.whyNone(key) : "";
  }

  @Override
  public long version(CatalogKey key) {
    return isRead(key) ? read.version(key) : nothing.version();
  }

  @Override
  public boolean reported(CatalogKey key) {
    return isRead(key) && read.reported(key);
  }

  @Override
  public CompletionStage<Catalog> fresh(Upstream upstream) {
    return isRead(CatalogKey.of(upstream))
        ? read.fresh(upstream)
        : CompletableFuture.completedFuture(nothing);
  }

  @Override
  public void ddlBegan(CatalogKey key, Set<QualifiedName> touched, long token) {
    if (isRead(key)) {
      read.ddlBegan(key, touched, token);
    }
  }

  @Override
  public void ddlEnded(CatalogKey key, long token, boolean succeeded) {
    if (isRead(key)) {
      read.ddlEnded(key, token, succeeded);
    }
  }

  @Override
  public boolean anythingPending(CatalogKey key) {
    return isRead(key) && read.anythingPending(key);
  }

  @Override
  public boolean pending(CatalogKey key, String schema, String name) {
    return isRead(key) && read.pending(key, schema, name);
  }
}

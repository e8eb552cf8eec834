package io.gatehouse.appliance.catalog;

import io.gatehouse.spi.Upstream;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The current pictures of all databases that are in use, and what is known to be out of date in
 * them.
 */
public interface Catalogs {

  /** Never blocks; null while there is none that may be trusted: see {@link #whyNone}. */
  @Nullable Catalog current(CatalogKey key);

  /** Why {@link #current} is null; empty if it is not. */
  String whyNone(CatalogKey key);

  /**
   * The version of {@link #current}, or 0 if there is none. Whoever kept a version compares it with
   * this one before using what was derived from it.
   */
  long version(CatalogKey key);

  /** Whether definitions outside the gate are reported by the event trigger that we ship. */
  boolean reported(CatalogKey key);

  /** Reads again; a call that comes before the reading has begun shares it. */
  CompletionStage<Catalog> fresh(Upstream upstream);

  /** A definition is about to run; an empty set stands for objects that nobody knows. */
  void ddlBegan(CatalogKey key, Set<QualifiedName> touched, long token);

  /**
   * That definition has ended, with its transaction; its names stay pending until a new reading.
   */
  void ddlEnded(CatalogKey key, long token, boolean succeeded);

  /** Whether {@link #pending} holds of anything at all; cheap. */
  boolean anythingPending(CatalogKey key);

  /** Whether what {@link #current} says of a name may be out of date because of a definition. */
  boolean pending(CatalogKey key, String schema, String name);
}

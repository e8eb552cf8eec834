package io.gatehouse.appliance.catalog;

import io.gatehouse.appliance.catalog.CatalogReader.Look;
import io.gatehouse.appliance.catalog.CatalogReader.Marker;
import io.gatehouse.appliance.catalog.CatalogReader.Reading;
import io.gatehouse.spi.Upstream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One database's catalog as it is kept fresh. Thread-safe: changes under its own lock, reads of
 * what is current without one. At most one reading runs, and at most one waits for it to end.
 */
final class LiveCatalog {
  /** Coarse, so that commands of many sessions do not write to one place all the time. */
  private static final long USED_AGAIN_NANOS = 1_000_000_000;

  private final CatalogKey key;
  private final LiveCatalogs owner;
  private final Pending pending = new Pending();

  private Upstream upstream;
  private long readings;
  private boolean reporter;
  private boolean looking;
  private @Nullable Marker marker;
  private @Nullable Run running;
  private @Nullable CompletableFuture<Catalog> next;

  private volatile @Nullable Held held;
  private volatile Pending.Names names = Pending.Names.NONE;
  private volatile String failure = "it has not been read yet";
  private volatile long used;

  /**
   * @param confirmed when the reading or look began that last found it to be so
   */
  private record Held(Catalog catalog, long confirmed, boolean reported) {}

  /**
   * @param reported whether it relies on the event trigger
   */
  private record Run(
      long number, long began, boolean reported, CompletableFuture<Catalog> result) {}

  LiveCatalog(CatalogKey key, Upstream upstream, LiveCatalogs owner) {
    this.key = key;
    this.upstream = upstream;
    this.owner = owner;
    this.used = owner.now();
  }

  @Nullable Catalog current() {
    long now = owner.now();
    if (now - used > USED_AGAIN_NANOS) {
      used = now;
    }
    @Nullable Held current = held;
    return current == null || owner.tooOld(current.confirmed()) ? null : current.catalog();
  }

  String whyNone() {
    return current() != null
        ? ""
        : "the catalog of database \"" + key.database() + "\" is not known: " + failure;
  }

  boolean reported() {
    @Nullable Held current = held;
    return current != null && current.reported();
  }

  boolean unused() {
    return owner.tooOld(used) && names.none();
  }

  CompletionStage<Catalog> fresh(Upstream through) {
    used = owner.now();
    synchronized (this) {
      upstream = through;
      return want();
    }
  }

  /** A stage of a reading that begins after this call; under the lock. */
  private CompletableFuture<Catalog> want() {
    if (running == null) {
      return begin(new CompletableFuture<>());
    }
    if (next == null) {
      next = new CompletableFuture<>();
    }
    return next;
  }

  private CompletableFuture<Catalog> begin(CompletableFuture<Catalog> result) {
    Run run = new Run(++readings, owner.now(), reporter, result);
    running = run;
    owner.read(upstream, run.reported()).whenComplete((found, failed) -> ended(run, found, failed));
    return result;
  }

  private void ended(Run run, @Nullable Reading found, @Nullable Throwable failed) {
    if (found == null) {
      failed(run, failed == null ? new IllegalStateException() : failed);
      return;
    }
    try {
      found(run, found);
    } catch (RuntimeException e) {
      if (!run.result().isDone()) {
        failed(run, e);
      }
    }
  }

  private void failed(Run run, Throwable cause) {
    synchronized (this) {
      running = null;
      failure = CatalogReader.reason(cause);
      if (run.reported()) {
        // The event trigger's table may be gone; it can be done without.
        reporter = false;
        begin(run.result());
        return;
      }
      beginNext();
    }
    run.result().completeExceptionally(new IllegalStateException(whyNotRead()));
  }

  private void found(Run run, Reading found) {
    // Compared without the lock: it takes a while, and only the one reading that runs replaces it.
    @Nullable Held before = held;
    boolean changed = before == null || !before.catalog().content().equals(found.content());
    Catalog catalog =
        before == null || changed
            ? new Catalog(owner.nextVersion(), found.content())
            : before.catalog();
    synchronized (this) {
      keep(catalog, found, run);
      running = null;
      beginNext();
      if (running == null && found.reporter() != run.reported()) {
        // Only a reading that brings a marker of the same kind can be watched by it.
        begin(new CompletableFuture<>());
      }
    }
    try {
      if (changed) {
        owner.changed(key, catalog);
      }
    } finally {
      run.result().complete(catalog);
    }
  }

  private void beginNext() {
    @Nullable CompletableFuture<Catalog> waiting = next;
    next = null;
    if (waiting != null) {
      begin(waiting);
    }
  }

  private String whyNotRead() {
    return "the catalog of database \"" + key.database() + "\" was not read: " + failure;
  }

  private void keep(Catalog catalog, Reading found, Run run) {
    reporter = found.reporter();
    marker = found.marker();
    failure = "it was last confirmed too long ago";
    held = new Held(catalog, run.began(), run.reported() && found.reporter());
    pending.read(run.number());
    names = pending.names();
  }

  /** Looks whether anything has changed; nothing is done while a look or a reading runs. */
  void watch() {
    Marker known;
    Upstream through;
    synchronized (this) {
      if (looking || running != null) {
        return;
      }
      if (marker == null) {
        begin(new CompletableFuture<>());
        return;
      }
      looking = true;
      known = marker;
      through = upstream;
    }
    long began = owner.now();
    owner.look(through, known).whenComplete((look, failed) -> looked(known, began, look, failed));
  }

  private synchronized void looked(
      Marker known, long began, @Nullable Look look, @Nullable Throwable failed) {
    looking = false;
    switch (look) {
      case CatalogReader.Unchanged unchanged -> confirm(known, began, unchanged.snapshot());
      case CatalogReader.Changed _ -> want();
      case null -> {
        failure = CatalogReader.reason(failed == null ? new IllegalStateException() : failed);
        want();
      }
    }
  }

  private void confirm(Marker known, long began, String snapshot) {
    @Nullable Held current = held;
    // A reading in between has brought a marker of its own.
    if (known.equals(marker) && current != null) {
      marker = new Marker(snapshot, known.marker(), known.reported());
      held = new Held(current.catalog(), began, current.reported());
    }
  }

  /** Nothing that is known counts any more; whoever needs it waits for a new reading. */
  synchronized void forget() {
    held = null;
    failure = "it is being read again";
    want();
  }

  synchronized void refresh() {
    if (running == null) {
      begin(new CompletableFuture<>());
    }
  }

  synchronized void ddlBegan(Set<QualifiedName> touched, long token) {
    pending.began(touched, token);
    names = pending.names();
  }

  synchronized void ddlEnded(long token, boolean succeeded) {
    if (pending.ended(token, succeeded, readings)) {
      want();
    }
    names = pending.names();
  }

  boolean anythingPending() {
    return !names.none();
  }

  boolean pending(String schema, String name) {
    Pending.Names now = names;
    if (now.none()) {
      return false;
    }
    @Nullable Held current = held;
    return now.everything()
        || now.touched().contains(new QualifiedName(schema, name))
        || current == null
        || reaches(current.catalog(), schema, name, now.touched());
  }

  /** Whether what is said of a relation rests on something that was touched. */
  private static boolean reaches(
      Catalog catalog, String schema, String name, Set<QualifiedName> touched) {
    for (QualifiedName changed : touched) {
      if (catalog.type(changed.schema(), changed.name()) != null
          && catalog.relation(changed.schema(), changed.name()) == null) {
        // A type is inside of other types, and those inside of relations.
        return true;
      }
    }
    @Nullable Relation relation = catalog.relation(schema, name);
    return relation != null
        && (any(relation.reads(), touched)
            || any(relation.parents(), touched)
            || any(relation.children(), touched)
            || any(relation.cascades(), touched));
  }

  private static boolean any(List<QualifiedName> names, Set<QualifiedName> touched) {
    return names.stream().anyMatch(touched::contains);
  }
}

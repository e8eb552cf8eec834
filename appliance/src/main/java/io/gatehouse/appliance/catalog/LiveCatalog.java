package io.gatehouse.appliance.catalog;

import io.gatehouse.appliance.catalog.CatalogSource.Look;
import io.gatehouse.appliance.catalog.CatalogSource.Marker;
import io.gatehouse.appliance.catalog.CatalogSource.Reading;
import io.gatehouse.spi.Upstream;
import java.util.List;
import java.util.OptionalDouble;
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
  private final boolean strict;
  private final Pending pending = new Pending();
  private final Hearing hearing;

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

  /** The last reading that is known to be out of date. */
  private volatile long outdated;

  /** The last reading that began before everything was forgotten. */
  private long forgotten;

  private volatile long used;

  /**
   * @param reading the reading that brought it
   * @param confirmed when the reading or look began that last found it to be so
   */
  private record Held(Catalog catalog, long reading, long confirmed, boolean reported) {}

  /** What a reading tells changes by. */
  private enum Marked {
    BY_FINGERPRINT,
    BY_REPORTS,
    /** What reports was there and could not be read. */
    BY_FINGERPRINT_AFTER_ALL
  }

  /** A reading that is under way. */
  private record Run(long number, long began, Marked marked, CompletableFuture<Catalog> result) {
    boolean reported() {
      return marked == Marked.BY_REPORTS;
    }
  }

  LiveCatalog(CatalogKey key, Upstream upstream, LiveCatalogs owner) {
    this.key = key;
    this.upstream = upstream;
    this.owner = owner;
    this.used = owner.now();
    this.strict = owner.strict(key);
    // Without it a strict target is not served, so it is expected to be there.
    this.reporter = strict;
    Prompts prompts = new Prompts(owner, this::watch);
    this.hearing =
        new Hearing(
            owner,
            () -> {
              owner.counts(key.target()).notified();
              prompts.prompt();
            });
  }

  @Nullable Catalog current() {
    long now = owner.now();
    if (now - used > USED_AGAIN_NANOS) {
      used = now;
    }
    @Nullable Held current = held;
    return current != null && counts(current) ? current.catalog() : null;
  }

  private boolean counts(Held one) {
    boolean known = !owner.tooOld(one.confirmed());
    return strict ? known && one.reported() && one.reading() > outdated : known;
  }

  boolean usable() {
    @Nullable Held current = held;
    return current != null && counts(current);
  }

  /** Whether it is known and does not count, because its target is strict. */
  private boolean unreported() {
    @Nullable Held current = held;
    return strict && current != null && !current.reported() && !owner.tooOld(current.confirmed());
  }

  String whyNone() {
    if (usable()) {
      return "";
    }
    return unreported() ? whyUnreported() : key.called() + " is not known: " + failure;
  }

  private String whyUnreported() {
    return "target \""
        + key.target()
        + "\" is strict, and definitions in its database \""
        + key.database()
        + "\" are not reported: install event-trigger.sql there, or configure the target with"
        + " accept-definition-window: true";
  }

  OptionalDouble ageSeconds() {
    @Nullable Held current = held;
    return current == null
        ? OptionalDouble.empty()
        : OptionalDouble.of((owner.now() - current.confirmed()) / 1e9);
  }

  boolean reported() {
    @Nullable Held current = held;
    return current != null && current.reported();
  }

  boolean endIfUnused() {
    boolean unused = owner.tooOld(used) && names.none();
    if (unused) {
      end();
    }
    return unused;
  }

  void end() {
    hearing.end();
  }

  CompletionStage<Catalog> fresh(Upstream through) {
    used = owner.now();
    synchronized (this) {
      upstream = through;
      // A look finds out when that changes; a reading for each command would not.
      return unreported()
          ? CompletableFuture.failedFuture(new IllegalStateException(whyUnreported()))
          : want();
    }
  }

  /** A stage of a reading that begins after this call; under the lock. */
  private CompletableFuture<Catalog> want() {
    if (running == null) {
      return begin();
    }
    if (next == null) {
      next = new CompletableFuture<>();
    }
    return next;
  }

  private CompletableFuture<Catalog> begin() {
    CompletableFuture<Catalog> result = new CompletableFuture<>();
    begin(reporter ? Marked.BY_REPORTS : Marked.BY_FINGERPRINT, result);
    return result;
  }

  private void begin(Marked marked, CompletableFuture<Catalog> result) {
    Run run = new Run(++readings, owner.now(), marked, result);
    running = run;
    owner.read(upstream, run.reported()).whenComplete((found, failed) -> ended(run, found, failed));
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
    owner.counts(key.target()).failed();
    synchronized (this) {
      running = null;
      failure = CatalogReader.reason(cause);
      if (run.reported()) {
        // The event trigger's table may be gone; it can be done without.
        reporter = false;
        begin(Marked.BY_FINGERPRINT_AFTER_ALL, run.result());
        return;
      }
      reporter = strict;
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
      if (run.number() <= forgotten) {
        giveWay(run);
        return;
      }
      if (strict && found.reporter() && run.marked() == Marked.BY_FINGERPRINT) {
        // It does not count for a strict target, and the next one will.
        reporter = true;
        begin(Marked.BY_REPORTS, run.result());
        return;
      }
      keep(catalog, found, run);
      running = null;
      beginNext();
      boolean otherMarker = reporter != run.reported();
      if (running == null && otherMarker) {
        // Only a reading that brings a marker of the same kind can be watched by it.
        begin();
      }
    }
    try {
      if (changed) {
        owner.changed(key, catalog);
      }
    } finally {
      complete(run, catalog);
    }
  }

  /** To the next one, which begins now: this one may tell of what was there before. */
  private void giveWay(Run run) {
    CompletableFuture<Catalog> instead = want();
    running = null;
    beginNext();
    instead.whenComplete(
        (catalog, failed) -> {
          if (failed == null) {
            run.result().complete(catalog);
          } else {
            run.result().completeExceptionally(failed);
          }
        });
  }

  private void complete(Run run, Catalog catalog) {
    if (unreported()) {
      run.result().completeExceptionally(new IllegalStateException(whyUnreported()));
    } else {
      run.result().complete(catalog);
    }
  }

  private void beginNext() {
    @Nullable CompletableFuture<Catalog> waiting = next;
    next = null;
    if (waiting != null) {
      begin(reporter ? Marked.BY_REPORTS : Marked.BY_FINGERPRINT, waiting);
    }
  }

  private String whyNotRead() {
    return key.called() + " was not read: " + failure;
  }

  private void keep(Catalog catalog, Reading found, Run run) {
    reporter = found.reporter() && run.marked() != Marked.BY_FINGERPRINT_AFTER_ALL;
    marker = found.marker();
    failure = "it was last confirmed too long ago";
    boolean reported = run.reported() && found.reporter();
    held = new Held(catalog, run.number(), run.began(), reported);
    pending.read(run.number());
    names = pending.names();
    if (reported) {
      hearing.listen(upstream);
    } else {
      hearing.stop();
    }
  }

  /** Looks whether anything has changed, unless a look or a reading runs. */
  boolean watch() {
    Marker known;
    Upstream through;
    synchronized (this) {
      if (looking || running != null) {
        return false;
      }
      if (marker == null) {
        begin();
        return true;
      }
      looking = true;
      known = marker;
      through = upstream;
    }
    long began = owner.now();
    owner.look(through, known).whenComplete((look, failed) -> looked(known, began, look, failed));
    return true;
  }

  private synchronized void looked(
      Marker known, long began, @Nullable Look look, @Nullable Throwable failed) {
    looking = false;
    switch (look) {
      case CatalogSource.Unchanged unchanged -> confirm(known, began, unchanged.snapshot());
      case CatalogSource.Changed(boolean reports) -> {
        changed(reports);
        want();
      }
      case null -> {
        owner.counts(key.target()).failed();
        failure = CatalogReader.reason(failed == null ? new IllegalStateException() : failed);
        want();
      }
    }
  }

  private void changed(boolean reports) {
    @Nullable Held current = held;
    if (current != null) {
      failure = "it has changed and is being read again";
      outdated = readings;
      held =
          new Held(
              current.catalog(),
              current.reading(),
              current.confirmed(),
              reports && current.reported());
    }
  }

  private void confirm(Marker known, long began, String snapshot) {
    @Nullable Held current = held;
    // A reading in between has brought a marker of its own.
    if (known.equals(marker) && current != null) {
      marker = new Marker(snapshot, known.marker(), known.reported());
      held = new Held(current.catalog(), current.reading(), began, current.reported());
    }
  }

  /** Nothing that is known counts any more; whoever needs it waits for a new reading. */
  synchronized void forget() {
    held = null;
    forgotten = readings;
    failure = "it is being read again";
    want();
  }

  synchronized void refresh() {
    if (running == null) {
      begin();
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
        // In another schema too: one that comes or goes there can stand in a path's way.
        || now.touched().stream().anyMatch(touched -> touched.name().equals(name))
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

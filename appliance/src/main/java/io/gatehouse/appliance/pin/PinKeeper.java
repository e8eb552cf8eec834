package io.gatehouse.appliance.pin;

import io.gatehouse.appliance.control.Pin;
import io.gatehouse.appliance.control.Pins;
import io.gatehouse.appliance.control.Pins.Sighting;
import io.gatehouse.appliance.control.StoreException;
import io.gatehouse.appliance.pin.PinBook.Ruling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each second: writes to the control store what was seen, and reads what others changed there. Its
 * one thread waits for the store. While that does not answer, the gate goes by what it knows: what
 * is closed stays closed.
 */
public final class PinKeeper implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration LAST = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.pins");

  private final PinBook book;
  private final Pins store;
  private final Consumer<Ruling> told;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("pins").factory());

  /** The thread's own, and before it begins that of who starts it. */
  private long version;

  private boolean failing;

  private PinKeeper(PinBook book, Pins store, Consumer<Ruling> told) {
    this.book = book;
    this.store = store;
    this.told = told;
  }

  /**
   * Reads all first, so not on an event loop. Closed before the store is.
   *
   * @param told of what somebody accepted or forgot, on the keeper's thread, which it may hold
   */
  public static PinKeeper start(PinBook book, Pins store, Consumer<Ruling> told)
      throws StoreException {
    PinKeeper keeper = new PinKeeper(book, store, told);
    keeper.follow();
    keeper.thread.scheduleWithFixedDelay(
        keeper::tick, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return keeper;
  }

  private void tick() {
    try {
      write();
      follow();
      said(null);
    } catch (StoreException e) {
      said(e);
    } catch (RuntimeException e) {
      // Else it would be the last tick.
      LOG.atError().addKeyValue("reason", e.toString()).log("pins are not followed");
    }
  }

  private void said(@Nullable StoreException problem) {
    if (problem != null && !failing) {
      LOG.atError()
          .addKeyValue("reason", problem.getMessage())
          .log("the control store does not keep pins: what is known counts");
    } else if (problem == null && failing) {
      LOG.info("the control store keeps pins again");
    }
    failing = problem != null;
  }

  private static <T extends @Nullable Object> T await(CompletionStage<T> stage)
      throws StoreException {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw StoreException.from(e);
    }
  }

  private void write() throws StoreException {
    for (List<Sighting> some = book.waiting().some();
        !some.isEmpty();
        some = book.waiting().some()) {
      await(store.see(some));
      book.waiting().written(some);
    }
  }

  private void follow() throws StoreException {
    List<Pin> pins = new ArrayList<>();
    boolean anew = false;
    Pins.Page page;
    long from = version;
    do {
      page = await(store.since(from));
      if (page.anew()) {
        pins.clear();
        anew = true;
      }
      pins.addAll(page.pins());
      from = page.version();
    } while (page.more());
    if (anew) {
      book.replace(pins);
    } else {
      book.update(pins).forEach(this::tell);
    }
    version = from;
  }

  private void tell(Ruling ruling) {
    LOG.atInfo()
        .addKeyValue("what", ruling.what())
        .addKeyValue("by", ruling.by())
        .addKeyValue("digest", ruling.after())
        .log(ruling.after().isEmpty() ? "forgotten" : "accepted");
    told.accept(ruling);
  }

  /** What was seen last is written first. */
  @Override
  public void close() {
    thread.getQueue().clear();
    thread.execute(this::tick);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("what was seen last is not kept: the control store does not answer");
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

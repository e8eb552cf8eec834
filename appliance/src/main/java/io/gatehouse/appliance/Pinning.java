package io.gatehouse.appliance;

import io.gatehouse.appliance.config.GatehouseConfig;
import io.gatehouse.appliance.config.PolicyConfig;
import io.gatehouse.appliance.config.TargetConfig;
import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.StoreException;
import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.appliance.pin.PinBook;
import io.gatehouse.appliance.pin.PinKeeper;
import io.gatehouse.appliance.pin.PinMode;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which definitions of tools count, and what keeps them. Started and closed by one thread. */
final class Pinning implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pinning.class);

  private final PinBook book;
  private @Nullable PinKeeper keeper;

  private Pinning(PinBook book) {
    this.book = book;
  }

  static Pinning of(GatehouseConfig config) {
    if (config.policy() instanceof PolicyConfig.RunEverything) {
      return new Pinning(PinBook.NONE);
    }
    Map<String, PinMode> modes =
        config.targets().stream()
            .collect(Collectors.toMap(TargetConfig::name, TargetConfig::pinMode));
    boolean kept = config.identity().store().isPresent();
    return new Pinning(new PinBook(modes, kept, InstantSource.system()));
  }

  PinBook book() {
    return book;
  }

  /** Before anybody is let in: which definitions count is known then. Waits for the store. */
  void start(Optional<ControlStore> store, Optional<Journal> journal) throws StartException {
    if (book.targets().isEmpty()) {
      return;
    }
    if (store.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("targets", book.targets())
          .log("there is no identity.store: which definitions count is forgotten at the end");
      return;
    }
    try {
      keeper =
          PinKeeper.start(
              book,
              store.get().pins(),
              ruling -> journal.ifPresent(records -> Changes.ruled(records, ruling)));
    } catch (StoreException e) {
      throw new StartException("identity.store: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (keeper != null) {
      keeper.close();
    }
  }
}

package io.gatehouse.appliance.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** On the threads of the store that it belongs to. */
record SqlPins(StoreThreads threads) implements Pins {
  @Override
  public CompletionStage<@Nullable Void> see(List<Sighting> sightings) {
    return threads.run(
        connection ->
            Transaction.<@Nullable Void>run(
                connection,
                same -> {
                  for (Sighting one : sightings) {
                    PinRows.see(same, one);
                  }
                  return null;
                }));
  }

  @Override
  public CompletionStage<Page> since(long version) {
    return threads.run(connection -> PinRows.since(connection, version));
  }

  @Override
  public CompletionStage<Optional<Texts>> show(DefinitionKey key) {
    return threads.run(connection -> PinRows.show(connection, key));
  }

  @Override
  public CompletionStage<Boolean> accept(DefinitionKey key, String digest, String by, Instant now) {
    return threads.run(
        connection ->
            Transaction.run(connection, same -> PinRows.accept(same, key, digest, by, now)));
  }

  @Override
  public CompletionStage<Boolean> forget(DefinitionKey key) {
    return threads.run(
        connection -> Transaction.run(connection, same -> PinRows.forget(same, key)));
  }
}

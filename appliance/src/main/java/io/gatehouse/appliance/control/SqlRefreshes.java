package io.gatehouse.appliance.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** On the threads of the store that it belongs to. */
record SqlRefreshes(StoreThreads threads) implements Refreshes {
  @Override
  public CompletionStage<@Nullable Void> begin(String name, Sealed sealed, Due due) {
    return threads.run(
        connection ->
            Transaction.<@Nullable Void>run(
                connection,
                same -> {
                  RefreshRows.begin(same, name, sealed, due);
                  return null;
                }));
  }

  @Override
  public CompletionStage<List<Taken>> take(Instant now, Duration lease, int most) {
    return threads.run(connection -> RefreshRows.take(connection, now, lease, most));
  }

  @Override
  public CompletionStage<Optional<Renewed>> renew(Taken taken, Renewal renewal) {
    return threads.run(
        connection -> Transaction.run(connection, same -> RefreshRows.renew(same, taken, renewal)));
  }

  @Override
  public CompletionStage<Boolean> postpone(Taken taken, Instant due, Optional<Sealed> sealed) {
    return threads.run(connection -> RefreshRows.giveUp(connection, taken, due, sealed));
  }

  @Override
  public CompletionStage<Boolean> withdraw(Taken taken, Instant now) {
    return threads.run(
        connection -> Transaction.run(connection, same -> RefreshRows.withdraw(same, taken, now)));
  }
}

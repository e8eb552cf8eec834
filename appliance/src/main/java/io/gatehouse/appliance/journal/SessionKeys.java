package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.keep.Retention;
import io.gatehouse.appliance.journal.keep.RetentionClass;
import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.key.DataKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A session's keys, one for each retention class.
 *
 * @param standard the one of the default class, which is among the others too
 */
record SessionKeys(DataKey standard, Map<String, DataKey> byName) {

  /** All of them are on the disk when the stage completes, or none is left in memory. */
  static CompletableFuture<SessionKeys> make(DataKeys keys, UUID session, Retention retention) {
    List<CompletableFuture<DataKey>> wishes = new ArrayList<>();
    for (RetentionClass one : retention.classes()) {
      wishes.add(keys.make(session, one.number()));
    }
    return CompletableFuture.allOf(wishes.toArray(CompletableFuture<?>[]::new))
        .whenComplete((_, problem) -> destroyIf(problem != null, wishes))
        .thenApply(_ -> of(retention, wishes));
  }

  private static void destroyIf(boolean failed, List<CompletableFuture<DataKey>> wishes) {
    if (failed) {
      wishes.stream()
          .filter(wish -> !wish.isCompletedExceptionally())
          .forEach(wish -> wish.join().destroy());
    }
  }

  private static SessionKeys of(Retention retention, List<CompletableFuture<DataKey>> made) {
    Map<String, DataKey> byName = new HashMap<>();
    for (int i = 0; i < made.size(); i++) {
      byName.put(retention.classes().get(i).name(), made.get(i).join());
    }
    return new SessionKeys(made.getFirst().join(), byName);
  }
}

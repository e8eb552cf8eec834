package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.appliance.journal.record.JournalRecord;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where it is put on record what was issued and revoked. Thread-safe; nobody is held. */
public interface Ledger {
  /** Done when it is as safe as the journal promises; fails if it is not. */
  CompletionStage<?> keep(JournalRecord one);

  /** Without a journal nothing is on record, as the configuration says. */
  static Ledger of(Optional<Journal> journal) {
    return journal
        .<Ledger>map(open -> open::keep)
        .orElse(_ -> CompletableFuture.completedFuture(0L));
  }
}

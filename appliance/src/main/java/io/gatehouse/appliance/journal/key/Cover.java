package io.gatehouse.appliance.journal.key;

/** What a payload goes into the journal under. */
public sealed interface Cover permits DataKey, ClearText {

  /** The number of the retention class, as the row has it. */
  int retentionClass();
}

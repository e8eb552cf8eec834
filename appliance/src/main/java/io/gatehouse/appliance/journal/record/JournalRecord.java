package io.gatehouse.appliance.journal.record;

/** What is put on record. Written at once, and by the thread that made it. */
public sealed interface JournalRecord
    permits RecorderRecord, SessionRecord, CommandRecord, ControlRecord, CredentialRecord {

  Kind kind();

  /** The values of its fields, in their order. */
  void fields(CborWriter out);

  default void write(CborWriter out) {
    out.begin(kind());
    fields(out);
    out.end(kind());
  }
}

package io.gatehouse.appliance.journal.tail;

/** Hears, on the event loop of its writer, what became of an entry. One of the two, once. */
public interface Receipt {

  /** It is as safe as the setting promises. */
  void durable();

  /** It may or may not be on the disk: what waits for it must not happen. */
  void lost(StopReason reason);
}

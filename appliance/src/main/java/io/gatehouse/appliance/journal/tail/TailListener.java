package io.gatehouse.appliance.journal.tail;

/** Hears what befalls the tail, on whichever thread it does; returns at once. */
public interface TailListener {

  void stopped(TailState.Stopped state);

  void resumed(Gap gap);

  void damaged(Damage damage);
}

package io.gatehouse.appliance.pin;

/** Which definitions of a target count. */
public enum PinMode {
  /** The first that the gate sees, and what is accepted later. */
  FIRST_USE,
  /** What was accepted. */
  REVIEWED,
  /** Any: nobody looks. */
  OFF
}

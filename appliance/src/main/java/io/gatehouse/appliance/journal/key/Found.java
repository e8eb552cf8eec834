package io.gatehouse.appliance.journal.key;

/** What became of a data key that is asked for by its id. */
public sealed interface Found {

  /** It can be used; who asked destroys it. */
  record Live(DataKey key) implements Found {}

  /** It was destroyed on purpose. */
  record Shredded() implements Found {}

  /** No slot has that id, or the one that had it is damaged. */
  record Unknown() implements Found {}

  /** There is a slot, but not the key-encryption key that it names, or not the right one. */
  record Locked(String why) implements Found {}
}

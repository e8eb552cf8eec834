package io.gatehouse.appliance.journal.key;

/**
 * Nothing: for the kinds of record that hold no word of any command.
 *
 * @param retentionClass 0 to 65,535
 */
public record ClearText(int retentionClass) implements Cover {
  public ClearText {
    if (retentionClass < 0 || retentionClass > KeySlot.MOST_CLASS) {
      throw new IllegalArgumentException("no retention class: " + retentionClass);
    }
  }
}

package io.gatehouse.appliance.journal.tail;

import java.nio.file.Path;

/**
 * Something in a file of the tail that cannot have been written so.
 *
 * @param offset of the word before the document
 */
public record Damage(Path file, long offset, What what) {

  /** What is wrong there. */
  public enum What {
    /** The process died in the middle of an entry that nobody had been told of. */
    TORN,
    /** The bytes are not those of the checksum. */
    CHECKSUM,
    /** A word that cannot be: too long, too short, too far; nothing behind it can be read. */
    LENGTH,
    /** A sequence that is not above the one before it, or that another queue has too. */
    ORDER,
    /** Behind the end there is something: entries were lost whose place is empty now. */
    BEHIND_END
  }
}

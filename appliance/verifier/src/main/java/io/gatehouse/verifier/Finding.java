package io.gatehouse.verifier;

/**
 * One thing that was found.
 *
 * @param index the record's place in the tree, -1 for none
 * @param sequence the record's number, -1 for none
 * @param file relative to the journal's directory
 * @param offset of the first byte that is meant, in that file
 */
public record Finding(Kind kind, long index, long sequence, String file, long offset, String text) {
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(kind.name()).append(' ').append(file);
    line.append(" at ").append(offset);
    if (index >= 0) {
      line.append(", record ").append(index);
    }
    if (sequence >= 0) {
      line.append(", sequence ").append(sequence);
    }
    return line.append(": ").append(text).toString();
  }
}

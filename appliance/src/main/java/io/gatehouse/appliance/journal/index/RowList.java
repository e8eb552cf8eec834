package io.gatehouse.appliance.journal.index;

import java.util.Arrays;

/** Rows of a segment, growing. Not thread-safe. */
public final class RowList {
  public static final RowList EMPTY = new RowList(new int[0]);

  private int[] rows;
  private int size;

  RowList() {
    rows = new int[2];
  }

  RowList(int[] rows) {
    this.rows = rows;
    size = rows.length;
  }

  /** Not below the last one; twice is once. */
  boolean add(int row) {
    if (size > 0 && rows[size - 1] == row) {
      return false;
    }
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, Math.max(2, size * 2));
    }
    rows[size++] = row;
    return true;
  }

  public int size() {
    return size;
  }

  public int get(int index) {
    return rows[index];
  }

  public int last() {
    return rows[size - 1];
  }

  /** Those of both. */
  RowList and(RowList other) {
    RowList both = new RowList();
    int i = 0;
    int j = 0;
    while (i < size && j < other.size) {
      int difference = Integer.compare(rows[i], other.rows[j]);
      if (difference == 0) {
        both.add(rows[i]);
      }
      i += difference <= 0 ? 1 : 0;
      j += difference >= 0 ? 1 : 0;
    }
    return both;
  }

  /** Those of either. */
  RowList or(RowList other) {
    RowList either = new RowList();
    int i = 0;
    int j = 0;
    while (i < size || j < other.size) {
      if (j == other.size || (i < size && rows[i] <= other.rows[j])) {
        either.add(rows[i++]);
      } else {
        either.add(other.rows[j++]);
      }
    }
    return either;
  }
}

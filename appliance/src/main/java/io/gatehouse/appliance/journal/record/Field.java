package io.gatehouse.appliance.journal.record;

/**
 * A field of a record: its place in the list of its kind, from 0, is its key.
 *
 * @param name for people and exports
 */
public record Field(String name, Type type) {

  /** What stands there, or null where there is nothing to say. */
  public enum Type {
    TEXT,
    /** A count, a number of a record, nanoseconds. */
    NUMBER,
    FLAG,
    BYTES,
    TEXTS,
    /** Arrays of fields of their own, which the page about records lists. */
    ROWS
  }

  static Field text(String name) {
    return new Field(name, Type.TEXT);
  }

  static Field number(String name) {
    return new Field(name, Type.NUMBER);
  }

  static Field flag(String name) {
    return new Field(name, Type.FLAG);
  }

  static Field bytes(String name) {
    return new Field(name, Type.BYTES);
  }

  static Field texts(String name) {
    return new Field(name, Type.TEXTS);
  }

  static Field rows(String name) {
    return new Field(name, Type.ROWS);
  }
}

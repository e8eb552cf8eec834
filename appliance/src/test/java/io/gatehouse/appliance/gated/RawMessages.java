package io.gatehouse.appliance.gated;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Messages of a client, one behind the other, until they are taken. */
final class RawMessages {
  static final int TEXT = 0;
  static final int BINARY = 1;

  private final ByteArrayOutputStream all = new ByteArrayOutputStream();

  /** A message of any type, whatever is in it. */
  RawMessages message(char type, byte[]... parts) {
    int length = 4;
    for (byte[] part : parts) {
      length += part.length;
    }
    all.write(type);
    all.writeBytes(number(length));
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return this;
  }

  RawMessages query(String sql) {
    return message('Q', string(sql));
  }

  RawMessages parse(String statement, String sql) {
    return message('P', string(statement), string(sql), small(0));
  }

  /** With as many parameters as values, all in one format, as are the results. */
  RawMessages bind(String portal, String statement, int format, byte[]... values) {
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    for (byte[] value : values) {
      given.writeBytes(counted(value));
    }
    return message(
        'B',
        string(portal),
        string(statement),
        small(1),
        small(format),
        small(values.length),
        given.toByteArray(),
        small(1),
        small(format));
  }

  RawMessages bind(String portal, String statement) {
    return bind(portal, statement, TEXT);
  }

  RawMessages execute(String portal, int rows) {
    return message('E', string(portal), number(rows));
  }

  RawMessages execute(String portal) {
    return execute(portal, 0);
  }

  /** A whole statement, unnamed. */
  RawMessages run(String sql) {
    return parse("", sql).bind("", "").execute("");
  }

  RawMessages describe(char kind, String name) {
    return message('D', new byte[] {(byte) kind}, string(name));
  }

  RawMessages close(char kind, String name) {
    return message('C', new byte[] {(byte) kind}, string(name));
  }

  RawMessages call(int function, int format, byte[] argument) {
    return message(
        'F', number(function), small(1), small(format), small(1), counted(argument), small(format));
  }

  RawMessages sync() {
    return message('S');
  }

  RawMessages flush() {
    return message('H');
  }

  RawMessages terminate() {
    return message('X');
  }

  byte[] take() {
    byte[] bytes = all.toByteArray();
    all.reset();
    return bytes;
  }

  static byte[] string(String text) {
    return (text + "\0").getBytes(UTF_8);
  }

  static byte[] counted(byte[] bytes) {
    return ByteBuffer.allocate(bytes.length + 4).putInt(bytes.length).put(bytes).array();
  }

  static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private static byte[] small(int value) {
    return ByteBuffer.allocate(2).putShort((short) value).array();
  }
}

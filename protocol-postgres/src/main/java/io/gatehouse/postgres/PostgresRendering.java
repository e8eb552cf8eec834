package io.gatehouse.postgres;

import io.gatehouse.postgres.value.ShownValue;
import io.gatehouse.spi.Rendering;
import io.gatehouse.spi.ResultReader;

/** What PostgreSQL said, for people. */
public final class PostgresRendering implements Rendering {
  @Override
  public ResultReader results(ResultReader.Sink sink) {
    return new PostgresResultReader(sink);
  }

  @Override
  public String value(byte[] wire, String type, boolean binary) {
    int oid;
    try {
      oid = Integer.parseUnsignedInt(type);
    } catch (NumberFormatException e) {
      oid = 0;
    }
    return ShownValue.of(wire, oid, binary);
  }
}

package io.gatehouse.mysql;

import io.gatehouse.mysql.value.ShownValue;
import io.gatehouse.spi.Rendering;
import io.gatehouse.spi.ResultReader;

/** What MySQL or MariaDB said, for people. */
public final class MysqlRendering implements Rendering {
  @Override
  public ResultReader results(ResultReader.Sink sink) {
    return new MysqlResultReader(sink);
  }

  @Override
  public String value(byte[] wire, String type, boolean binary) {
    return ShownValue.of(wire, type, binary);
  }
}

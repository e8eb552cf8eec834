package io.gatehouse.spi;

/** How a protocol's bytes on record are shown to people. Stateless and thread-safe. */
public interface Rendering {

  /** For one result. */
  ResultReader results(ResultReader.Sink sink);

  /** A bind value as it came; its bytes where its type is not known. */
  String value(byte[] wire, String type, boolean binary);
}

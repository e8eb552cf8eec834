package io.gatehouse.spi;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** How a protocol's bytes on record are shown to people. Stateless and thread-safe. */
public interface Rendering {

  /** For one result. */
  ResultReader results(ResultReader.Sink sink);

  /** A bind value as it came; its bytes where its type is not known. */
  String value(byte[] wire, String type, boolean binary);

  /** A command's text as it came, line by line. */
  default List<String> text(byte[] text) {
    return List.of(new String(text, StandardCharsets.UTF_8));
  }
}

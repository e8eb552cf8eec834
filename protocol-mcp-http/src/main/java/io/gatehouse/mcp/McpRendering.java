package io.gatehouse.mcp;

import io.gatehouse.mcp.shown.CallText;
import io.gatehouse.mcp.shown.MessageLines;
import io.gatehouse.spi.Rendering;
import io.gatehouse.spi.ResultReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What was called and what came back, for people. */
public final class McpRendering implements Rendering {
  @Override
  public ResultReader results(ResultReader.Sink sink) {
    return new MessageLines(sink);
  }

  @Override
  public String value(byte[] wire, String type, boolean binary) {
    return new String(wire, StandardCharsets.UTF_8);
  }

  @Override
  public List<String> text(byte[] text) {
    return CallText.lines(text);
  }
}

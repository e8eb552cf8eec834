package io.gatehouse.spi;

import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import java.util.List;

/**
 * What a message says that comes back for a call: its result, an error, how far it is.
 *
 * @param text the whole message
 * @param value what of it is the server's to choose
 * @param listed where it lists things, each of them
 */
public record Content(JsonText text, JsonValue value, List<Listed> listed) {

  /**
   * Something that can be called.
   *
   * @param name as {@link CommandForm.Call#name} gives it
   * @param item all that is said of it
   */
  public record Listed(CommandForm.Call.Kind kind, String server, String name, JsonValue item) {}

  public Content {
    listed = List.copyOf(listed);
  }
}

package io.gatehouse.appliance.pin;

import io.gatehouse.appliance.control.Definition;
import io.gatehouse.appliance.control.DefinitionKey;
import io.gatehouse.spi.CommandForm.Call;
import io.gatehouse.spi.Content.Listed;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Items of lists, written with apostrophes for quotes. */
final class Items {
  static final String TARGET = "tools";

  private Items() {}

  static JsonValue json(String text) {
    try {
      byte[] utf8 = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      return JsonText.read(utf8, JsonLimits.DEFAULTS.withBytes(16 << 20)).root();
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Of one list. */
  static List<Listed> tools(String... items) {
    List<Listed> listed = new ArrayList<>();
    for (JsonValue item : json("[" + String.join(",", items) + "]").items()) {
      listed.add(new Listed(Call.Kind.TOOL, "", item.find("name").orElseThrow().text(), item));
    }
    return listed;
  }

  static String tool(String name, String description) {
    return "{'name':'" + name + "','description':'" + description + "'}";
  }

  static DefinitionKey key(String name) {
    return new DefinitionKey(TARGET, "", DefinitionKey.Kind.TOOL, name);
  }

  static Definition definition(String item) {
    JsonValue value = json(item);
    return Spelling.of(key(value.find("name").orElseThrow().text()), value).orElseThrow();
  }
}

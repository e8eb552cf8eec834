package io.gatehouse.appliance.engine;

import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.spi.CommandForm.Call;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What calls are to a policy. What a tool says of itself is not asked. */
final class Calls {
  private Calls() {}

  static Command command(Call call) {
    return command(call.kind(), call.server(), call.name());
  }

  static Command command(Call.Kind kind, String server, String name) {
    Operation operation =
        switch (kind) {
          case TOOL, ELICITATION -> Operation.CALL;
          case DOCUMENT, PROMPT, COMPLETION -> Operation.READ;
          case SAMPLING -> Operation.INFER;
          case LISTING, SUBSCRIPTION, SESSION -> Operation.SESSION;
        };
    Resource resource =
        switch (kind) {
          case TOOL -> of(Resource.Kind.TOOL, server, name);
          case DOCUMENT, SUBSCRIPTION -> of(Resource.Kind.DOCUMENT, server, name);
          case PROMPT, COMPLETION -> of(Resource.Kind.PROMPT, server, name);
          case SAMPLING -> of(Resource.Kind.MODEL, server, name);
          case LISTING, ELICITATION, SESSION -> Resource.of(Resource.Kind.SESSION);
        };
    return new Command(
        operation,
        List.of(Access.of(operation, resource)),
        Set.of(),
        Certainty.EXACT,
        (kind.name().toLowerCase(Locale.ROOT) + " " + qualified(server, name)).strip(),
        "");
  }

  /** The name with that of its server, as rules and records have it. */
  static String qualified(String server, String name) {
    return server.isEmpty() ? name : server + "." + name;
  }

  /** One name, as rules have it: what a server is called here has no dots. */
  private static Resource of(Resource.Kind kind, String server, String name) {
    return Resource.of(kind, qualified(server, name));
  }
}

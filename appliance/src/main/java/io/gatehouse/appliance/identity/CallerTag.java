package io.gatehouse.appliance.identity;

import io.gatehouse.plugin.Caller;
import io.gatehouse.spi.Upstream;
import java.util.HashMap;
import java.util.Map;

/**
 * The caller in the name that a session has in the server's own views, if the operator wrote a
 * place for it. It proves nothing: a session may be free to change that name.
 */
public final class CallerTag {
  /** The start-up parameter that may have the place. */
  public static final String PARAMETER = "application_name";

  /** The place. */
  public static final String PLACE = "{caller}";

  /** Who the gate is when it asks for itself. */
  private static final String GATE = "itself";

  /** The server cuts it there (NAMEDATALEN). */
  private static final int LONGEST = 63;

  private CallerTag() {}

  public static Upstream of(Upstream upstream, Caller caller) {
    String agent = caller.actor().map(actor -> " by " + actor).orElse("");
    return named(upstream, caller.subject() + agent);
  }

  public static Upstream ofGate(Upstream upstream) {
    return named(upstream, GATE);
  }

  private static Upstream named(Upstream upstream, String name) {
    String form = upstream.parameters().get(PARAMETER);
    if (form == null || !form.contains(PLACE)) {
      return upstream;
    }
    Map<String, String> parameters = new HashMap<>(upstream.parameters());
    parameters.put(PARAMETER, printable(form.replace(PLACE, name)));
    return upstream.with(parameters);
  }

  /** As the server does it, and no zero may come into a start-up packet. */
  private static String printable(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(c -> kept.append(c < ' ' || c > '~' ? '?' : (char) c));
    return kept.toString();
  }
}

package io.gatehouse.appliance.client;

import io.gatehouse.appliance.identity.token.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A place that the credential opens, and how programs on libpq are told of it. */
public record Offer(String name, String host, int port, String database) {
  private static final int MOST_PORT = 65_535;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,252}");
  private static final Pattern DATABASE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,63}");

  public Offer {
    boolean sound =
        HOST.matcher(name).matches()
            && HOST.matcher(host).matches()
            && port > 0
            && port <= MOST_PORT
            && DATABASE.matcher(database).matches();
    if (!sound) {
      throw new IllegalArgumentException("an offer has a form that no gate gives it");
    }
  }

  static Offer read(Json.Members members) throws LoginException {
    Web.Page said = new Web.Page(0, members);
    try {
      return new Offer(
          said.text("name"),
          said.text("host"),
          Math.toIntExact(said.number("port").orElse(0L)),
          said.text("database"));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new LoginException("the offers of the gate make no sense", e);
    }
  }

  /**
   * The variables to set, in order.
   *
   * @param before what is set already: where somebody chose, that stays
   */
  public Map<String, String> environment(Login login, Map<String, String> before) {
    Map<String, String> set = new LinkedHashMap<>();
    set.put("PGHOST", host);
    set.put("PGPORT", Integer.toString(port));
    set.put("PGDATABASE", database);
    set.put("PGUSER", login.credential().user());
    set.put("PGPASSWORD", login.credential().password());
    if (!before.containsKey("PGSSLMODE")) {
      set.put("PGSSLMODE", "verify-full");
    }
    if (login.authorities().isPresent() && !before.containsKey("PGSSLROOTCERT")) {
      set.put("PGSSLROOTCERT", login.authorities().get().toString());
    }
    return set;
  }
}

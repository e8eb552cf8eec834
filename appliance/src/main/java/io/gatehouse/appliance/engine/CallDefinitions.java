package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.spi.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Definitions in the SQL of calls that run: until a catalog is read after their end, sessions of
 * that database wait for what they touch. Owned by the session's event loop.
 */
final class CallDefinitions {
  private final Court court;
  private final long session;

  /** Where each of them defines; bounded by the protocol's pipeline. */
  private final Map<Long, List<CatalogKey>> running = new HashMap<>();

  CallDefinitions(Court court, long session) {
    this.court = court;
    this.session = session;
  }

  /**
   * @param arguments in the order of what is known behind the call itself
   */
  void runs(long sequence, Known known, List<SqlArgument.Placed> arguments) {
    List<CatalogKey> places = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Upstream survey = arguments.get(i).survey();
      if (survey == null) {
        continue;
      }
      for (Consequence one : known.parts().get(i + 1).analysed().consequences()) {
        if (one instanceof Consequence.Defines(var touched, _)) {
          court.catalogs().ddlBegan(CatalogKey.of(survey), touched, token(sequence));
          places.add(CatalogKey.of(survey));
        }
      }
    }
    if (!places.isEmpty()) {
      running.put(sequence, places);
    }
  }

  /**
   * The first database of which something is being changed that the call touches, or that may be
   * why it was not understood; null if there is none.
   */
  @Nullable Upstream pending(Known known, List<SqlArgument.Placed> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      Upstream survey = arguments.get(i).survey();
      if (survey != null && pending(survey, known.parts().get(i + 1).analysed().command())) {
        return survey;
      }
    }
    return null;
  }

  private boolean pending(Upstream survey, Command sql) {
    CatalogKey place = CatalogKey.of(survey);
    if (!court.catalogs().anythingPending(place) || sql.operation() == Operation.SESSION) {
      return false;
    }
    return !sql.doubt().isEmpty()
        || court.catalogs().pending(place, "", "")
        || sql.accesses().stream().anyMatch(access -> pending(place, access));
  }

  private boolean pending(CatalogKey place, Access access) {
    List<String> path = access.resource().path();
    return path.size() >= 2 && court.catalogs().pending(place, path.get(0), path.get(1));
  }

  /** A session's commands are far fewer than 2^24 at once. */
  private long token(long sequence) {
    return session << 24 ^ sequence;
  }

  void outcome(long sequence) {
    List<CatalogKey> places = running.remove(sequence);
    if (places != null) {
      // Whether it lasted is for the new reading to say.
      places.forEach(place -> court.catalogs().ddlEnded(place, token(sequence), true));
    }
  }

  void closed() {
    List.copyOf(running.keySet()).forEach(this::outcome);
  }
}

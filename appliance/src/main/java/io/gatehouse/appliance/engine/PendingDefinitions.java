package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.catalog.Catalogs;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps commands from what a definition is changing, from its intent until a reading that began
 * after its end. Owned by the session's event loop.
 */
final class PendingDefinitions {
  private final Catalogs catalogs;
  private final CatalogKey place;
  private final Upstream upstream;
  private final Running running;
  private boolean waited;

  PendingDefinitions(Court court, Upstream upstream, Running running) {
    this.catalogs = court.catalogs();
    this.place = CatalogKey.of(upstream);
    this.upstream = upstream;
    this.running = running;
  }

  /** Null if the command touches nothing of what is being changed. */
  @Nullable Answer waitFor(Case asked, List<Known> all) {
    boolean touched =
        all.stream()
            .flatMap(known -> known.parts().stream())
            .anyMatch(part -> touches(part.analysed().command()));
    if (!touched) {
      waited = false;
      return null;
    }
    if (waited || running.defining()) {
      waited = false;
      return new Decision.Refuse(Refusals.beingDefined());
    }
    waited = true;
    long sequence = asked.submission().sequence();
    Reply reply = asked.reply();
    catalogs.fresh(upstream).whenComplete((_, _) -> reply.again(sequence));
    return Answer.LATER;
  }

  private boolean touches(Command command) {
    if (command.operation() == Operation.SESSION) {
      return false;
    }
    // A transaction may go on with its own definitions: only their heads are read.
    boolean ownDefinition = command.operation() == Operation.DEFINE && running.defining();
    if (!ownDefinition && catalogs.pending(place, "", "")) {
      return true;
    }
    return !ownDefinition && command.accesses().stream().anyMatch(this::pending);
  }

  private boolean pending(Access access) {
    List<String> path = access.resource().path();
    return path.size() >= 2
        && !running.made().contains(new QualifiedName(path.get(0), path.get(1)))
        && catalogs.pending(place, path.get(0), path.get(1));
  }
}

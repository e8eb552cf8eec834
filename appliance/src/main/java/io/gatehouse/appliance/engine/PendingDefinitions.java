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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps commands from what a definition is changing, from its intent until a reading that began
 * after its end. Each command waits for such a reading once. Owned by the session's event loop.
 */
final class PendingDefinitions {
  private final Catalogs catalogs;
  private final CatalogKey place;
  private final Upstream survey;
  private final Running running;

  /** Whether the command that is being decided has waited. */
  private boolean waited;

  /** The version that the command is decided by, 0 if nothing was pending when it came. */
  private long version;

  private boolean pending;

  PendingDefinitions(Court court, Upstream survey, Running running) {
    this.catalogs = court.catalogs();
    this.place = CatalogKey.of(survey);
    this.survey = survey;
    this.running = running;
  }

  /**
   * A command comes, before anything is looked up for it: what no longer is pending then, is in all
   * that is found afterwards.
   *
   * @param anew whether it was not submitted before
   */
  boolean begins(boolean anew) {
    waited &= !anew;
    pending = catalogs.anythingPending(place);
    version = pending ? catalogs.version(place) : 0;
    return pending;
  }

  /** Null if the command touches nothing of what is being changed. */
  @Nullable Answer waitFor(Case asked, List<Known> all) {
    if (!pending) {
      return null;
    }
    if (commands(all).anyMatch(this::touches)) {
      return waited || running.defining()
          ? new Decision.Refuse(Refusals.beingDefined())
          : waitForReading(asked);
    }
    // What is missing in the catalog may be what was made: only a new reading can tell.
    boolean mayBeMade = !waited && !running.defining();
    if (mayBeMade && commands(all).anyMatch(one -> one.operation() == Operation.UNKNOWN)) {
      return waitForReading(asked);
    }
    if (version != catalogs.version(place)) {
      // A reading has ended meanwhile, and what was found may be from before it.
      asked.again();
      return Answer.LATER;
    }
    return null;
  }

  private static Stream<Command> commands(List<Known> all) {
    return all.stream()
        .flatMap(known -> known.parts().stream())
        .map(part -> part.analysed().command());
  }

  private Answer waitForReading(Case asked) {
    waited = true;
    long sequence = asked.submission().sequence();
    Reply reply = asked.reply();
    catalogs.fresh(survey).whenComplete((_, _) -> reply.again(sequence));
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

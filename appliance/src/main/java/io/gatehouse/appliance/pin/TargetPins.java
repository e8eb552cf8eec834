package io.gatehouse.appliance.pin;

import io.gatehouse.appliance.control.Definition;
import io.gatehouse.appliance.control.DefinitionKey;
import io.gatehouse.appliance.control.Pin;
import io.gatehouse.appliance.control.Pinned;
import io.gatehouse.appliance.control.Pins;
import io.gatehouse.spi.CommandForm.Call;
import io.gatehouse.spi.Content.Listed;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one target's definitions. Asked on event loops: a call looks up one entry and
 * waits for nobody; a list is compared under a lock that is held for that long.
 */
public final class TargetPins {
  /** Definitions of one target. */
  static final int MOST = 2_000;

  /** Changes that one list can bring on record; the others are, with the next lists. */
  private static final int MOST_TOLD = 100;

  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.pins");

  private final String target;
  private final PinMode mode;
  private final Waiting waiting;
  private final InstantSource clock;

  /** Replaced as a whole where all is read anew; written under the lock. */
  private volatile Map<DefinitionKey, State> states = new ConcurrentHashMap<>();

  private boolean saidFull;

  /**
   * @param text of the accepted one, if it is at hand
   * @param unfit why nothing can be taken from what the server said last
   * @param told what was put on record last: a digest, or why there is none
   */
  private record State(
      Pinned digests, @Nullable String text, @Nullable Obstacle unfit, @Nullable String told) {
    static final State NOTHING = new State(Pinned.NOTHING, null, null, null);
  }

  /**
   * What becomes of a list.
   *
   * @param hidden what of it is not shown
   * @param changes what has to be on record
   */
  public record Look(Set<Listed> hidden, List<Change> changes) {}

  TargetPins(String target, PinMode mode, Waiting waiting, InstantSource clock) {
    this.target = target;
    this.mode = mode;
    this.waiting = waiting;
    this.clock = clock;
  }

  private Optional<DefinitionKey> key(Call.Kind kind, String server, String name) {
    return switch (kind) {
      case TOOL -> Optional.of(new DefinitionKey(target, server, DefinitionKey.Kind.TOOL, name));
      case PROMPT ->
          Optional.of(new DefinitionKey(target, server, DefinitionKey.Kind.PROMPT, name));
      case DOCUMENT, COMPLETION, LISTING, SUBSCRIPTION, SAMPLING, ELICITATION, SESSION ->
          Optional.empty();
    };
  }

  /** Why it is not called; what has no definition is. */
  public Optional<Obstacle> obstacle(Call.Kind kind, String server, String name) {
    return key(kind, server, name).flatMap(this::obstacle);
  }

  private Optional<Obstacle> obstacle(DefinitionKey key) {
    Map<DefinitionKey, State> now = states;
    State state = now.getOrDefault(key, State.NOTHING);
    if (state.unfit() != null) {
      return Optional.of(state.unfit());
    }
    if (state.digests().pending() != null) {
      return Optional.of(
          state.digests().accepted() == null ? Obstacle.NOT_ACCEPTED : Obstacle.CHANGED);
    }
    if (state.digests().accepted() != null) {
      return Optional.empty();
    }
    return switch (mode) {
      // nobody was shown anything
      case FIRST_USE -> now.size() < MOST ? Optional.empty() : Optional.of(Obstacle.FULL);
      case REVIEWED -> Optional.of(Obstacle.NOT_ACCEPTED);
      case OFF -> Optional.empty();
    };
  }

  /** A server lists this. */
  public Look look(List<Listed> listed) {
    Map<DefinitionKey, Set<Optional<Definition>>> said = new LinkedHashMap<>();
    for (Listed item : listed) {
      key(item.kind(), item.server(), item.name())
          .ifPresent(
              key ->
                  said.computeIfAbsent(key, _ -> new HashSet<>())
                      .add(Spelling.of(key, item.item())));
    }
    Set<DefinitionKey> closed = new HashSet<>();
    List<Change> changes = new ArrayList<>();
    synchronized (this) {
      said.forEach(
          (key, definitions) -> {
            if (!seen(key, definitions, changes)) {
              closed.add(key);
            }
          });
    }
    log(changes);
    Set<Listed> hidden = new HashSet<>();
    for (Listed item : listed) {
      key(item.kind(), item.server(), item.name())
          .filter(closed::contains)
          .ifPresent(_ -> hidden.add(item));
    }
    return new Look(hidden, changes);
  }

  /** Whether it is shown. */
  private boolean seen(DefinitionKey key, Set<Optional<Definition>> said, List<Change> changes) {
    State before = states.get(key);
    if (before == null && states.size() >= MOST) {
      sayFull();
      return false;
    }
    State from = before == null ? State.NOTHING : before;
    Optional<Definition> definition = said.iterator().next();
    if (said.size() > 1) {
      return unfit(key, from, Obstacle.TWICE, changes);
    }
    return definition.isEmpty()
        ? unfit(key, from, Obstacle.TOO_LONG, changes)
        : fit(definition.get(), from, changes);
  }

  private boolean unfit(DefinitionKey key, State from, Obstacle why, List<Change> changes) {
    boolean tell = tell(from, why.name(), changes);
    if (tell) {
      changes.add(new Change(key, accepted(from), "", false, why.words()));
    }
    states.put(key, new State(from.digests(), from.text(), why, tell ? why.name() : from.told()));
    return false;
  }

  private boolean fit(Definition definition, State from, List<Change> changes) {
    String digest = definition.digest();
    Pinned digests = from.digests().seen(digest, mode == PinMode.FIRST_USE);
    boolean fresh = digest.equals(digests.accepted()) && !digest.equals(accepted(from));
    if (!digests.equals(from.digests())
        && !waiting.offer(new Pins.Sighting(definition, fresh, clock.instant()))) {
      return unfit(definition.key(), from, Obstacle.CROWDED, changes);
    }
    if (!digest.equals(digests.accepted())) {
      boolean tell = tell(from, digest, changes);
      if (tell) {
        changes.add(
            new Change(
                definition.key(), accepted(from), digest, false, difference(from, definition)));
      }
      states.put(
          definition.key(), new State(digests, from.text(), null, tell ? digest : from.told()));
      return false;
    }
    if (fresh) {
      changes.add(new Change(definition.key(), "", digest, true, ""));
    }
    String text = fresh ? atHand(definition.text()) : from.text();
    states.put(definition.key(), new State(digests, text, null, from.told()));
    return true;
  }

  private static @Nullable String atHand(String text) {
    return text.length() <= Pins.MOST_AT_HAND ? text : null;
  }

  /** Once for each tool and digest, and not all of a flood. */
  private static boolean tell(State from, String what, List<Change> changes) {
    return !what.equals(from.told())
        && changes.stream().filter(change -> !change.pinned()).count() < MOST_TOLD;
  }

  private static String accepted(State state) {
    String digest = state.digests().accepted();
    return digest == null ? "" : digest;
  }

  private static String difference(State from, Definition now) {
    if (from.text() != null) {
      return Difference.bounded(from.text(), now.text());
    }
    return from.digests().accepted() == null
        ? Difference.bounded("{}", now.text())
        : "(the accepted one is longer than is kept at hand: gatehouse pins show)";
  }

  private void sayFull() {
    if (!saidFull) {
      saidFull = true;
      LOG.atWarn()
          .addKeyValue("target", target)
          .addKeyValue("most", MOST)
          .log("more definitions than are kept: the others are not shown");
    }
  }

  private void log(List<Change> changes) {
    long pinned = changes.stream().filter(Change::pinned).count();
    if (pinned > 0) {
      LOG.atInfo()
          .addKeyValue("target", target)
          .addKeyValue("definitions", pinned)
          .log("pinned at first use");
    }
    changes.stream().filter(change -> !change.pinned()).forEach(TargetPins::log);
  }

  private static void log(Change change) {
    LOG.atWarn()
        .addKeyValue("what", change.what())
        .addKeyValue("before", change.before())
        .addKeyValue("after", change.after())
        .addKeyValue("differs", change.difference())
        .log("not accepted, so neither shown nor called");
  }

  /** The store says this; what is not in the store yet counts on top. */
  synchronized void update(Pin pin) {
    State before = states.getOrDefault(pin.key(), State.NOTHING);
    State after = merged(pin, before);
    if (after.digests().equals(Pinned.NOTHING) && after.unfit() == null) {
      states.remove(pin.key());
    } else {
      states.put(pin.key(), after);
    }
  }

  private State merged(Pin pin, State local) {
    Pinned digests = waiting.after(pin.key(), pin.digests());
    return new State(digests, pin.text().orElse(null), local.unfit(), local.told());
  }

  /** This is all that the store has. */
  synchronized void replace(List<Pin> pins) {
    Map<DefinitionKey, State> fresh = new ConcurrentHashMap<>();
    for (Pin pin : pins) {
      State state = merged(pin, states.getOrDefault(pin.key(), State.NOTHING));
      if (!state.digests().equals(Pinned.NOTHING) || state.unfit() != null) {
        fresh.put(pin.key(), state);
      }
    }
    states.forEach(
        (key, state) -> {
          if (state.unfit() != null || waiting.has(key)) {
            fresh.putIfAbsent(key, state);
          }
        });
    states = fresh;
  }

  /** What counts here now; empty if nothing does. */
  String accepted(DefinitionKey key) {
    return accepted(states.getOrDefault(key, State.NOTHING));
  }

  /** Definitions that are neither shown nor called. */
  public int pending() {
    return (int)
        states.values().stream()
            .filter(state -> state.unfit() != null || state.digests().pending() != null)
            .count();
  }
}

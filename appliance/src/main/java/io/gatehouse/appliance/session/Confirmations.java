package io.gatehouse.appliance.session;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.IssuedCredential;
import io.gatehouse.appliance.control.StoredCredential;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Whether groups that were good for a while have been confirmed meanwhile. Each refresh moves that
 * while on in the store only, so it is asked there when it is over, once for all sessions of a
 * credential. Owned by the watch's thread.
 */
final class Confirmations {
  private final LiveSessions sessions;
  private final SessionWatch.Setting setting;
  private final Hop hop;
  private final Set<String> asked = new HashSet<>();

  /** Brings answers to the watch's thread. */
  interface Hop {
    <T> void home(CompletionStage<T> stage, SessionWatch.Answer<T> next);
  }

  Confirmations(LiveSessions sessions, SessionWatch.Setting setting, Hop hop) {
    this.sessions = sessions;
    this.setting = setting;
    this.hop = hop;
  }

  void ask(ControlStore place) {
    Instant now = setting.clock().instant();
    Map<String, List<LiveSession>> byCredential =
        sessions.unconfirmed(now).stream().collect(Collectors.groupingBy(Confirmations::name));
    byCredential.forEach(
        (name, those) -> {
          if (asked.add(name)) {
            hop.home(
                place.find(name, now),
                (found, _) -> {
                  asked.remove(name);
                  if (found == null) {
                    unanswered(those);
                  } else {
                    answered(those, found.map(StoredCredential::credential));
                  }
                });
          }
        });
  }

  private static String name(LiveSession session) {
    return session.who().standing().credential().orElse("");
  }

  /** While the store does not answer, for as long as the gate may go on without it. */
  private void unanswered(List<LiveSession> those) {
    Instant latest = setting.clock().instant().minus(setting.blind());
    sessions.end(one -> those.contains(one) && one.unconfirmed(latest), Ending.UNCONFIRMED);
  }

  private void answered(List<LiveSession> those, Optional<IssuedCredential> found) {
    if (found.isEmpty()) {
      sessions.end(those::contains, Ending.UNCONFIRMED);
    }
    found.ifPresent(
        credential -> those.forEach(one -> one.confirmed(credential.freshness().goodUntil())));
  }
}

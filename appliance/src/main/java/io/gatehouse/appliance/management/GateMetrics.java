package io.gatehouse.appliance.management;

import static io.gatehouse.appliance.management.MetricNames.TAG_DIRECTION;
import static io.gatehouse.appliance.management.MetricNames.TAG_LIMIT;
import static io.gatehouse.appliance.management.MetricNames.TAG_LISTENER;
import static io.gatehouse.appliance.management.MetricNames.TAG_REASON;
import static io.gatehouse.appliance.management.MetricNames.TAG_RESULT;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the gate counts. Every meter is resolved when this is made, so counting on an event loop is
 * a look-up in a map that never changes. Thread-safe.
 */
public final class GateMetrics implements Meters {
  private final MeterRegistry registry;
  private final Map<String, ListenerMeters> listeners = new HashMap<>();
  private final Map<Limit, Counter> limitReached = new EnumMap<>(Limit.class);
  private final Counter clientToServer;
  private final Counter serverToClient;
  private final Counter cancelDelivered;
  private final Counter cancelUnknown;
  private final Counter reloadDone;
  private final Counter reloadRefused;

  public GateMetrics(MeterRegistry registry, Collection<String> listenerNames, Limits limits) {
    this.registry = registry;
    listenerNames.forEach(name -> listeners.put(name, new ListenerMeters(registry, name)));
    for (Limit limit : Limit.values()) {
      limitReached.put(limit, registry.counter(MetricNames.LIMIT_REACHED, TAG_LIMIT, limit.key()));
      Gauge.builder(MetricNames.LIMIT, () -> limits.of(limit))
          .tag(TAG_LIMIT, limit.key())
          .register(registry);
    }
    clientToServer = registry.counter(MetricNames.BYTES, TAG_DIRECTION, "client_to_server");
    serverToClient = registry.counter(MetricNames.BYTES, TAG_DIRECTION, "server_to_client");
    cancelDelivered = registry.counter(MetricNames.CANCELS, TAG_RESULT, "delivered");
    cancelUnknown = registry.counter(MetricNames.CANCELS, TAG_RESULT, "unknown");
    reloadDone = registry.counter(MetricNames.RELOADS, TAG_RESULT, "done");
    reloadRefused = registry.counter(MetricNames.RELOADS, TAG_RESULT, "refused");
  }

  /** The counters of one listener. */
  private record ListenerMeters(
      Counter accepted, Counter loggedIn, Map<CloseReason, Counter> closed) {
    ListenerMeters(MeterRegistry registry, String listener) {
      this(
          registry.counter(MetricNames.ACCEPTED, TAG_LISTENER, listener),
          registry.counter(MetricNames.LOGINS, TAG_LISTENER, listener),
          new EnumMap<>(CloseReason.class));
      for (CloseReason reason : CloseReason.values()) {
        closed.put(
            reason,
            registry.counter(MetricNames.CLOSED, TAG_LISTENER, listener, TAG_REASON, reason.tag()));
      }
    }
  }

  public void watch(Listener listener) {
    Gauge.builder(MetricNames.SESSIONS, listener, Listener::sessions)
        .tag(TAG_LISTENER, listener.name())
        .strongReference(true)
        .register(registry);
  }

  /** What may change at a reload, asked for at each scrape. */
  public void watchUsers(Supplier<Number> count) {
    Gauge.builder(MetricNames.USERS, count).register(registry);
  }

  public void watchCertificate(String listener, Supplier<Number> expiresAtEpochSecond) {
    Gauge.builder(MetricNames.CERTIFICATE_EXPIRES, expiresAtEpochSecond)
        .tag(TAG_LISTENER, listener)
        .register(registry);
  }

  public void reloaded(boolean done) {
    (done ? reloadDone : reloadRefused).increment();
  }

  @Override
  public void accepted(String listener) {
    @Nullable ListenerMeters meters = listeners.get(listener);
    if (meters != null) {
      meters.accepted.increment();
    }
  }

  @Override
  public void loggedIn(String listener) {
    @Nullable ListenerMeters meters = listeners.get(listener);
    if (meters != null) {
      meters.loggedIn.increment();
    }
  }

  @Override
  public void closed(String listener, CloseReason reason) {
    @Nullable ListenerMeters meters = listeners.get(listener);
    if (meters != null) {
      increment(meters.closed.get(reason));
    }
  }

  @Override
  public void limitReached(Limit limit) {
    increment(limitReached.get(limit));
  }

  private static void increment(@Nullable Counter counter) {
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void clientToServer(long bytes) {
    clientToServer.increment((double) bytes);
  }

  @Override
  public void serverToClient(long bytes) {
    serverToClient.increment((double) bytes);
  }

  @Override
  public void cancelDelivered() {
    cancelDelivered.increment();
  }

  @Override
  public void cancelUnknown() {
    cancelUnknown.increment();
  }
}

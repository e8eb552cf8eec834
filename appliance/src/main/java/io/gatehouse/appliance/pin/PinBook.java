package io.gatehouse.appliance.pin;

import io.gatehouse.appliance.control.DefinitionKey;
import io.gatehouse.appliance.control.Pin;
import io.gatehouse.appliance.control.Pins;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of all targets' definitions. Thread-safe. */
public final class PinBook {
  /** Of no target. */
  public static final PinBook NONE = new PinBook(Map.of(), false, InstantSource.system());

  private final Map<String, TargetPins> targets;
  private final Waiting waiting;

  /**
   * @param modes by the name of a target
   * @param kept whether a {@link PinKeeper} keeps what is seen; else it is forgotten at the end
   */
  public PinBook(Map<String, PinMode> modes, boolean kept, InstantSource clock) {
    waiting = new Waiting(kept);
    Map<String, TargetPins> made = new HashMap<>();
    modes.forEach(
        (target, mode) -> {
          if (mode != PinMode.OFF) {
            made.put(target, new TargetPins(target, mode, waiting, clock));
          }
        });
    targets = Map.copyOf(made);
  }

  /** Empty where any definition counts. */
  public Optional<TargetPins> of(String target) {
    return Optional.ofNullable(targets.get(target));
  }

  /** Whose definitions count by what was accepted. */
  public Set<String> targets() {
    return targets.keySet();
  }

  Waiting waiting() {
    return waiting;
  }

  /** Somebody changed what counts. */
  public record Ruling(DefinitionKey key, String by, String before, String after) {
    /** What it is about. */
    public String what() {
      return Change.what(key);
    }
  }

  /** Returns what somebody did, and not the first use. */
  List<Ruling> update(List<Pin> pins) {
    List<Ruling> rulings = new ArrayList<>();
    for (Pin pin : pins) {
      of(pin.key().target())
          .ifPresent(
              here -> {
                String before = here.accepted(pin.key());
                here.update(pin);
                ruling(pin, before).ifPresent(rulings::add);
              });
    }
    return rulings;
  }

  private static Optional<Ruling> ruling(Pin pin, String before) {
    String now = pin.digests().accepted() == null ? "" : pin.digests().accepted();
    boolean firstUse = pin.acceptedBy().filter(Pins.FIRST_USE::equals).isPresent();
    return now.equals(before) || firstUse
        ? Optional.empty()
        : Optional.of(new Ruling(pin.key(), pin.acceptedBy().orElse("unknown"), before, now));
  }

  void replace(List<Pin> all) {
    targets.forEach(
        (name, here) ->
            here.replace(all.stream().filter(pin -> pin.key().target().equals(name)).toList()));
  }
}

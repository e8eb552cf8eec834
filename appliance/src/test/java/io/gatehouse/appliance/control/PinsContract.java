package io.gatehouse.appliance.control;

import static io.gatehouse.appliance.control.Samples.NOW;
import static io.gatehouse.appliance.control.Samples.ofCaller;
import static io.gatehouse.appliance.control.Stages.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.control.Pins.Sighting;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Definitions in every store, and two gates that see different ones. */
abstract class PinsContract {
  private static final Instant TIME = NOW.truncatedTo(ChronoUnit.MILLIS);
  private static final DefinitionKey PAY = key("pay");

  private ControlStore store = new NoStore();
  private ControlStore other = new NoStore();

  abstract StoreLocation location() throws Exception;

  @BeforeEach
  void open() throws Exception {
    store = ControlStore.open(location(), StoreLimits.DEFAULT);
    other = ControlStore.open(location(), StoreLimits.DEFAULT);
  }

  @AfterEach
  void close() {
    store.close();
    other.close();
  }

  private static DefinitionKey key(String name) {
    return new DefinitionKey("tools", "", DefinitionKey.Kind.TOOL, name);
  }

  private static Sighting sighting(DefinitionKey key, String digest, boolean firstUse) {
    return new Sighting(new Definition(key, digest, "{\"d\":\"" + digest + "\"}"), firstUse, TIME);
  }

  private void see(String digest) throws Exception {
    done(store.pins().see(List.of(sighting(PAY, digest, true))));
  }

  private Pins.Texts show() throws Exception {
    return done(store.pins().show(PAY)).orElseThrow();
  }

  private Pinned digests() throws Exception {
    return show().pin().digests();
  }

  @Test
  void firstCounts_theNextIsPending_andGoesWhenTheFirstComesAgain() throws Exception {
    see("a");
    assertThat(digests()).isEqualTo(new Pinned("a", null));
    assertThat(show().pin().acceptedBy()).contains(Pins.FIRST_USE);
    assertThat(show().pin().acceptedAt()).contains(TIME);
    see("b");
    assertThat(digests()).isEqualTo(new Pinned("a", "b"));
    assertThat(show().accepted()).contains("{\"d\":\"a\"}");
    assertThat(show().pending()).contains("{\"d\":\"b\"}");
    assertThat(show().pin().text()).contains("{\"d\":\"a\"}");
    see("c");
    assertThat(digests()).isEqualTo(new Pinned("a", "c"));
    see("a");
    assertThat(digests()).isEqualTo(new Pinned("a", null));
    assertThat(show().pending()).isEmpty();
  }

  @Test
  void reviewed_nothingCounts_untilItIsAccepted() throws Exception {
    done(store.pins().see(List.of(sighting(PAY, "a", false))));
    assertThat(digests()).isEqualTo(new Pinned(null, "a"));
    see("a");
    assertThat(digests()).as("first use comes too late").isEqualTo(new Pinned(null, "a"));
    assertThat(done(store.pins().accept(PAY, "b", "ops", NOW))).isFalse();
    assertThat(done(store.pins().accept(PAY, "a", "ops", NOW))).isTrue();
    assertThat(digests()).isEqualTo(new Pinned("a", null));
    assertThat(show().pin().acceptedBy()).contains("ops");
    assertThat(done(store.pins().accept(PAY, "a", "ops", NOW))).as("once").isFalse();
  }

  @Test
  void acceptedOne_isTheOneThatWasLookedAt() throws Exception {
    see("a");
    see("b");
    see("c");
    assertThat(done(other.pins().accept(PAY, "b", "ops", NOW))).isFalse();
    assertThat(digests()).isEqualTo(new Pinned("a", "c"));
  }

  @Test
  void forgotten_isToldToAll_andTheNextIsTheFirst() throws Exception {
    see("a");
    long version = done(other.pins().since(0)).version();
    assertThat(done(store.pins().forget(PAY))).isTrue();
    assertThat(done(store.pins().forget(PAY))).isFalse();
    assertThat(done(other.pins().since(version)).pins())
        .singleElement()
        .satisfies(pin -> assertThat(pin.digests()).isEqualTo(Pinned.NOTHING));
    see("b");
    assertThat(digests()).isEqualTo(new Pinned("b", null));
    assertThat(done(store.pins().forget(key("unknown")))).isFalse();
  }

  @Test
  void changes_areTold_onceAndInPages_besideRevocations() throws Exception {
    int all = ControlStore.MOST_ROWS + 7;
    List<Sighting> many = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      many.add(sighting(key("t" + i), "d" + i, true));
    }
    for (int i = 0; i < all; i += 50) {
      done(store.pins().see(many.subList(i, Math.min(all, i + 50))));
    }
    Pins.Page first = done(other.pins().since(0));
    assertThat(first.anew()).isTrue();
    assertThat(first.more()).isTrue();
    assertThat(first.pins()).hasSize(ControlStore.MOST_ROWS);
    Pins.Page second = done(other.pins().since(first.version()));
    assertThat(second.anew()).isFalse();
    assertThat(second.more()).isFalse();
    assertThat(second.pins()).hasSize(7);
    done(store.revoke(ofCaller("ann", NOW)));
    Pins.Page third = done(other.pins().since(second.version()));
    assertThat(third.pins()).isEmpty();
    assertThat(done(other.changesSince(0)).revocations()).hasSize(1);
    assertThat(done(other.pins().since(third.version() + 1_000)).anew())
        .as("of a copy that was restored")
        .isTrue();
  }

  @Test
  void names_areAsTheServerGivesThem() throws Exception {
    List<String> names =
        List.of(
            "pay",
            "Pay",
            "",
            " ",
            "a\u0000b",
            "\u001b[2J",
            "\u202e\uD83D\uDE00",
            "x".repeat(200_000));
    for (String name : names) {
      done(store.pins().see(List.of(sighting(key(name), "a", true))));
    }
    assertThat(done(other.pins().since(0)).pins())
        .extracting(pin -> pin.key().name())
        .containsExactlyElementsOf(names);
    assertThat(done(other.pins().show(key("pAy")))).isEmpty();
  }

  @Test
  void longDefinition_isKept_andNotAtHand() throws Exception {
    String text = "{\"d\":\"" + "x".repeat(250_000) + "\"}";
    Definition definition = new Definition(PAY, "a", text);
    done(store.pins().see(List.of(new Sighting(definition, true, NOW))));
    assertThat(show().accepted()).contains(text);
    assertThat(show().pin().text()).isEqualTo(Optional.empty());
  }

  @Test
  void twoGatesThatSeeDifferentFirsts_agreeOnOne() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 20; i++) {
        DefinitionKey key = key("t" + i);
        Future<?> one = threads.submit(() -> firstUse(store, key, "a"));
        Future<?> two = threads.submit(() -> firstUse(other, key, "b"));
        one.get();
        two.get();
        assertThat(done(store.pins().show(key)).orElseThrow().pin().digests())
            .isIn(new Pinned("a", "b"), new Pinned("b", "a"));
      }
    }
  }

  private static String firstUse(ControlStore store, DefinitionKey key, String digest)
      throws Exception {
    done(store.pins().see(List.of(sighting(key, digest, true))));
    return digest;
  }
}

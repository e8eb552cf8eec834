package io.gatehouse.appliance.control;

import static io.gatehouse.appliance.control.Samples.HOUR;
import static io.gatehouse.appliance.control.Samples.NOW;
import static io.gatehouse.appliance.control.Samples.alice;
import static io.gatehouse.appliance.control.Samples.credential;
import static io.gatehouse.appliance.control.Samples.holder;
import static io.gatehouse.appliance.control.Samples.ofCaller;
import static io.gatehouse.appliance.control.Samples.ofCredential;
import static io.gatehouse.appliance.control.Stages.done;
import static io.gatehouse.appliance.control.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.control.Refreshes.Due;
import io.gatehouse.appliance.control.Refreshes.Renewal;
import io.gatehouse.appliance.control.Refreshes.Renewed;
import io.gatehouse.appliance.control.Refreshes.Sealed;
import io.gatehouse.appliance.control.Refreshes.Taken;
import io.gatehouse.plugin.CallerKind;
import io.gatehouse.plugin.ProofMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refresh tokens and groups in every store, and two gates that want the same. */
abstract class RefreshesContract {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Instant SOON = NOW.plusSeconds(300);
  private static final Instant LATE = NOW.plusSeconds(600);

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

  private void enrolled(String name) throws Exception {
    enrolled(name, alice());
  }

  private void enrolled(String name, Holder holder) throws Exception {
    done(store.put(credential(name, holder)));
    done(store.refreshes().begin(name, new Sealed("sealed 1"), new Due(SOON, LATE)));
  }

  private List<Taken> take(Instant now) throws Exception {
    return done(store.refreshes().take(now, LEASE, 100));
  }

  private static Renewal renewal(Set<String> groups, String sealed) {
    return new Renewal(
        Optional.of(new Sealed(sealed)),
        groups,
        SOON,
        new Due(SOON.plusSeconds(300), LATE.plusSeconds(300)));
  }

  @Test
  void credential_isDueInItsTime_andGoodForItsTime() throws Exception {
    enrolled("gh-one");

    assertThat(take(SOON.minusMillis(1))).isEmpty();
    assertThat(take(SOON))
        .singleElement()
        .satisfies(
            taken -> {
              assertThat(taken.credential().name()).isEqualTo("gh-one");
              assertThat(taken.sealed().text()).isEqualTo("sealed 1");
              assertThat(taken.credential().freshness().goodUntil())
                  .contains(LATE.truncatedTo(ChronoUnit.MILLIS));
            });
    assertThat(done(store.find("gh-one", LATE.minusMillis(1)))).isPresent();
    assertThat(done(store.find("gh-one", LATE))).isEmpty();
    assertThat(done(store.show("gh-one"))).isPresent();
  }

  @Test
  void credentialThatIsNotThere_isNotBegun() throws Exception {
    assertThat(failure(store.refreshes().begin("gh-x", new Sealed("sealed"), new Due(SOON, LATE))))
        .isEqualTo(StoreFailure.BROKEN);
    assertThat(take(LATE)).isEmpty();
  }

  @Test
  void takenOne_isNobodyElses_untilTheLeaseIsOver() throws Exception {
    enrolled("gh-one");
    Taken first = take(SOON).getFirst();

    assertThat(done(other.refreshes().take(SOON.plus(LEASE).minusMillis(1), LEASE, 100))).isEmpty();
    Taken second = done(other.refreshes().take(SOON.plus(LEASE), LEASE, 100)).getFirst();

    assertThat(done(store.refreshes().renew(first, renewal(Set.of("late"), "late")))).isEmpty();
    assertThat(done(store.refreshes().postpone(first, SOON, Optional.empty()))).isFalse();
    assertThat(done(store.refreshes().withdraw(first, SOON))).isFalse();
    assertThat(done(store.show("gh-one")).orElseThrow().holder()).isEqualTo(alice());
    assertThat(done(store.show("gh-one")).orElseThrow().revokedAt()).isEmpty();
    assertThat(done(other.refreshes().renew(second, renewal(Set.of("dba"), "sealed 2"))))
        .contains(new Renewed(alice().groups(), true));
  }

  @Test
  void newGroups_replaceTheOldWithTheToken_andEveryGateIsTold() throws Exception {
    enrolled("gh-one");
    long version = done(other.changesSince(0)).version();
    Taken taken = take(SOON).getFirst();

    assertThat(done(store.refreshes().renew(taken, renewal(Set.of("dba"), "sealed 2"))))
        .contains(new Renewed(alice().groups(), true));

    IssuedCredential now = done(other.find("gh-one", LATE)).orElseThrow().credential();
    assertThat(now.holder().groups()).containsExactly("dba");
    assertThat(now.holder().groupsAsOf()).isEqualTo(SOON.truncatedTo(ChronoUnit.MILLIS));
    assertThat(now.freshness().version()).isEqualTo(version + 1);
    Changes changes = done(other.changesSince(version));
    assertThat(changes.revocations())
        .containsExactly(new Revocation.OfGroups("gh-one", version + 1, SOON, now.expiresAt()));
    assertThat(take(SOON.plusSeconds(299))).isEmpty();
    assertThat(take(SOON.plusSeconds(300)).getFirst().sealed().text()).isEqualTo("sealed 2");
  }

  @Test
  void sameGroups_areGoodForLonger_andNobodyIsTold() throws Exception {
    enrolled("gh-one");
    long version = done(store.changesSince(0)).version();

    assertThat(
            done(
                store
                    .refreshes()
                    .renew(take(SOON).getFirst(), renewal(alice().groups(), "sealed 2"))))
        .contains(new Renewed(alice().groups(), false));

    assertThat(done(store.changesSince(version)).revocations()).isEmpty();
    assertThat(done(store.find("gh-one", LATE.plusSeconds(299)))).isPresent();
    assertThat(done(store.find("gh-one", LATE.plusSeconds(300)))).isEmpty();
  }

  @Test
  void groupsThatChangeTwice_areToldOnce_byTheLaterVersion() throws Exception {
    enrolled("gh-one");
    done(store.refreshes().renew(take(SOON).getFirst(), renewal(Set.of("a"), "2")));
    done(
        store.refreshes().renew(take(SOON.plusSeconds(300)).getFirst(), renewal(Set.of("b"), "3")));

    assertThat(done(store.changesSince(0)).revocations())
        .singleElement()
        .isInstanceOfSatisfying(
            Revocation.OfGroups.class, groups -> assertThat(groups.version()).isEqualTo(2));
  }

  @Test
  void postponedOne_isDueAgain_withTheTokenThatItHasThen() throws Exception {
    enrolled("gh-one");
    assertThat(done(store.refreshes().postpone(take(SOON).getFirst(), LATE, Optional.empty())))
        .isTrue();
    assertThat(take(LATE.minusMillis(1))).isEmpty();
    Taken again = take(LATE).getFirst();
    assertThat(again.sealed().text()).isEqualTo("sealed 1");

    done(store.refreshes().postpone(again, LATE, Optional.of(new Sealed("sealed 2"))));

    assertThat(take(LATE).getFirst().sealed().text()).isEqualTo("sealed 2");
  }

  @Test
  void credentialThatWasGoodForTooLong_isGoodAgain_whenItIsRenewed() throws Exception {
    enrolled("gh-one");
    assertThat(done(store.find("gh-one", LATE))).isEmpty();

    done(store.refreshes().renew(take(LATE).getFirst(), renewal(alice().groups(), "2")));

    assertThat(done(store.find("gh-one", LATE))).isPresent();
  }

  @Test
  void withdrawnOne_isRevoked_andItsTokenIsGone() throws Exception {
    enrolled("gh-one");
    Taken taken = take(SOON).getFirst();

    assertThat(done(store.refreshes().withdraw(taken, SOON))).isTrue();

    assertThat(done(other.find("gh-one", SOON))).isEmpty();
    assertThat(done(other.show("gh-one")).orElseThrow().revokedAt()).isPresent();
    assertThat(done(store.refreshes().withdraw(taken, SOON))).isFalse();
    assertThat(take(SOON.plus(HOUR))).isEmpty();
  }

  @Test
  void whatIsRevokedOrExpired_isNotTaken_andItsTokenIsForgotten() throws Exception {
    enrolled("gh-one");
    enrolled("gh-two", holder("bob"));
    enrolled("gh-three", holder("carol"));
    done(store.revoke(ofCredential("gh-one")));
    done(store.revoke(ofCaller("bob", NOW)));

    assertThat(take(SOON))
        .extracting(taken -> taken.credential().name())
        .containsExactly("gh-three");
    assertThat(done(store.forget(SOON))).as("two tokens").isEqualTo(2);
    assertThat(done(store.forget(NOW.plus(HOUR))))
        .as("a token, three credentials, what revoked two of them")
        .isEqualTo(6);
  }

  @Test
  void logout_endsWhatWasProvedInThatSession_orUpToThatTime() throws Exception {
    done(store.put(credential("gh-one", signedOn("s-1", "u-1", NOW))));
    done(store.put(credential("gh-two", signedOn("s-2", "u-1", NOW.plusSeconds(9)))));
    done(store.put(credential("gh-three", alice())));
    String issuer = alice().issuer();

    done(store.revoke(new Revocation.OfSignOn("https://other", "s-1", NOW, SOON)));
    done(store.revoke(new Revocation.OfProviderSubject("https://other", "u-1", SOON, SOON)));
    assertThat(done(store.find("gh-one", NOW))).isPresent();

    done(store.revoke(new Revocation.OfProviderSubject(issuer, "u-1", NOW, SOON)));
    assertThat(done(store.find("gh-one", NOW))).isEmpty();
    assertThat(done(store.find("gh-two", NOW))).as("logged in since").isPresent();

    done(store.revoke(new Revocation.OfSignOn(issuer, "s-2", NOW, SOON)));
    assertThat(done(store.find("gh-two", NOW))).isEmpty();
    assertThat(done(store.find("gh-three", NOW))).isPresent();
    assertThat(done(store.changesSince(2)).revocations())
        .containsExactly(
            new Revocation.OfProviderSubject(issuer, "u-1", NOW, SOON),
            new Revocation.OfSignOn(issuer, "s-2", NOW, SOON));
  }

  private static Holder signedOn(String session, String subject, Instant at) {
    return new Holder(
        "alice",
        Optional.empty(),
        Set.of(),
        NOW,
        alice().issuer(),
        ProofMethod.TOKEN,
        CallerKind.AGENT,
        new SignOn(Optional.of(subject), Optional.of(session), at));
  }

  @Test
  void holder_isFoundAsItWas() throws Exception {
    Holder holder = signedOn("s-1", "u-1", NOW);
    done(store.put(credential("gh-one", holder)));

    assertThat(done(other.find("gh-one", NOW)).orElseThrow().credential().holder())
        .isEqualTo(holder);
    assertThat(holder.caller().kind()).isEqualTo(CallerKind.AGENT);
  }

  @Test
  void manyThreadsOfTwoGates_takeEachOnce() throws Exception {
    int count = 40;
    for (int i = 0; i < count; i++) {
      enrolled("gh-" + i);
    }
    List<String> names = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<List<Taken>>> takers = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        ControlStore one = i % 2 == 0 ? store : other;
        takers.add(threads.submit(() -> done(one.refreshes().take(SOON, LEASE, 7))));
      }
      for (Future<List<Taken>> taker : takers) {
        taker.get().forEach(taken -> names.add(taken.credential().name()));
      }
    }
    take(SOON).forEach(taken -> names.add(taken.credential().name()));
    assertThat(names).hasSize(count).doesNotHaveDuplicates();
  }
}

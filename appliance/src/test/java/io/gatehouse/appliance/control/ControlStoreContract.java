package io.gatehouse.appliance.control;

import static io.gatehouse.appliance.control.Samples.HOUR;
import static io.gatehouse.appliance.control.Samples.NOW;
import static io.gatehouse.appliance.control.Samples.agentFor;
import static io.gatehouse.appliance.control.Samples.alice;
import static io.gatehouse.appliance.control.Samples.credential;
import static io.gatehouse.appliance.control.Samples.holder;
import static io.gatehouse.appliance.control.Samples.ofCaller;
import static io.gatehouse.appliance.control.Samples.ofCredential;
import static io.gatehouse.appliance.control.Samples.ofSession;
import static io.gatehouse.appliance.control.Stages.done;
import static io.gatehouse.appliance.control.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.control.ControlStore.Listing;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, whatever it is kept in. */
abstract class ControlStoreContract {
  private ControlStore store = new NoStore();

  /** A place with nothing in it yet, the same for all of one test. */
  abstract StoreLocation location() throws Exception;

  @BeforeEach
  void open() throws Exception {
    store = ControlStore.open(location(), StoreLimits.DEFAULT);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() throws Exception {
    store.close();
    open();
  }

  private Optional<IssuedCredential> usable(String name) throws Exception {
    return done(store.find(name, NOW)).map(StoredCredential::credential);
  }

  @Test
  void credentialThatWasPut_isFoundAsItWas_alsoAfterRestart() throws Exception {
    StoredCredential one = credential("gh-one", alice());
    StoredCredential two = credential("gh-two", agentFor("bob", "agent-7"));
    done(store.put(one));
    done(store.put(two));

    reopen();

    StoredCredential found = done(store.find("gh-one", NOW)).orElseThrow();
    assertThat(found.credential()).isEqualTo(one.credential());
    assertThat(found.verifiers().scram().encoded()).isEqualTo(one.verifiers().scram().encoded());
    assertThat(found.verifiers().cachingSha2()).isEqualTo(one.verifiers().cachingSha2());
    assertThat(found.verifiers().bearer()).isEqualTo(one.verifiers().bearer());
    assertThat(usable("gh-two")).contains(two.credential());
    assertThat(usable("gh-three")).isEmpty();
  }

  @Test
  void nameThatIsTaken_isRefused_andKeepsWhatItHas() throws Exception {
    done(store.put(credential("gh-one", alice())));

    assertThat(failure(store.put(credential("gh-one", holder("mallory")))))
        .isEqualTo(StoreFailure.NAME_TAKEN);
    assertThat(usable("gh-one").orElseThrow().holder()).isEqualTo(alice());
  }

  @Test
  void expiredCredential_isAsUnknown_fromItsLastMillisecondOn() throws Exception {
    done(store.put(credential("gh-one", alice())));
    var expiry = NOW.truncatedTo(ChronoUnit.MILLIS).plus(HOUR);

    assertThat(done(store.find("gh-one", expiry.minusMillis(1)))).isPresent();
    assertThat(done(store.find("gh-one", expiry))).isEmpty();
    assertThat(done(store.show("gh-one")).orElseThrow().revokedAt()).isEmpty();
  }

  @Test
  void revokedCredential_isAsUnknown_andShownAsRevoked() throws Exception {
    done(store.put(credential("gh-one", alice())));
    done(store.put(credential("gh-two", alice())));

    done(store.revoke(ofCredential("gh-one")));
    reopen();

    assertThat(usable("gh-one")).isEmpty();
    assertThat(done(store.show("gh-one")).orElseThrow().revokedAt())
        .contains(NOW.truncatedTo(ChronoUnit.MILLIS));
    assertThat(usable("gh-two")).isPresent();
    assertThat(done(store.show("gh-two")).orElseThrow().revokedAt()).isEmpty();
  }

  @Test
  void revokedCaller_losesWhatItHas_asSubjectAndAsActor_andMayHaveNew() throws Exception {
    done(store.put(credential("gh-one", holder("bob"))));
    done(store.put(credential("gh-two", agentFor("alice", "bob"))));
    done(store.put(credential("gh-three", agentFor("alice", "other"))));

    done(store.revoke(ofCaller("bob", NOW.plusSeconds(1))));
    done(store.put(credential("gh-same", holder("bob"), NOW.plusSeconds(1))));
    done(store.put(credential("gh-later", holder("bob"), NOW.plusSeconds(1).plusMillis(1))));

    assertThat(usable("gh-one")).isEmpty();
    assertThat(usable("gh-two")).isEmpty();
    assertThat(usable("gh-three")).isPresent();
    assertThat(usable("gh-same")).as("issued at the instant itself").isEmpty();
    assertThat(usable("gh-later")).isPresent();
  }

  @Test
  void revokedCaller_losesWhatWasThere_evenIfIssuedByAFastClock() throws Exception {
    done(store.put(credential("gh-fast", holder("bob"), NOW.plus(Duration.ofMinutes(5)))));

    done(store.revoke(ofCaller("bob", NOW)));

    assertThat(usable("gh-fast")).isEmpty();
  }

  @Test
  void changes_tellEveryKindOnceInOrder_andNothingWhereNothingWas() throws Exception {
    List<Revocation> written =
        List.of(
            ofCaller("bob", NOW),
            ofCredential("gh-one"),
            ofSession("s-1"),
            new Revocation.OfToken("https://idp", "jti-1", NOW, NOW.plus(HOUR)),
            new Revocation.OfToken("https://other", "jti-1", NOW, NOW.plus(HOUR)));
    List<Long> versions = new ArrayList<>();
    for (Revocation revocation : written) {
      versions.add(done(store.revoke(revocation)));
    }

    assertThat(versions).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(done(store.changesSince(0))).isEqualTo(new Changes(5, written, false));
    assertThat(done(store.changesSince(3))).isEqualTo(new Changes(5, written.subList(3, 5), false));
    assertThat(done(store.changesSince(5))).isEqualTo(new Changes(5, List.of(), false));
  }

  @Test
  void revocationRepeated_comesAgain_withTheLaterTime() throws Exception {
    done(store.revoke(ofCaller("bob", NOW.plusSeconds(5))));
    long seen = done(store.changesSince(0)).version();

    done(store.revoke(ofCaller("bob", NOW)));

    assertThat(done(store.changesSince(seen)).revocations())
        .containsExactly(ofCaller("bob", NOW.plusSeconds(5)));
  }

  @Test
  void versionOfAnotherLife_isToldEverything() throws Exception {
    done(store.revoke(ofSession("s-1")));

    assertThat(done(store.changesSince(77)))
        .isEqualTo(new Changes(1, List.of(ofSession("s-1")), false));
  }

  @Test
  void manyChanges_comeInPages_thatMissNone() throws Exception {
    int count = ControlStore.MOST_ROWS + 200;
    List<Revocation> written = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      written.add(ofSession("s-" + i));
      done(store.revoke(written.getLast()));
    }

    Changes first = done(store.changesSince(0));
    Changes rest = done(store.changesSince(first.version()));

    assertThat(first.more()).isTrue();
    assertThat(rest.more()).isFalse();
    List<Revocation> told = new ArrayList<>(first.revocations());
    told.addAll(rest.revocations());
    assertThat(told).isEqualTo(written);
  }

  @Test
  void list_isInOrder_inPages_andOfOneSubject() throws Exception {
    for (String name : List.of("gh-c", "gh-a", "gh-b")) {
      done(store.put(credential(name, name.equals("gh-b") ? holder("bob") : alice())));
    }
    done(store.revoke(ofCredential("gh-b")));

    List<IssuedCredential> all = done(store.list(Listing.ofAll()));
    List<IssuedCredential> page = done(store.list(new Listing(Optional.empty(), "gh-a", 1)));
    List<IssuedCredential> bobs = done(store.list(Listing.of("bob")));

    assertThat(all).extracting(IssuedCredential::name).containsExactly("gh-a", "gh-b", "gh-c");
    assertThat(page).extracting(IssuedCredential::name).containsExactly("gh-b");
    assertThat(bobs).extracting(IssuedCredential::name).containsExactly("gh-b");
    assertThat(bobs.getFirst().revokedAt()).isPresent();
  }

  @Test
  void forget_deletesWhatIsOver_andNoRevocationThatStillEndsSomething() throws Exception {
    done(store.put(credential("gh-over", alice())));
    done(store.put(credential("gh-long", holder("bob"), NOW)));
    done(store.revoke(ofSession("s-1")));
    done(store.revoke(new Revocation.OfCaller("bob", NOW, NOW.plusSeconds(1))));
    done(store.revoke(new Revocation.OfSession("s-2", NOW, NOW.plus(HOUR).plus(HOUR))));

    assertThat(done(store.forget(NOW.plusSeconds(2)))).isZero();
    assertThat(usable("gh-long")).isEmpty();

    assertThat(done(store.forget(NOW.plus(HOUR)))).isEqualTo(4);
    assertThat(done(store.list(Listing.ofAll()))).isEmpty();
    assertThat(done(store.changesSince(0)).revocations())
        .containsExactly(new Revocation.OfSession("s-2", NOW, NOW.plus(HOUR).plus(HOUR)));
  }

  @Test
  void saltKey_isRandomOnce_andStays() throws Exception {
    byte[] key = done(store.saltKey());

    reopen();

    assertThat(key).hasSize(32).isNotEqualTo(new byte[32]);
    assertThat(done(store.saltKey())).isEqualTo(key);
  }

  @Test
  void closedStore_failsAsClosed() throws Exception {
    store.close();

    assertThat(failure(store.show("gh-one"))).isEqualTo(StoreFailure.CLOSED);
  }

  @Test
  void secondGate_seesAtOnceWhatTheFirstWrote() throws Exception {
    try (ControlStore other = ControlStore.open(location(), StoreLimits.DEFAULT)) {
      done(store.put(credential("gh-one", alice())));
      assertThat(done(other.find("gh-one", NOW))).isPresent();
      done(other.revoke(ofCredential("gh-one")));
      assertThat(usable("gh-one")).isEmpty();
      assertThat(done(store.changesSince(0)).revocations()).hasSize(1);
      assertThat(done(store.saltKey())).isEqualTo(done(other.saltKey()));
    }
  }
}

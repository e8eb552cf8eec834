package io.gatehouse.appliance.recorded;

import static io.gatehouse.appliance.recorded.IdentityScene.issue;
import static io.gatehouse.appliance.recorded.IdentityScene.password;
import static io.gatehouse.appliance.recorded.IdentityScene.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.identity.issued.NewCredential;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.log.RecordedLog;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Credentials that the gate issued, from a driver that knows nothing but user name and password.
 */
class IssuedLoginIT {
  @TempDir private Path folder;
  private IdentityScene scene;
  private ControlStore store;

  @BeforeEach
  void serve() throws Exception {
    scene = IdentityScene.start(folder, "", "");
    store = scene.store();
  }

  @AfterEach
  void end() throws Exception {
    store.close();
    scene.close();
  }

  @Test
  void issuedCredential_isItsHolder_onRecordToo() throws Exception {
    try (NewCredential made = issue(store, "erika")) {
      try (Connection erika = scene.connect(made.credential().name(), password(made))) {
        read(erika);
      }
      List<JournalFolder.Entry> opened = scene.entries(Kind.SESSION_OPENED);
      assertThat(scene.journal().audit().findings()).isEmpty();
      assertThat(opened)
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.text("subject")).isEqualTo("erika");
                assertThat(entry.text("method")).isEqualTo("issued_credential");
                assertThat(entry.text("issuer")).isEqualTo("https://idp.example");
                assertThat(entry.text("login")).isEqualTo(made.credential().name());
                assertThat(entry.text("token")).isEmpty();
                assertThat(entry.rows("groups").toString()).contains("analysts");
              });
    }
  }

  @Test
  void whatIsNotGoodAnyMore_isRefusedLikeWhatNeverWas() throws Exception {
    InstantSource yesterday = InstantSource.fixed(IdentityScene.ago(Duration.ofHours(20)));
    NewCredential revoked = issue(store, "erika");
    NewCredential expired = issue(store, "erika", yesterday, Duration.ofHours(1));
    NewCredential ofRevoked = issue(store, "frank");
    NewCredential good = issue(store, "erika");
    Instant now = Instant.now();
    revoke(new Revocation.OfCredential(revoked.credential().name(), now, now.plusSeconds(99_999)));
    revoke(new Revocation.OfCaller("frank", now, now.plusSeconds(99_999)));
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put(revoked.credential().name(), password(revoked));
    bad.put(expired.credential().name(), password(expired));
    bad.put(ofRevoked.credential().name(), password(ofRevoked));
    bad.put("gh-0000000000", password(good));
    bad.put(good.credential().name(), password(revoked));
    Set<String> words = new HashSet<>();
    List<String> secrets = new ArrayList<>(bad.values());
    try (RecordedLog log = RecordedLog.atTrace()) {
      bad.forEach(
          (name, password) -> {
            SQLException thrown = scene.refused(name, password);
            assertThat(thrown.getSQLState()).isEqualTo("28P01");
            words.add(String.valueOf(thrown.getMessage()).replace(name, "NAME"));
          });
      assertThat(log.lines())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(secrets).noneMatch(line::contains));
    }
    assertThat(words).hasSize(1);
    assertThat(scene.entries(Kind.LOGIN_REFUSED))
        .hasSize(bad.size())
        .allSatisfy(entry -> assertThat(entry.text("reason")).isEqualTo("password"));
  }

  @Test
  void everyName_goesThroughTheSameExchange_withASaltThatStays() throws Exception {
    InetSocketAddress gate = scene.gate().address("main");
    NewCredential good = issue(store, "erika");
    NewCredential revoked = issue(store, "erika");
    ScramDialogue before = ScramDialogue.of(gate, revoked.credential().name());
    Instant now = Instant.now();
    revoke(new Revocation.OfCredential(revoked.credential().name(), now, now.plusSeconds(99_999)));
    ScramDialogue after = ScramDialogue.of(gate, revoked.credential().name());
    ScramDialogue known = ScramDialogue.of(gate, good.credential().name());
    ScramDialogue unknown = ScramDialogue.of(gate, "gh-0000000000");
    assertThat(after).isEqualTo(before);
    assertThat(List.of(known.end(), unknown.end())).containsOnly(after.end());
    assertThat(known.end()).contains("28P01", "password authentication failed");
    assertThat(List.of(known.iterations(), unknown.iterations())).containsOnly(after.iterations());
    assertThat(unknown).isEqualTo(ScramDialogue.of(gate, "gh-0000000000"));
  }

  private void revoke(Revocation revocation) {
    store.revoke(revocation).toCompletableFuture().join();
  }
}

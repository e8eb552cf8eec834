package io.gatehouse.appliance.recorded;

import static io.gatehouse.appliance.recorded.IdentityScene.ANN;
import static io.gatehouse.appliance.recorded.IdentityScene.PASSWORD;
import static io.gatehouse.appliance.recorded.IdentityScene.issue;
import static io.gatehouse.appliance.recorded.IdentityScene.password;
import static io.gatehouse.appliance.recorded.IdentityScene.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.identity.issued.NewCredential;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.log.RecordedLog;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who guesses is slowed down, and sees nothing of it. */
class FailedLoginsIT {
  private static final String LIMITS = ", failed-logins-per-source: 5, failed-logins-per-name: 3";

  @TempDir private Path folder;
  private final List<IdentityScene> scenes = new ArrayList<>();

  private IdentityScene start(String identity, String limits) throws Exception {
    IdentityScene scene = IdentityScene.start(folder, identity, limits);
    scenes.add(scene);
    return scene;
  }

  @AfterEach
  void end() throws Exception {
    for (IdentityScene scene : scenes) {
      scene.close();
    }
  }

  @Test
  void rightPassword_isWrongOverTheLimit_inTheSameWordsAndWithTheSameSalt() throws Exception {
    IdentityScene scene = start("", LIMITS);
    InetSocketAddress gate = scene.gate().address("main");
    ScramDialogue before = ScramDialogue.of(gate, ANN);
    String words = String.valueOf(scene.refused(ANN, "wrong").getMessage());
    scene.refused(ANN, "wrong");
    assertThat(scene.refused(ANN, PASSWORD).getMessage()).isEqualTo(words);
    assertThat(ScramDialogue.of(gate, ANN)).isEqualTo(before);
    assertThat(scene.metric("gatehouse_limit_reached_total{limit=\"failed-logins-per-name\"}"))
        .isEqualTo(2.0);
    assertThat(scene.entries(Kind.LOGIN_REFUSED).stream().map(entry -> entry.text("reason")))
        .containsExactly(
            "password",
            "password",
            "password",
            "limit failed-logins-per-name",
            "limit failed-logins-per-name");
  }

  @Test
  void whoSucceeded_staysIn_whileTheSourceGuessesAtOthers_byEachWay() throws Exception {
    IdentityScene scene = start("", LIMITS);
    scene.provider().tokens().person("erika", "analysts");
    try (ControlStore store = scene.store();
        NewCredential known = issue(store, "erika");
        NewCredential fresh = issue(store, "erika")) {
      scene.connect(ANN, PASSWORD).close();
      scene.erika().close();
      scene.connect(known.credential().name(), password(known)).close();
      for (int guess = 0; guess < 12; guess++) {
        assertThat(scene.refused("made-up-" + guess, "wrong").getSQLState()).isEqualTo("28P01");
      }
      assertThat(scene.refused(fresh.credential().name(), password(fresh)).getSQLState())
          .isEqualTo("28P01");
      try (Connection ann = scene.connect(ANN, PASSWORD);
          Connection erika = scene.erika();
          Connection issued = scene.connect(known.credential().name(), password(known))) {
        read(ann);
        read(erika);
        read(issued);
      }
    }
  }

  @Test
  void brokenOffLogins_areNotHeldAgainstAnybody() throws Exception {
    IdentityScene scene = start("", LIMITS);
    InetSocketAddress gate = scene.gate().address("main");
    for (int one = 0; one < 20; one++) {
      new Socket(gate.getAddress(), gate.getPort()).close();
    }
    scene.connect(ANN, PASSWORD).close();
  }

  @Test
  void breakGlass_isMarkedInRecordLogAndMetric() throws Exception {
    IdentityScene scene = start("", "");
    scene.provider().tokens().person("erika", "analysts");
    assertThat(scene.metric("gatehouse_break_glass_logins_total")).isEqualTo(0.0);
    try (RecordedLog log = RecordedLog.atTrace();
        Connection ann = scene.connect(ANN, PASSWORD);
        Connection erika = scene.erika()) {
      read(ann);
      read(erika);
      List<String> warnings =
          log.lines().stream().filter(line -> line.contains("break-glass")).toList();
      assertThat(warnings)
          .singleElement()
          .satisfies(line -> assertThat(line).contains("level=WARN", "user=ann"));
    }
    scene.refused(ANN, "wrong");
    assertThat(scene.metric("gatehouse_break_glass_logins_total")).isEqualTo(1.0);
    assertThat(scene.entries(Kind.SESSION_OPENED))
        .extracting(entry -> entry.text("subject") + " " + entry.field("break-glass"))
        .containsExactlyInAnyOrder("ann Flag[value=true]", "erika Flag[value=false]");
  }

  @Test
  void localUsersRefused_areLikeUnknownOnes() throws Exception {
    IdentityScene scene = start("local-users: refuse\n", "");
    scene.provider().tokens().person("erika", "analysts");
    String ann = String.valueOf(scene.refused(ANN, PASSWORD).getMessage());
    String nobody = String.valueOf(scene.refused("nobody", PASSWORD).getMessage());
    assertThat(Set.of(ann.replace(ANN, "NAME"))).containsExactly(nobody.replace("nobody", "NAME"));
    try (Connection erika = scene.erika()) {
      read(erika);
    }
  }
}

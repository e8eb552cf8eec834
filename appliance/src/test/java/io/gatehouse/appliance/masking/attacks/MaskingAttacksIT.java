package io.gatehouse.appliance.masking.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.masking.Answer;
import io.gatehouse.appliance.masking.Login;
import io.gatehouse.appliance.masking.Markers;
import io.gatehouse.appliance.masking.Received;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.masking.attacks.MaskingAttack.Channel;
import io.gatehouse.appliance.masking.attacks.MaskingAttack.Outcome;
import io.gatehouse.appliance.masking.twin.TwinRunner;
import io.gatehouse.appliance.sql.attacks.Attack;
import io.gatehouse.appliance.sql.attacks.AttackList;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * With nothing in between each evasion gives a protected value away, or an answer that depends on
 * one: else it would pass every test of a gate.
 */
class MaskingAttacksIT {
  private static final Map<Channel, String> TYPES =
      Map.of(
          Channel.ROWS, "D",
          Channel.COPY, "d",
          Channel.ERROR, "E",
          Channel.NOTICE, "N",
          Channel.NOTIFY, "A",
          Channel.PSTATUS, "S",
          Channel.FUNCTION, "V",
          Channel.TAG, "C");

  private static final Map<Variant, CorpServer> SERVERS = new EnumMap<>(Variant.class);
  private static List<MaskingAttack> attacks;
  private static Markers markers;

  @BeforeAll
  static void twins_are_made() throws Exception {
    for (Variant variant : List.of(Variant.MARKED, Variant.UNLIKE)) {
      SERVERS.put(variant, CorpServer.start(variant));
    }
    attacks = MaskingAttacks.all(MaskingAttacksIT::function);
    try (Connection direct = marked().direct()) {
      markers = Markers.of(direct, MaskingAttacks.columns());
    }
  }

  @AfterAll
  static void twins_are_closed() throws Exception {
    for (CorpServer server : SERVERS.values()) {
      server.close();
    }
  }

  private static int function(String signature) {
    try {
      return marked().function(signature);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void list_read_has_every_entry_that_concerns_masking() {
    Set<String> ids =
        attacks.stream().map(attack -> attack.id().split(" ", -1)[0]).collect(Collectors.toSet());
    assertThat(attacks).extracting(MaskingAttack::id).doesNotHaveDuplicates();
    assertThat(attacks).hasSizeGreaterThan(900);
    for (Attack attack : AttackList.postgres()) {
      if (attack.id().startsWith("P") || attack.id().startsWith("R") || !attack.leaks().isEmpty()) {
        assertThat(ids).contains(attack.id());
      }
    }
  }

  @Test
  void outcomes_allowed_where_results_must_not_depend_on_values_are_fewer() {
    for (MaskingAttack attack : attacks) {
      if (attack.channel() != Channel.NONE && !attack.leaks().isEmpty()) {
        assertThat(attack.allowed().strict()).as(attack.id()).doesNotContain(Outcome.ANSWERED);
      }
      assertThat(attack.allowed().output()).as(attack.id()).isNotEmpty();
    }
  }

  @Test
  void evasions_sent_directly_give_away_what_they_are_listed_for() throws Exception {
    List<String> harmless = new ArrayList<>();
    List<String> before = List.of();
    boolean fresh = true;
    for (MaskingAttack attack : attacks) {
      List<String> setup = attack.preparation().setup();
      if (!fresh || !setup.equals(before)) {
        marked().renew(setup);
      }
      before = setup;
      fresh = attack.leavesNoTrace();
      List<Received> answer = run(attack, marked());
      boolean given = answer.stream().anyMatch(message -> holds(attack, message.body()));
      if (attack.channel() != Channel.NONE && !given && !depends(attack, answer)) {
        harmless.add(attack.id() + ": " + attack.steps());
      }
    }
    assertThat(harmless).isEmpty();
  }

  private static boolean holds(MaskingAttack attack, byte[] body) {
    String text = new String(body, UTF_8);
    return attack.leaks().stream().anyMatch(text::contains) || !markers.in(body).isEmpty();
  }

  private static boolean depends(MaskingAttack attack, List<Received> answer) throws Exception {
    unlike().renew(attack.preparation().setup());
    return !run(attack, unlike()).equals(answer);
  }

  /** The messages of the kind in which it is said to leave. */
  private static List<Received> run(MaskingAttack attack, CorpServer server) throws Exception {
    Login login = server.login(attack.preparation().startup());
    return of(attack, TwinRunner.transcript(login, attack.steps()).answers());
  }

  private static List<Received> of(MaskingAttack attack, List<Answer> answers) {
    String type = TYPES.getOrDefault(attack.channel(), "D");
    // What is sent in every way leaves in rows of either kind.
    String types = attack.channel() == Channel.ROWS ? "Dd" : type;
    return answers.stream()
        .flatMap(answer -> answer.messages().stream())
        .filter(message -> types.indexOf(message.type()) >= 0)
        .toList();
  }

  private static CorpServer marked() {
    return Objects.requireNonNull(SERVERS.get(Variant.MARKED));
  }

  private static CorpServer unlike() {
    return Objects.requireNonNull(SERVERS.get(Variant.UNLIKE));
  }
}

package io.gatehouse.appliance.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Throwables;
import io.gatehouse.appliance.identity.token.HostileTokens.Attack;
import io.gatehouse.appliance.log.RecordedLog;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every attack is refused for the reason that was meant, and nothing of it is told. */
final class HostileTokensTest {
  private static final int LEAST = 60;

  private static final HostileTokens HOSTILE = new HostileTokens();

  @AfterAll
  static void close() {
    HOSTILE.close();
  }

  /** Each with keys of its own: made-up ids use up the fetches for them. */
  @TestFactory
  Stream<DynamicTest> attack_isRefusedForItsReason() {
    return HOSTILE.attacks.stream()
        .map(
            attack ->
                DynamicTest.dynamicTest(
                    attack.name(),
                    () -> {
                      try (Checking checking = HOSTILE.checking()) {
                        assertThat(checking.refused(attack.token())).isEqualTo(attack.expected());
                      }
                    }));
  }

  @Test
  void attacks_areManyAndDifferent() {
    assertThat(HOSTILE.attacks).hasSizeGreaterThan(LEAST);
    assertThat(HOSTILE.attacks).extracting(Attack::name).doesNotHaveDuplicates();
    assertThat(HOSTILE.attacks).extracting(Attack::token).doesNotHaveDuplicates();
  }

  /** Otherwise the attacks would be refused for what all of them have in common. */
  @Test
  void whatTheyWereMadeOf_isAccepted() {
    try (Checking checking = HOSTILE.checking()) {
      assertThat(checking.accepted(HOSTILE.forge().token()).subject()).isEqualTo("alice");
      assertThat(checking.accepted(HOSTILE.partnerForge().token()).subject())
          .isEqualTo("partner:paula");
    }
  }

  @Test
  void everyReasonAboutTokens_isMetByAnAttack() {
    Set<TokenRefusal> aboutTheGate =
        EnumSet.of(
            TokenRefusal.BUSY,
            TokenRefusal.FAILED,
            TokenRefusal.KEYS_OUTDATED,
            TokenRefusal.KEYS_UNAVAILABLE);

    Set<TokenRefusal> aboutLogouts =
        EnumSet.of(
            TokenRefusal.NOT_A_LOGOUT,
            TokenRefusal.ID_MISSING,
            TokenRefusal.LIVES_TOO_LONG,
            TokenRefusal.SEEN_BEFORE);
    Set<TokenRefusal> aboutAccess = EnumSet.complementOf(EnumSet.copyOf(aboutTheGate));
    aboutAccess.removeAll(aboutLogouts);

    assertThat(HOSTILE.attacks.stream().map(Attack::expected).collect(Collectors.toSet()))
        .isEqualTo(aboutAccess);
  }

  @Test
  void nothingOfAToken_isInLogsOrAnswers() {
    List<String> said = new ArrayList<>();
    List<String> secrets = new ArrayList<>();
    try (RecordedLog log = RecordedLog.atTrace();
        Checking checking = HOSTILE.checking()) {
      String sound = HOSTILE.forge().token();
      said.add(checking.ask(sound).toString());
      secrets.addAll(HostileTokens.pieces(sound));
      for (Attack attack : HOSTILE.attacks) {
        said.add(checking.ask(attack.token()).toString());
        said.add(thrown(attack.token()));
        secrets.addAll(HostileTokens.pieces(attack.token()));
      }
      said.addAll(log.lines());
    }

    String all = String.join("\n", said);
    assertThat(all).contains("keys of an issuer fetched", "usable").hasSizeGreaterThan(1_000);
    assertThat(secrets).hasSizeGreaterThan(2 * LEAST);
    assertThat(secrets.stream().filter(all::contains)).isEmpty();
  }

  /** Reading alone, with all that its exception would tell whoever prints it. */
  private static String thrown(String token) {
    try {
      return CompactToken.parse(token).toString();
    } catch (RefusedTokenException e) {
      return Throwables.getStackTraceAsString(e);
    }
  }
}

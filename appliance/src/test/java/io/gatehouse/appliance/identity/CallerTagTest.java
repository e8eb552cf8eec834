package io.gatehouse.appliance.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTagTest {
  private static Upstream with(Map<String, String> parameters) {
    return new Upstream(
        "bank",
        new Upstream.UnixSocket(Path.of("/run/bank")),
        new Credential("app", null),
        "bank",
        null,
        parameters);
  }

  private static String tag(String form, String subject, Optional<String> agent) {
    Caller caller = new Caller(subject, Set.of(), ProofMethod.TOKEN, agent);
    return String.valueOf(
        CallerTag.of(with(Map.of("application_name", form)), caller)
            .parameters()
            .get("application_name"));
  }

  @Test
  void callerAndAgent_standAtThePlace() {
    assertThat(tag("gate {caller}", "alice", Optional.empty())).isEqualTo("gate alice");
    assertThat(tag("{caller} (gate)", "alice", Optional.of("bot")))
        .isEqualTo("alice by bot (gate)");
    assertThat(tag("gate", "alice", Optional.empty())).isEqualTo("gate");
  }

  @Test
  void whatIsNoLetter_isAQuestionMark_andWhatIsTooLongIsCut() {
    assertThat(tag("{caller}", "j\u00f6rg\0\n\u0001x\ud83d\ude00", Optional.empty()))
        .isEqualTo("j?rg???x?");
    assertThat(tag("{caller}", "a".repeat(100), Optional.empty())).hasSize(63);
  }

  @Test
  void gateItself_isNobody() {
    Upstream tagged = CallerTag.ofGate(with(Map.of("application_name", "gate {caller}", "a", "b")));
    assertThat(tagged.parameters())
        .containsOnly(Map.entry("application_name", "gate itself"), Map.entry("a", "b"));
  }

  @Test
  void withoutThePlace_nothingIsSaid() {
    Upstream plain = with(Map.of("a", "{caller}"));
    assertThat(CallerTag.ofGate(plain)).isSameAs(plain);
  }
}

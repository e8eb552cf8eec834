package io.gatehouse.appliance.identity.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.log.RecordedLog;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attacks on a login by SAML: each is refused for its own reason, and nothing of it is told. */
class HostileResponsesTest {
  static Stream<Attack> attacks() {
    return Stream.of(Wrappings.all(), WrongSignatures.all(), WrongClaims.all(), WrongForms.all())
        .flatMap(one -> one);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void attack_isRefused_isInNoLog_andTheLoginGoesOn(Attack attack) {
    SamlScene scene = new SamlScene();
    byte[] form = attack.form().apply(scene);
    try (RecordedLog log = RecordedLog.atTrace()) {
      assertThat(scene.answer(form)).isEqualTo(new SamlAnswer.Refused(attack.reason()));
      assertThat(log.lines())
          .noneMatch(line -> line.contains("erika") || line.contains("mallory"))
          .noneMatch(line -> line.contains(scene.request()) || line.contains("idp.example.com"));
    }
    assertThat(scene.answer(scene.signed())).isInstanceOf(SamlAnswer.Accepted.class);
  }

  @Test
  void attacks_areMany_andHaveNamesOfTheirOwn() {
    List<String> names = attacks().map(Attack::name).toList();
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(100);
    System.out.println(names.size() + " hostile responses");
  }
}

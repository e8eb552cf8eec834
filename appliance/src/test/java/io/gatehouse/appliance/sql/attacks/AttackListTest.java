package io.gatehouse.appliance.sql.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AttackListTest {
  private static final List<Attack> ATTACKS = AttackList.postgres();

  @Test
  void list_read_has_every_entry_under_its_own_id() {
    assertThat(ATTACKS).hasSizeGreaterThan(240);
    assertThat(ATTACKS.stream().map(Attack::id)).doesNotHaveDuplicates();
    assertThat(ATTACKS.stream().filter(attack -> attack.id().startsWith("P"))).hasSize(110);
  }

  @Test
  void entry_read_has_steps_and_an_outcome() {
    assertThat(ATTACKS)
        .allSatisfy(
            attack -> {
              assertThat(attack.steps()).isNotEmpty();
              assertThat(attack.outcomes()).isNotEmpty();
            });
  }

  @Test
  void sections_read_are_each_more_than_one_entry() {
    assertThat(
            ATTACKS.stream().collect(Collectors.groupingBy(Attack::section, Collectors.counting())))
        .hasSize(18)
        .allSatisfy((section, entries) -> assertThat(entries).isGreaterThan(1));
  }
}

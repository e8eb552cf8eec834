package io.gatehouse.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WarmUpTest {
  @TempDir private Path folder;

  private Policy policy() throws Exception {
    return Policy.load(
        List.of(
            Files.writeString(
                folder.resolve("p.yaml"),
                "rules: [{name: a, verdict: allow, when: \"now.getHours() < 25\"}]\n")));
  }

  @Test
  void examples_areUnderstoodAndDecided() throws Exception {
    List<Command> commands = WarmUp.read(new PostgresDialect()).join();

    assertThat(commands).hasSameSizeAs(WarmUp.STATEMENTS);
    assertThat(commands)
        .extracting(Command::operation)
        .contains(Operation.READ, Operation.WRITE, Operation.DELETE, Operation.SESSION);
    WarmUp.decide(policy(), commands);
  }

  @Test
  void exampleThatIsNotUnderstood_isNamed() {
    assertThatThrownBy(
            () ->
                WarmUp.read((_, _) -> List.of(Analysed.notUnderstood("it has been broken"))).join())
        .hasMessageContaining("does not understand its own example \"SELECT a.id")
        .hasMessageContaining("it has been broken");
  }
}

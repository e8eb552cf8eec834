package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Trait;
import java.util.EnumSet;

/** Statements that come in one message. */
public final class Several {
  private Several() {}

  /** Why one is not understood behind another. */
  public static String splitting(String what) {
    return "an earlier statement of the same message " + what + "; send them one by one";
  }

  /** The same, as one of them. */
  public static Analysed oneOf(Analysed analysed) {
    Command command = analysed.command();
    EnumSet<Trait> traits = EnumSet.of(Trait.ONE_OF_SEVERAL);
    traits.addAll(command.traits());
    return new Analysed(
        new Command(
            command.operation(),
            command.accesses(),
            traits,
            command.certainty(),
            command.fingerprint(),
            command.doubt()),
        analysed.consequences(),
        analysed.awaitsNames(),
        analysed.lineage());
  }
}

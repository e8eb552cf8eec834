package io.gatehouse.appliance.sql;

import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.plugin.Command;
import java.util.List;

/**
 * One statement, understood or not.
 *
 * @param command what it does
 * @param consequences what it leaves behind
 * @param awaitsNames whether it was not understood only because names are unknown
 * @param lineage where the values that it reads go
 */
public record Analysed(
    Command command, List<Consequence> consequences, boolean awaitsNames, Lineage lineage) {
  public Analysed {
    consequences = List.copyOf(consequences);
  }

  public static Analysed notUnderstood(String why) {
    return new Analysed(Command.notUnderstood(why), List.of(), false, Lineage.NONE);
  }

  /** It names things without saying in which schema, and nobody knows what they mean now. */
  public static Analysed awaitingNames(String why) {
    return new Analysed(Command.notUnderstood(why), List.of(), true, Lineage.NONE);
  }
}

package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Resource.Kind;
import io.gatehouse.plugin.Trait;

/** Whether a command may say anything of what must not be stored. In doubt it does. */
final class Omission {
  private Omission() {}

  /** Of what was not read to its end, nobody can say what is in it. */
  static boolean of(Resources resources, Command command) {
    return command.certainty() != Certainty.EXACT
        || command.traits().contains(Trait.DYNAMIC_CODE)
        || command.accesses().stream().anyMatch(access -> touches(resources, access, command));
  }

  /** A table of which no column is named that way is written through a view, or as a whole. */
  private static boolean touches(Resources resources, Access access, Command command) {
    return resources.matches(access.resource()) != Truth.NO
        || (resources.mayBeIn(access.resource())
            && command.accesses().stream().noneMatch(other -> isColumn(other, access)));
  }

  private static boolean isColumn(Access one, Access ofTable) {
    int depth = ofTable.resource().path().size();
    return one.resource().kind() == Kind.COLUMN
        && one.operation() == ofTable.operation()
        && one.resource().path().size() == depth + 1
        && one.resource().path().subList(0, depth).equals(ofTable.resource().path());
  }
}

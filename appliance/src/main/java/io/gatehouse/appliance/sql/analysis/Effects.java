package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.catalog.builtin.Effect;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.Set;

/** What the effects of a server's own functions are to a command. */
public final class Effects {
  private Effects() {}

  /** What the server's own functions can do. */
  public static void found(Findings findings, Set<Effect> effects, String what) {
    for (Effect effect : effects) {
      switch (effect) {
        case PURE, VOLATILE_HARMLESS, SLEEPS -> {}
        case SYSTEM_DATA -> findings.trait(Trait.SYSTEM_DATA);
        case ROW_DATA, DYNAMIC_SQL -> dynamic(findings);
        case SESSION_STATE -> findings.touches(Operation.SESSION, Resource.Kind.SESSION);
        case LOCKS -> findings.trait(Trait.LOCKS);
        case SEQUENCE_WRITE -> findings.touches(Operation.WRITE, Resource.Kind.SEQUENCE);
        case LARGE_OBJECT ->
            findings.touches(Operation.WRITE, Resource.Kind.OBJECT, "large object");
        case FILES -> {
          findings.touches(Operation.TRANSFER, Resource.Kind.FILE);
          findings.trait(Trait.FILES);
        }
        case NOTIFY -> {
          findings.touches(Operation.TRANSFER, Resource.Kind.CHANNEL);
          findings.trait(Trait.NOTIFIES);
        }
        case DISTURBS -> {
          findings.touches(Operation.ADMINISTER, Resource.Kind.SERVER);
          findings.trait(Trait.DISTURBS_OTHERS);
        }
        case ADMIN, REPLICATION, IMPORTS_CATALOG ->
            findings.touches(Operation.ADMINISTER, Resource.Kind.SERVER);
        case INTERNAL -> throw DoubtException.of(what + " is not made to be called in SQL");
        case NETWORK -> {
          findings.touches(Operation.TRANSFER, Resource.Kind.SERVER);
          findings.trait(Trait.NETWORK);
        }
      }
    }
  }

  /** It runs text, or reads what is named by a value: anything may be touched. */
  public static void dynamic(Findings findings) {
    findings.touches(Operation.EXECUTE, Resource.Kind.DATABASE);
    findings.trait(Trait.DYNAMIC_CODE);
    findings.userCode();
  }
}

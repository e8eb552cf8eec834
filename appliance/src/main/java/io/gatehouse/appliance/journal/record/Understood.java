package io.gatehouse.appliance.journal.record;

import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a text was taken for, as the fields of an intent say it. Written once for each text that is
 * read, and copied for each command that comes with it. Immutable.
 */
public final class Understood {
  private static final String FIRST = "operation";
  private static final int COUNT = 4;

  /** Of a text that nobody read. */
  public static final Understood NOTHING = of(List.of());

  private final byte[] fields;

  private Understood(byte[] fields) {
    this.fields = fields;
  }

  /** Of all statements of a text together. */
  public static Understood of(List<Command> statements) {
    Operation gravest = Operation.SESSION;
    Set<Access> accesses = new LinkedHashSet<>();
    Set<String> traits = new TreeSet<>();
    for (Command command : statements) {
      gravest = gravest.or(command.operation());
      accesses.addAll(command.accesses());
      command.traits().stream().map(Understood::tag).forEach(traits::add);
    }
    CborWriter out = new CborWriter();
    out.fragment(key());
    out.text(tag(gravest)).array(accesses.size());
    for (Access access : accesses) {
      out.array(4).text(tag(access.operation())).flag(access.indirect());
      out.text(tag(access.resource().kind())).texts(access.resource().path());
    }
    out.texts(traits)
        .text(statements.stream().map(Command::fingerprint).collect(Collectors.joining("; ")));
    return new Understood(Arrays.copyOf(out.array(), out.length()));
  }

  private static int key() {
    List<Field> fields = Kind.COMMAND_INTENT.fields();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(FIRST)) {
        return i;
      }
    }
    throw new IllegalStateException("an intent without " + FIRST);
  }

  private static String tag(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  void write(CborWriter out) {
    out.fields(fields, COUNT);
  }

  /** How many bytes it takes. */
  public int length() {
    return fields.length;
  }
}

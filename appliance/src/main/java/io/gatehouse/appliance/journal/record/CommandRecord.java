package io.gatehouse.appliance.journal.record;

import io.gatehouse.spi.Binds;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was asked for, and what came of it. */
public sealed interface CommandRecord extends JournalRecord {
  /**
   * The command as it came.
   *
   * @param form sql, named, function or call
   * @param text null where it came by a name, or was prepared by another submission
   * @param preparedBy the record with the text, -1 if it is here
   */
  record Asked(
      long submission,
      String stage,
      String form,
      @Nullable ByteBuf text,
      long preparedBy,
      String name,
      Binds binds) {}

  /**
   * What was decided.
   *
   * @param reason what the caller was told, null if it runs
   * @param results what of them is to be on record: whole, left-out, or omitted-by and a rule
   */
  record Decided(
      String verdict, String rule, String policy, @Nullable String reason, String results) {}

  /**
   * @param parts how many records before it hold all of it, where it is too long for one
   */
  record CommandIntent(Asked asked, Understood understood, Decided decided, int parts)
      implements CommandRecord {
    private static final int MOST_TEXT = 64 << 10;

    public CommandIntent(Asked asked, Understood understood, Decided decided) {
      this(asked, understood, decided, 0);
    }

    @Override
    public Kind kind() {
      return Kind.COMMAND_INTENT;
    }

    /** Without its values, and without its text if that is long. */
    public CommandIntent shortened(int inParts) {
      ByteBuf text = asked.text();
      return new CommandIntent(
          new Asked(
              asked.submission(),
              asked.stage(),
              asked.form(),
              text != null && text.readableBytes() > MOST_TEXT ? null : text,
              asked.preparedBy(),
              asked.name(),
              Binds.NONE),
          understood,
          decided,
          inParts);
    }

    @Override
    public void fields(CborWriter out) {
      out.number(asked.submission()).text(asked.stage()).text(asked.form());
      bytes(out, asked.text());
      out.number(asked.preparedBy()).text(asked.name());
      binds(out, asked.binds());
      understood.write(out);
      out.text(decided.verdict()).text(decided.rule()).text(decided.policy());
      out.text(decided.reason()).text(decided.results());
      out.number(parts);
    }

    private static void binds(CborWriter out, Binds binds) {
      out.array(binds.count());
      for (int i = 0; i < binds.count(); i++) {
        out.array(3).text(binds.type(i)).flag(binds.binary(i));
        binds.raw(i, out);
      }
    }
  }

  /** How many values of a column were masked, and with what. */
  record Masked(int column, String label, String mask, long count) {}

  /** What a detector saw in a column of a result. */
  record Found(int column, String detector, String what, String action, long count) {}

  /**
   * @param code the server's or the gate's error code, null if there was none
   */
  record CommandOutcome(
      String outcome,
      long rows,
      long bytes,
      long nanos,
      @Nullable String code,
      List<Masked> masks,
      List<Found> findings)
      implements CommandRecord {
    @Override
    public Kind kind() {
      return Kind.COMMAND_OUTCOME;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(outcome).number(rows).number(bytes).number(nanos).text(code).array(masks.size());
      for (Masked one : masks) {
        out.array(4).number(one.column()).text(one.label()).text(one.mask()).number(one.count());
      }
      out.array(findings.size());
      for (Found one : findings) {
        out.array(5).number(one.column()).text(one.detector()).text(one.what());
        out.text(one.action()).number(one.count());
      }
    }
  }

  /**
   * A part of a result, as the caller got it.
   *
   * @param part counts from 0
   * @param last whether nothing more of the command follows
   * @param data messages as they were on the wire
   * @param fromCaller whether the caller sent it, for a command that took data
   */
  record Result(int part, boolean last, ByteBuf data, boolean fromCaller) implements CommandRecord {
    @Override
    public Kind kind() {
      return Kind.RESULT;
    }

    @Override
    public void fields(CborWriter out) {
      out.number(part).flag(last).bytes(data).flag(fromCaller);
    }
  }

  private static void bytes(CborWriter out, @Nullable ByteBuf value) {
    if (value == null) {
      out.nothing();
    } else {
      out.bytes(value);
    }
  }
}

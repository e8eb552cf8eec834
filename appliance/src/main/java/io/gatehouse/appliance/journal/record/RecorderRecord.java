package io.gatehouse.appliance.journal.record;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the recorder says of itself and of what it keeps. */
public sealed interface RecorderRecord extends JournalRecord {
  /**
   * @param sync how much is promised of a record when a command runs: each, interval or os
   * @param configuration digest
   * @param policy digest, empty if there is none
   */
  record RecorderStarted(
      String software, String nodeName, String sync, String configuration, String policy)
      implements RecorderRecord {
    @Override
    public Kind kind() {
      return Kind.RECORDER_STARTED;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(software).text(nodeName).text(sync).text(configuration).text(policy);
    }
  }

  record RecorderStopped(String reason) implements RecorderRecord {
    @Override
    public Kind kind() {
      return Kind.RECORDER_STOPPED;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(reason);
    }
  }

  /** Sequences that are in no record: the first and the last of them. */
  record Hole(long first, long last) {}

  /**
   * What an earlier process left behind.
   *
   * @param holes that nobody was told of what was there, in order
   * @param unsealed how many records were in the tail only
   * @param torn the queues that end in the middle of a record
   * @param sync the setting that they were written under
   * @param restarted whether the machine was started anew since, and not the process alone
   * @param queues how many were being written
   */
  record Recovered(
      List<Hole> holes,
      long unsealed,
      List<String> torn,
      String sync,
      boolean restarted,
      int queues)
      implements RecorderRecord {
    @Override
    public Kind kind() {
      return Kind.RECOVERED;
    }

    @Override
    public void fields(CborWriter out) {
      writeHoles(out, holes);
      out.number(unsealed).texts(torn).text(sync).flag(restarted).number(queues);
    }
  }

  /**
   * The journal could not be written.
   *
   * @param holes sequences that were given out and not written
   * @param from nanoseconds since 1970
   * @param refused how many records were, meanwhile
   */
  record Gap(List<Hole> holes, long from, long until, String reason, long refused)
      implements RecorderRecord {
    @Override
    public Kind kind() {
      return Kind.GAP;
    }

    @Override
    public void fields(CborWriter out) {
      writeHoles(out, holes);
      out.number(from).number(until).text(reason).number(refused);
    }
  }

  /**
   * Payloads can be read by nobody any more.
   *
   * @param keys the data keys that were destroyed
   * @param operators fingerprints of their keys: names of people are in no clear text
   * @param order the number of the order that is carried out
   */
  record Pruned(int retentionClass, List<byte[]> keys, List<String> operators, String order)
      implements RecorderRecord {
    @Override
    public Kind kind() {
      return Kind.PRUNED;
    }

    @Override
    public void fields(CborWriter out) {
      out.number(retentionClass).array(keys.size());
      keys.forEach(out::bytes);
      out.texts(operators).text(order);
    }
  }

  /**
   * What a hold covers.
   *
   * @param from nanoseconds since 1970; null for all before the end
   * @param until that moment not included; null for all from the beginning on
   * @param sessions none for all
   */
  record Scope(@Nullable Long from, @Nullable Long until, List<UUID> sessions) {}

  /**
   * Keeps what it covers from being pruned.
   *
   * @param operators fingerprints of their keys
   */
  record Hold(String name, boolean placed, List<String> operators, Scope scope, String order)
      implements RecorderRecord {
    @Override
    public Kind kind() {
      return Kind.HOLD;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(name).flag(placed).texts(operators);
      time(out, scope.from());
      time(out, scope.until());
      out.texts(scope.sessions().stream().map(UUID::toString).toList()).text(order);
    }

    private static void time(CborWriter out, @Nullable Long nanos) {
      if (nanos == null) {
        out.nothing();
      } else {
        out.number(nanos);
      }
    }
  }

  record KeyEvent(String action, String key, String purpose, String algorithm)
      implements RecorderRecord {
    @Override
    public Kind kind() {
      return Kind.KEY_EVENT;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(action).text(key).text(purpose).text(algorithm);
    }
  }

  /**
   * @param offset of the clock, nanoseconds, as its source says
   * @param error how wrong that may be
   */
  record Time(String source, boolean isSynchronized, long offset, long error)
      implements RecorderRecord {
    @Override
    public Kind kind() {
      return Kind.TIME;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(source).flag(isSynchronized).number(offset).number(error);
    }
  }

  private static void writeHoles(CborWriter out, List<Hole> holes) {
    out.array(holes.size());
    holes.forEach(hole -> out.array(2).number(hole.first()).number(hole.last()));
  }
}

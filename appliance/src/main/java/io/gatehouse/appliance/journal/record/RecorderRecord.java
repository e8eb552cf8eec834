package io.gatehouse.appliance.journal.record;

import java.util.List;

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

  /**
   * The journal could not be written.
   *
   * @param from nanoseconds since 1970
   * @param refused how many commands were, meanwhile
   */
  record Gap(long from, long until, String reason, long refused) implements RecorderRecord {
    @Override
    public Kind kind() {
      return Kind.GAP;
    }

    @Override
    public void fields(CborWriter out) {
      out.number(from).number(until).text(reason).number(refused);
    }
  }

  /**
   * Payloads can be read by nobody any more.
   *
   * @param keys the data keys that were destroyed
   */
  record Pruned(int retentionClass, List<byte[]> keys, List<String> operators)
      implements RecorderRecord {
    @Override
    public Kind kind() {
      return Kind.PRUNED;
    }

    @Override
    public void fields(CborWriter out) {
      out.number(retentionClass).array(keys.size());
      keys.forEach(out::bytes);
      out.texts(operators);
    }
  }

  record Hold(String name, boolean placed, List<String> operators) implements RecorderRecord {
    @Override
    public Kind kind() {
      return Kind.HOLD;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(name).flag(placed).texts(operators);
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
}

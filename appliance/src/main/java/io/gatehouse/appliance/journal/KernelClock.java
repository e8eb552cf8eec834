package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.record.RecorderRecord;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * What the kernel says of its clock: whether somebody keeps it right, and how far off it may be.
 * Asked with adjtimex(2), which changes nothing when no mode is set. Offsets are those of {@code
 * struct timex} on 64-bit Linux.
 */
final class KernelClock {
  private static final int BYTES = 208;
  private static final int OFFSET = 8;
  private static final int MOST_ERROR = 24;
  private static final int STATUS = 40;
  private static final int UNSYNCHRONIZED = 0x40;
  private static final int IN_NANOSECONDS = 0x2000;

  /** Of the state that is returned: TIME_ERROR, the clock is not kept right. */
  private static final int WRONG = 5;

  private static final long NANOS_A_MICRO = 1_000;
  private static final RecorderRecord.Time UNKNOWN =
      new RecorderRecord.Time("unknown", false, 0, 0);
  private static final Optional<MethodHandle> ADJTIMEX = adjtimex();

  private KernelClock() {}

  @SuppressWarnings("restricted") // the launcher enables native access
  private static Optional<MethodHandle> adjtimex() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("adjtimex")
        .map(
            address ->
                linker.downcallHandle(
                    address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS)));
  }

  /** Where nothing can be asked, the clock counts as one that nobody keeps right. */
  static RecorderRecord.Time ask() {
    return ADJTIMEX.map(KernelClock::ask).orElse(UNKNOWN);
  }

  private static RecorderRecord.Time ask(MethodHandle adjtimex) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timex = arena.allocate(BYTES, Long.BYTES);
      int state = (int) adjtimex.invokeExact(timex);
      if (state < 0) {
        return UNKNOWN;
      }
      int status = timex.get(ValueLayout.JAVA_INT, STATUS);
      long offset = timex.get(ValueLayout.JAVA_LONG, OFFSET);
      return new RecorderRecord.Time(
          "kernel",
          state != WRONG && (status & UNSYNCHRONIZED) == 0,
          (status & IN_NANOSECONDS) == 0 ? offset * NANOS_A_MICRO : offset,
          timex.get(ValueLayout.JAVA_LONG, MOST_ERROR) * NANOS_A_MICRO);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      return UNKNOWN;
    }
  }
}

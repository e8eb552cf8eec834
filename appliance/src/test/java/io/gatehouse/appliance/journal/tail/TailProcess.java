package io.gatehouse.appliance.journal.tail;

import io.gatehouse.appliance.journal.key.ClearText;
import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A tail in a process of its own, told line by line what to do; answers each line with one. */
final class TailProcess {
  private static final int LOOPS = 2;

  private final TailFolder folder;
  private final DataKey key;
  private final Tail tail;
  private final TailReader reader;
  private long last = -1;

  private TailProcess(Path directory) throws IOException {
    folder = new TailFolder(directory);
    key = folder.key();
    tail = folder.open(LOOPS, new Syncing.Os(), 0);
    reader = tail.reader();
  }

  /** The directory. */
  @SuppressWarnings("SystemOut") // standard output is what the test reads
  public static void main(String[] arguments) throws Exception {
    TailProcess process = new TailProcess(Path.of(arguments[0]));
    System.out.println("ready");
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      String line = in.readLine();
      while (line != null) {
        System.out.println(process.answer(line.split(" ")));
        line = in.readLine();
      }
    }
  }

  private String answer(String[] words) throws IOException {
    return switch (words[0]) {
      case "fill" -> fill(Integer.parseInt(words[1]));
      case "append" -> append(Integer.parseInt(words[1]), Kind.valueOf(words[2]));
      case "read" -> read();
      case "seal" -> seal();
      case "resume" -> resume();
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private String fill(int loop) {
    int count = 0;
    while (true) {
      try {
        append(tail.writer(loop), Kind.COMMAND_INTENT, new byte[10_000]);
        count++;
      } catch (JournalStopped e) {
        // A disk is slower than this: that alone is not what is asked here.
        boolean tooFast =
            tail.state() instanceof TailState.Stopped(StopReason reason, String why, var since)
                && reason == StopReason.TOO_FAST;
        if (!tooFast) {
          return "stopped " + count + " " + e.getMessage();
        }
        String still = resumed();
        if (!still.isEmpty()) {
          return "stopped " + count + " " + still;
        }
      }
    }
  }

  /** Empty if it goes on, else why not. */
  private String resumed() {
    try {
      Optional<Gap> gap = tail.resume();
      gap.ifPresent(done -> folder.heard.gaps.remove(done));
      return "";
    } catch (IOException e) {
      return tail.state() instanceof TailState.Stopped(StopReason reason, String why, var since)
          ? reason.word() + ", " + why
          : "no reason";
    }
  }

  private void append(TailWriter writer, Kind kind, byte[] payload) throws JournalStopped {
    writer.append(
        kind,
        TailFolder.NOBODY,
        kind.payload() == Kind.Payload.SECRET ? key : new ClearText(0),
        -1,
        payload,
        0,
        payload.length);
  }

  private String append(int loop, Kind kind) {
    try {
      append(tail.writer(loop), kind, new byte[300]);
      return "appended";
    } catch (JournalStopped e) {
      return "stopped " + e.getMessage();
    }
  }

  private String read() throws IOException {
    int count = 0;
    for (Optional<TailEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
      if (entry.get().sequence() != last + 1) {
        return "hole before " + entry.get().sequence();
      }
      last++;
      count++;
    }
    return "read " + count + " damages " + folder.heard.damages.size();
  }

  private String seal() throws IOException {
    reader.sealed(last);
    return "sealed";
  }

  private String resume() {
    try {
      return tail.resume()
          .map(gap -> "resumed " + gap.reason().word() + " refused " + gap.refused())
          .orElse("nothing to resume");
    } catch (IOException e) {
      return "still " + e.getMessage();
    }
  }
}

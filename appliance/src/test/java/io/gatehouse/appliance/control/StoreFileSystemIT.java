package io.gatehouse.appliance.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that is small, or that nothing may be run from, in a name space of its own. */
class StoreFileSystemIT {
  private static final int MOST_PUTS = 2_000;

  @TempDir private Path folder;

  @Test
  void fullDisk_isAReasonOfItsOwn_readsGoOn_andWritesGoOnWhenThereIsSpace() throws Exception {
    List<String> onSmallDisk =
        List.of(
            "unshare",
            "-rm",
            "sh",
            "-c",
            "mount -t tmpfs -o size=6m small '" + folder + "' && exec \"$@\"",
            "sh");
    try (StoreProcess process = StoreProcess.start(onSmallDisk, folder)) {
      assertThat(process.line()).isEqualTo("ready");
      assertThat(process.ask("put gh-before")).isEqualTo("put");
      assertThat(process.ask("fill")).isEqualTo("full");

      int kept = 0;
      String answer = process.ask("put gh-0");
      while (answer.equals("put") && kept < MOST_PUTS) {
        kept++;
        answer = process.ask("put gh-" + kept);
      }
      assertThat(answer).startsWith("failed FULL no space left for the control store ");
      assertThat(process.ask("put gh-again")).startsWith("failed FULL ");
      assertThat(process.ask("find gh-before")).isEqualTo("found");
      assertThat(process.ask("find gh-again")).isEqualTo("none");

      assertThat(process.ask("free")).isEqualTo("freed");
      assertThat(process.ask("put gh-again")).isEqualTo("put");
      assertThat(process.ask("find gh-again")).isEqualTo("found");
    }
  }

  @Test
  void folderForLibrariesThatMayNotRunThem_isRefused_andSaysWhatToDo() throws Exception {
    List<String> withoutPrograms =
        List.of(
            "unshare",
            "-rm",
            "sh",
            "-c",
            "mount -t tmpfs -o noexec,size=20m small '"
                + folder
                + "' && export JAVA_TOOL_OPTIONS=-Djava.io.tmpdir="
                + folder
                + " && exec \"$@\"",
            "sh");
    try (StoreProcess process = StoreProcess.start(withoutPrograms, folder)) {
      assertThat(process.line())
          .startsWith("not opened REFUSED SQLite's library cannot be loaded from " + folder)
          .endsWith("-Dorg.sqlite.tmpdir=");
    }
  }
}

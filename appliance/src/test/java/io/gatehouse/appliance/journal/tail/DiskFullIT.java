package io.gatehouse.appliance.journal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real refusals of a real file system, one of them without any privilege. */
class DiskFullIT {
  private static final int DIED_OF_SIGNAL = 134;

  @TempDir private Path directory;

  @Test
  void smallDisk_stopsCommandsBeforeItIsFull_andGoesOnWhenThereIsSpace() throws Exception {
    try (Child child = new Child(onSmallDisk("60m"), TailProcess.class, directory.toString())) {
      fillAndRecover(child, () -> assertThat(child.ask("seal")).isEqualTo("sealed"));
    }
  }

  @Test
  void fileThatMayNotGrow_stopsCommands_andGoesOnWhenItMay() throws Exception {
    try (Child child = new Child(List.of(), TailProcess.class, directory.toString())) {
      assertThat(child.line()).isEqualTo("ready");
      String pid = "--pid=" + child.pid();
      assertThat(Child.run("prlimit", pid, "--fsize=1048576:unlimited")).isZero();
      fillAndRecoverOnceReady(
          child,
          () -> assertThat(Child.run("prlimit", pid, "--fsize=unlimited:unlimited")).isZero());
    }
  }

  @Test
  void mappingThatIsNotAllocated_onSmallDisk_breaks() throws Exception {
    try (Child child = new Child(onSmallDisk("8m"), SparseProcess.class, directory.toString())) {
      assertThat(child.line()).isEqualTo("ready");
      // Where the Java cannot make an error of the signal, it dies of it.
      boolean fault = child.line().equals("fault");
      assertThat(fault || child.status() == DIED_OF_SIGNAL).isTrue();
    }
  }

  private interface Cure {
    void run() throws Exception;
  }

  private static void fillAndRecover(Child child, Cure cure) throws Exception {
    assertThat(child.line()).isEqualTo("ready");
    fillAndRecoverOnceReady(child, cure);
  }

  private static void fillAndRecoverOnceReady(Child child, Cure cure) throws Exception {
    assertThat(child.ask("fill 0")).startsWith("stopped ").contains("no-space");

    assertThat(child.ask("append 1 COMMAND_INTENT")).startsWith("stopped");
    assertThat(child.ask("append 1 SESSION_OPENED")).startsWith("stopped");
    assertThat(child.ask("append 0 COMMAND_OUTCOME")).isEqualTo("appended");
    assertThat(child.ask("append 1 COMMAND_OUTCOME")).isEqualTo("appended");
    assertThat(child.ask("append 0 GAP")).isEqualTo("appended");
    assertThat(child.ask("resume")).startsWith("still");
    assertThat(child.ask("read")).matches("read [0-9]+ damages 0");

    cure.run();
    assertThat(child.ask("resume")).isEqualTo("resumed no-space refused 3");
    assertThat(child.ask("append 0 GAP")).isEqualTo("appended");
    assertThat(child.ask("append 0 COMMAND_INTENT")).isEqualTo("appended");
    assertThat(child.ask("append 1 COMMAND_INTENT")).isEqualTo("appended");
    assertThat(child.ask("read")).isEqualTo("read 3 damages 0");
  }

  /** A file system of its own in a name space of its own. */
  private List<String> onSmallDisk(String size) throws Exception {
    assertThat(Child.run("unshare", "-rm", "true")).as("unshare -rm").isZero();
    Files.createDirectories(directory);
    return List.of(
        "unshare",
        "-rm",
        "sh",
        "-c",
        "mount -t tmpfs -o size=" + size + " small '" + directory + "' && exec \"$@\"",
        "sh");
  }
}

package io.gatehouse.appliance.control;

import static io.gatehouse.appliance.control.Samples.NOW;
import static io.gatehouse.appliance.control.Samples.alice;
import static io.gatehouse.appliance.control.Samples.credential;
import static io.gatehouse.appliance.control.Samples.ofCredential;
import static io.gatehouse.appliance.control.Stages.done;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/** A store in a process of its own, which can be killed or put on a small disk. */
final class StoreProcess implements AutoCloseable {
  private static final int WRITERS = 4;

  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  private StoreProcess(Process process) {
    this.process = process;
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    in = process.outputWriter(StandardCharsets.UTF_8);
  }

  static StoreProcess start(List<String> before, Path folder) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            folder.toString()));
    return new StoreProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  void say(String command) throws IOException {
    in.write(command + "\n");
    in.flush();
  }

  /** Empty at the end of what it says. */
  String line() throws IOException {
    String line = out.readLine();
    return line == null ? "" : line;
  }

  String ask(String command) throws IOException {
    say(command);
    return line();
  }

  /** SIGKILL; what it has said is still there to be read. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  static Path file(Path folder) {
    return folder.resolve("control/store.db");
  }

  /** Speaks a line for each line that it is told. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try {
      serve(folder);
    } catch (StoreException e) {
      say(System.out, "not opened " + e.failure() + " " + e.getMessage());
    }
  }

  private static void serve(Path folder) throws Exception {
    try (ControlStore store =
            ControlStore.open(new StoreLocation.InFile(file(folder)), StoreLimits.DEFAULT);
        Scanner commands = new Scanner(System.in, StandardCharsets.UTF_8)) {
      say(System.out, "ready");
      while (commands.hasNextLine()) {
        String[] words = commands.nextLine().split(" ", -1);
        switch (words[0]) {
          case "put" -> say(System.out, put(store, words[1]));
          case "find" ->
              say(System.out, done(store.find(words[1], NOW)).isPresent() ? "found" : "none");
          case "fill" -> say(System.out, fill(folder.resolve("ballast")));
          case "free" -> say(System.out, free(folder.resolve("ballast")));
          case "write" -> write(store);
          default -> throw new IllegalArgumentException(words[0]);
        }
      }
    }
  }

  private static synchronized void say(java.io.PrintStream out, String line) {
    out.println(line);
    out.flush();
  }

  private static String put(ControlStore store, String name) throws Exception {
    try {
      done(store.put(credential(name, alice())));
      return "put";
    } catch (StoreException e) {
      return "failed " + e.failure() + " " + e.getMessage();
    }
  }

  private static String fill(Path ballast) {
    byte[] block = new byte[4_096];
    try {
      while (true) {
        Files.write(ballast, block, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException full) {
      return "full";
    }
  }

  private static String free(Path ballast) throws IOException {
    Files.delete(ballast);
    return "freed";
  }

  /** Until it is killed; what it says has been acknowledged. */
  private static void write(ControlStore store) {
    for (int writer = 0; writer < WRITERS; writer++) {
      String prefix = "gh-" + writer + "-";
      Thread.ofPlatform().start(() -> writeOn(store, prefix));
    }
  }

  private static void writeOn(ControlStore store, String prefix) {
    try {
      for (int i = 0; ; i++) {
        String name = prefix + i;
        done(store.put(credential(name, alice())));
        say(System.out, "put " + name);
        if (i % 2 == 0) {
          done(store.revoke(ofCredential(name)));
          say(System.out, "revoked " + name);
        }
      }
    } catch (Exception e) {
      say(System.out, "failed " + e);
    }
  }
}

package io.gatehouse.appliance.cli;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The signals of a service. A JVM's own shutdown hooks would end with status 143, which supervisors
 * count as a failure, and know no SIGHUP.
 */
final class Signals {
  private final CountDownLatch stop = new CountDownLatch(1);

  private Signals() {}

  /** For a program in a terminal, which says by SIGHUP that it is gone. */
  static Signals stopping() {
    Signals signals = new Signals();
    Stream.of("TERM", "INT", "HUP").forEach(name -> on(name, signals::stop));
    return signals;
  }

  /** For a service. A reload runs on the thread that the JVM starts for the signal. */
  static Signals reloading(Runnable reload) {
    Signals signals = new Signals();
    Stream.of("TERM", "INT").forEach(name -> on(name, signals::stop));
    on("HUP", reload);
    return signals;
  }

  /**
   * For a program that runs another one.
   *
   * @param child may not be there yet
   * @param terminal whether there is one, which sends what is typed to both by itself
   */
  static void passTo(CompletableFuture<Process> child, boolean terminal) {
    on("TERM", () -> pass(child, "TERM"));
    on("HUP", () -> pass(child, "HUP"));
    on("INT", terminal ? () -> {} : () -> pass(child, "INT"));
  }

  /** Java itself sends no other signal than SIGTERM and SIGKILL. */
  private static void pass(CompletableFuture<Process> child, String name) {
    Process process = child.join();
    if (name.equals("TERM")) {
      process.destroy();
      return;
    }
    try {
      new ProcessBuilder(
              "/bin/sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(process.pid()))
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The JDK has one way to handle signals, sun.misc.Signal, which it supports (module
   * jdk.unsupported); its compiler warns of it in a way that nothing can suppress, so it is named
   * by a string.
   */
  private static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return proxy;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java runtime has no module jdk.unsupported", e);
    }
  }

  private void stop() {
    if (stop.getCount() == 0) {
      Runtime.getRuntime().halt(ExitCode.FAILED);
    }
    stop.countDown();
  }

  void awaitStop() throws InterruptedException {
    stop.await();
  }
}

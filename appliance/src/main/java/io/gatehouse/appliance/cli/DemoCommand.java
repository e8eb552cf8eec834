package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.demo.Demo;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code gatehouse demo}: PostgreSQL, a small bank, tools over it, the gate in front, and how to
 * get in.
 */
@Command(
    name = "demo",
    description =
        "Starts a PostgreSQL and an MCP server of its own with a gate in front, until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "where the gate listens; 0, the default, takes a free one")
  private int port;

  @Override
  public Integer call() throws Exception {
    requireLibraries();
    PrintWriter out = spec.commandLine().getOut();
    out.println("Starting PostgreSQL, tools over it, and the gate in front of both ...");
    out.flush();
    Signals signals = Signals.stopping();
    try (Demo demo = Demo.start(port)) {
      out.println();
      out.println("In another terminal:");
      out.println();
      out.println("  " + demo.psqlLine());
      out.println();
      out.println("There, this is answered, and this is refused:");
      out.println();
      out.println("  select id, name from customer limit 3;");
      out.println("  select name, ssn from customer;");
      out.println();
      out.println(
          "Agents call tools over MCP. This is answered, this with a mask, and this is refused:");
      out.println();
      out.println("  " + demo.curlLine("find_customers", "{\"name\":\"Ada\"}"));
      out.println("  " + demo.curlLine("customer", "{\"id\":7}"));
      out.println("  " + demo.curlLine("block_card", "{\"id\":7}"));
      out.println();
      out.println("Policy:             " + demo.policy());
      out.println("Journal:            " + demo.journal());
      out.println("Metrics and health: " + demo.managementUrl());
      out.println("Configuration:      " + demo.configuration());
      out.println("Ctrl-C stops everything and removes its files.");
      out.flush();
      signals.awaitStop();
      out.println("Stopping ...");
      out.flush();
    }
    return ExitCode.DONE;
  }

  private static void requireLibraries() {
    try {
      Class.forName("io.zonky.test.db.postgres.embedded.EmbeddedPostgres");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "the demo's libraries (lib/demo) are not part of this installation", e);
    }
  }
}

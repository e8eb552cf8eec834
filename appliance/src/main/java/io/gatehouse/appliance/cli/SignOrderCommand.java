package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.keep.Order;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal order sign}: one signature more. */
@Command(
    name = "sign",
    description = "Shows an order, and adds the signature of another operator to it.",
    mixinStandardHelpOptions = true)
final class SignOrderCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private OperatorOptions operator = new OperatorOptions();

  @Parameters(paramLabel = "ORDER", description = "the file")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    Order order = OrderFile.read(file);
    try {
      OrderFile.replace(file, order.signed(operator.read()));
    } catch (Order.MalformedException e) {
      throw new IOException(file + " takes no other signature: it " + e.getMessage(), e);
    }
    order.action().lines().forEach(spec.commandLine().getOut()::println);
    spec.commandLine()
        .getOut()
        .println(
            "%s: order %s, valid until %s, signed by %d; needs %d"
                .formatted(
                    file,
                    order.id(),
                    order.validUntil(),
                    order.signatures().size() + 1,
                    order.action().operators()));
    return ExitCode.DONE;
  }
}

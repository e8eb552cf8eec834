package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.keep.Action;
import io.gatehouse.appliance.journal.keep.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every new order needs. */
final class NewOrderOptions {
  @Mixin private OperatorOptions operator = new OperatorOptions();

  @Option(
      names = "--origin",
      paramLabel = "NAME",
      required = true,
      description = "which journal: the name of its verifier key")
  private String origin = "";

  @Option(names = "--node", paramLabel = "NUMBER", description = "its node; default: 0")
  private long node;

  @Option(
      names = "--valid-days",
      paramLabel = "DAYS",
      description = "how long it may be carried out; default: 7, at most 31")
  private int validDays = 7;

  @Option(names = "-o", paramLabel = "ORDER", required = true, description = "the file to write")
  private Path file = Path.of("");

  /** Signs it, and writes it where there is nothing yet. */
  String write(Action action) throws IOException {
    if (validDays < 1 || validDays > Order.LONGEST.toDays()) {
      throw new IOException("an order is valid for 1 to " + Order.LONGEST.toDays() + " days");
    }
    Instant until =
        Clock.systemUTC()
            .instant()
            .truncatedTo(ChronoUnit.SECONDS)
            .plus(Duration.ofDays(validDays));
    try {
      Order order =
          Order.of(new Order.Journal(origin, node), until, action).signed(operator.read());
      if (Files.exists(file)) {
        throw new IOException(file + " is there already; nothing was changed");
      }
      OrderFile.replace(file, order);
      return "%s: order %s, %s; needs %d operator(s), valid until %s"
          .formatted(file, order.id(), action.words(), action.operators(), until);
    } catch (Order.MalformedException e) {
      throw new IOException("no such order can be written: it " + e.getMessage(), e);
    }
  }

  /** A date means its first moment in UTC. */
  static Instant time(String text) throws IOException {
    try {
      return text.length() == "2026-08-01".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IOException(
          "\"" + text + "\" is no time; write 2026-08-01 or 2026-08-01T12:00:00Z", e);
    }
  }
}

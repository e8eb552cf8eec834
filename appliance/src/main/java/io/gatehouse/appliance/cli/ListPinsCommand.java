package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.control.Pin;
import io.gatehouse.appliance.control.Pinned;
import io.gatehouse.appliance.control.Pins;
import io.gatehouse.appliance.journal.show.Paper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse pins list}: one a line. */
@Command(
    name = "list",
    description = {
      "Lists definitions of tools and prompts, one a line: target, tool or prompt, its name,",
      "accepted, changed or new, the first digits of what counts and of what is pending or -,",
      "who accepted it and when."
    },
    mixinStandardHelpOptions = true)
final class ListPinsCommand implements Callable<Integer> {
  private static final String BETWEEN = "  ";
  private static final int DIGITS = 12;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the gate's configuration")
  private Path config = Path.of("");

  @Option(names = "--target", paramLabel = "NAME", description = "only of this one")
  private @Nullable String target;

  @Option(names = "--pending", description = "only what nobody has accepted")
  private boolean pending;

  @Override
  public Integer call() throws Exception {
    Paper paper = new Paper(spec.commandLine().getOut());
    try (StoreUse use = StoreUse.open(config)) {
      if (target != null) {
        use.pins(target);
      }
      all(use).stream()
          .filter(pin -> !pin.digests().equals(Pinned.NOTHING))
          .filter(pin -> target == null || target.equals(pin.key().target()))
          .filter(pin -> !pending || pin.digests().pending() != null)
          .sorted(
              Comparator.comparing((Pin pin) -> pin.key().target())
                  .thenComparing(pin -> pin.key().kind())
                  .thenComparing(pin -> pin.key().name()))
          .forEach(pin -> paper.line(line(pin)));
    }
    paper.flush();
    return ExitCode.DONE;
  }

  private static List<Pin> all(StoreUse use) throws Exception {
    List<Pin> all = new ArrayList<>();
    long version = 0;
    Pins.Page page;
    do {
      page = use.await(use.store().pins().since(version));
      all.addAll(page.pins());
      version = page.version();
    } while (page.more());
    return all;
  }

  private static String line(Pin pin) {
    return String.join(
        BETWEEN,
        pin.key().target(),
        pin.key().kind().name().toLowerCase(Locale.ROOT),
        pin.key().name(),
        state(pin.digests()),
        first(pin.digests().accepted()),
        first(pin.digests().pending()),
        pin.acceptedBy().orElse("-"),
        pin.acceptedAt().map(Object::toString).orElse("-"));
  }

  private static String state(Pinned digests) {
    if (digests.pending() == null) {
      return "accepted";
    }
    return digests.accepted() == null ? "new" : "changed";
  }

  private static String first(@Nullable String digest) {
    return digest == null ? "-" : digest.substring(0, DIGITS);
  }
}

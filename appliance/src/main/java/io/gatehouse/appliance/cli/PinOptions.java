package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.control.DefinitionKey;
import io.gatehouse.appliance.control.Pin;
import io.gatehouse.appliance.control.Pinned;
import io.gatehouse.appliance.control.Pins;
import io.gatehouse.appliance.control.StoreException;
import io.gatehouse.appliance.journal.show.Paper;
import io.gatehouse.appliance.pin.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which definition, and what there is to say of it. */
final class PinOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the gate's configuration")
  private Path config = Path.of("");

  @Option(names = "--prompt", description = "it is a prompt, not a tool")
  private boolean prompt;

  @Parameters(index = "0", paramLabel = "TARGET", description = "as the configuration names it")
  private String target = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "as the server names it")
  private String name = "";

  StoreUse open() throws Exception {
    StoreUse use = StoreUse.open(config);
    try {
      use.pins(target);
      return use;
    } catch (IOException e) {
      use.close();
      throw e;
    }
  }

  DefinitionKey key() {
    return new DefinitionKey(
        target, "", prompt ? DefinitionKey.Kind.PROMPT : DefinitionKey.Kind.TOOL, name);
  }

  /** For the note of who did it. */
  List<String> words(String digest) {
    List<String> words = List.of(prompt ? "prompt" : "tool", "target " + target, "name " + name);
    return digest.isEmpty()
        ? words
        : Stream.concat(words.stream(), Stream.of("digest " + digest)).toList();
  }

  /** What is known of it. */
  Pins.Texts find(StoreUse use) throws StoreException, IOException {
    Optional<Pins.Texts> found = use.await(use.store().pins().show(key()));
    return found
        .filter(texts -> !texts.pin().digests().equals(Pinned.NOTHING))
        .orElseThrow(
            () ->
                new IOException(
                    "no definition of "
                        + (prompt ? "a prompt " : "a tool ")
                        + Terminal.safely(name)
                        + " is known on target "
                        + target
                        + "; gatehouse pins list has those that are"));
  }

  /** The words are a server's. */
  static void print(Pins.Texts texts, Paper paper) {
    Pin pin = texts.pin();
    String accepted = pin.digests().accepted();
    String pending = pin.digests().pending();
    paper.line(
        accepted == null
            ? "accepted  none"
            : "accepted  "
                + accepted
                + "  "
                + pin.acceptedAt().map(Object::toString).orElse("")
                + "  "
                + pin.acceptedBy().orElse(""));
    if (pending == null) {
      Difference.whole(Optional.empty(), texts.accepted().orElse("{}"))
          .forEach(line -> paper.line(line.substring(2)));
      return;
    }
    paper.line("pending   " + pending + "  " + pin.pendingAt().map(Object::toString).orElse(""));
    Difference.whole(texts.accepted(), texts.pending().orElse("{}")).forEach(paper::line);
  }
}

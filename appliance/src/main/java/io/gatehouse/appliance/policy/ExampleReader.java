package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.CallerKind;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Resource.Kind;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.plugin.Trait;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.MalformedJsonException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads examples; what an example does not say comes from the file's {@code given}. */
final class ExampleReader {
  private static final Map<String, Protocol> PROTOCOLS =
      Words.choices(Protocol.values(), _ -> true);
  private static final Map<String, Certainty> CERTAINTIES =
      Words.choices(Certainty.values(), _ -> true);

  /** A limit and a search are no verdicts of their own. */
  private static final Map<String, RuleKind> VERDICTS =
      Words.choices(RuleKind.values(), RuleKind::decides);

  /** An example says the same on every day: a Wednesday at noon, an address of documents. */
  static final Instant WHEN = Instant.parse("2026-01-07T12:00:00Z");

  static final InetAddress WHERE = InetAddress.ofLiteral("192.0.2.1");

  private static final Given NOTHING =
      new Given(Optional.empty(), Optional.empty(), Optional.empty());

  /** What the examples of a file share. */
  record Given(Optional<Caller> caller, Optional<Target> target, Optional<String> database) {}

  private final String file;
  private final Given given;

  ExampleReader(String file, Given given) {
    this.file = file;
    this.given = given;
  }

  static Given given(Section root) {
    return root.find(
            "given",
            item ->
                item.section(
                    section ->
                        new Given(
                            section.find("caller", ExampleReader::caller),
                            section.find("target", ExampleReader::target),
                            section.find("database", Item::text))))
        .orElse(NOTHING);
  }

  Example read(Section section, Item item) {
    return new Example(
        section.require("name").text(),
        new Rule.Place(file, item.line(), item.path()),
        section
            .find("caller", ExampleReader::caller)
            .or(given::caller)
            .orElseGet(() -> caller(section.require("caller"))),
        section
            .find("target", ExampleReader::target)
            .or(given::target)
            .orElseGet(() -> target(section.require("target"))),
        section
            .find("database", Item::text)
            .or(given::database)
            .orElseGet(() -> section.require("database").text()),
        asked(section),
        new Example.Expected(
            section.require("expect").oneOf(VERDICTS), section.find("rule", Item::text)));
  }

  private static Example.Asked asked(Section section) {
    Optional<String> statement = section.find("statement", Item::text);
    Optional<Command> command =
        section.find("command", item -> item.section(ExampleReader::command));
    if (statement.isPresent() == command.isPresent()) {
      section.problem("must have a statement or a command, and not both");
    }
    Circumstances now =
        new Circumstances(
            section.find("at", ExampleReader::instant).orElse(WHEN),
            section.find("source", ExampleReader::address).orElse(WHERE),
            section.find("binds", ExampleBinds::read).orElse(ExampleBinds.NONE),
            section.find("arguments", ExampleReader::arguments).orElse(Arguments.NONE));
    return new Example.Asked(statement, command, now);
  }

  /** JSON in quotes, as a call would bring it. */
  private static Arguments arguments(Item item) {
    byte[] json = item.text().getBytes(StandardCharsets.UTF_8);
    try {
      return new CallArguments(JsonText.read(json, JsonLimits.DEFAULTS).root());
    } catch (MalformedJsonException e) {
      item.problem("must be an object of JSON, in quotes: " + e.getMessage());
      return Arguments.NONE;
    }
  }

  private static Caller caller(Item item) {
    return item.section(
        section ->
            new Caller(
                present(section.require("subject").text()),
                Set.copyOf(
                    section.find("groups", Item::items).orElse(List.of()).stream()
                        .map(Item::text)
                        .distinct()
                        .toList()),
                section
                    .find("proof", proof -> proof.oneOf(RuleReader.PROOFS))
                    .orElse(ProofMethod.LOCAL_PASSWORD),
                section.find("actor", Item::text),
                section
                    .find("kind", kind -> kind.oneOf(RuleReader.KINDS))
                    .orElse(CallerKind.PERSON)));
  }

  private static Target target(Item item) {
    if (!item.mapping()) {
      return new Target(present(item.text()), Protocol.POSTGRESQL);
    }
    return item.section(
        section ->
            new Target(
                present(section.require("name").text()),
                section.require("protocol").oneOf(PROTOCOLS)));
  }

  /** A stand-in for a text that was reported as missing or blank. */
  private static String present(String text) {
    return text.isBlank() ? "missing" : text;
  }

  private static Command command(Section section) {
    List<Access> accesses =
        Lists.of(section.require("accesses")).stream().map(ExampleReader::access).toList();
    Set<Trait> traits = Lists.constants(section, "traits", Trait.class, RuleReader.TRAITS);
    Certainty certainty =
        section.find("certainty", item -> item.oneOf(CERTAINTIES)).orElse(Certainty.EXACT);
    return CommandText.command(accesses, traits, certainty);
  }

  private static Access access(Item item) {
    try {
      return CommandText.access(item.text());
    } catch (IllegalArgumentException e) {
      item.problem(String.valueOf(e.getMessage()));
      return Access.of(
          io.gatehouse.plugin.Operation.SESSION, io.gatehouse.plugin.Resource.of(Kind.SESSION));
    }
  }

  private static Instant instant(Item item) {
    try {
      return Instant.parse(item.text());
    } catch (DateTimeException e) {
      item.problem("must be a time like 2026-11-21T10:00:00Z");
      return WHEN;
    }
  }

  private static InetAddress address(Item item) {
    try {
      return InetAddress.ofLiteral(item.text());
    } catch (IllegalArgumentException e) {
      item.problem("must be an IP address");
      return WHERE;
    }
  }
}

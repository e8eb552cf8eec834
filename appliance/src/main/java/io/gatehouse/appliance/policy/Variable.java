package io.gatehouse.appliance.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Resource;
import java.util.List;
import java.util.Optional;

/** What a condition may read. */
enum Variable {
  CALLER_SUBJECT("caller.subject", SimpleType.STRING),
  CALLER_GROUPS("caller.groups", ListType.create(SimpleType.STRING)),
  CALLER_PROOF("caller.proof", SimpleType.STRING),
  CALLER_ACTOR("caller.actor", SimpleType.STRING),
  CALLER_KIND("caller.kind", SimpleType.STRING),
  TARGET_NAME("target.name", SimpleType.STRING),
  TARGET_PROTOCOL("target.protocol", SimpleType.STRING),
  DATABASE("database", SimpleType.STRING),
  COMMAND_OPERATION("command.operation", SimpleType.STRING),
  COMMAND_TRAITS("command.traits", ListType.create(SimpleType.STRING)),
  COMMAND_CERTAINTY("command.certainty", SimpleType.STRING),
  COMMAND_RESOURCES("command.resources", ListType.create(SimpleType.STRING)),
  COMMAND_ARGUMENTS("command.arguments", MapType.create(SimpleType.STRING, SimpleType.DYN)),
  NOW("now", SimpleType.TIMESTAMP),
  SOURCE("source", SimpleType.STRING),
  BINDS("binds", ListType.create(SimpleType.DYN));

  private final String path;
  private final CelType type;

  Variable(String path, CelType type) {
    this.path = path;
    this.type = type;
  }

  String path() {
    return path;
  }

  CelType type() {
    return type;
  }

  /** Whether it may differ between two executions of the same command. */
  boolean circumstance() {
    return this == NOW || this == SOURCE || this == BINDS || this == COMMAND_ARGUMENTS;
  }

  /** Its value; empty for one that each execution brings anew. */
  Optional<Object> of(Facts facts) {
    return switch (this) {
      case CALLER_SUBJECT -> Optional.of(facts.caller().subject());
      case CALLER_GROUPS -> Optional.of(facts.caller().groups().stream().sorted().toList());
      case CALLER_PROOF -> Optional.of(Words.of(facts.caller().method()));
      case CALLER_KIND -> Optional.of(Words.of(facts.caller().kind()));
      case CALLER_ACTOR -> Optional.of(facts.caller().actor().orElse(""));
      case TARGET_NAME -> Optional.of(facts.target().name());
      case TARGET_PROTOCOL -> Optional.of(Words.of(facts.target().protocol()));
      case DATABASE -> Optional.of(facts.database());
      case COMMAND_OPERATION -> Optional.of(Words.of(facts.command().operation()));
      case COMMAND_TRAITS -> Optional.of(Words.of(facts.command().traits()));
      case COMMAND_CERTAINTY -> Optional.of(Words.of(facts.command().certainty()));
      case COMMAND_RESOURCES -> Optional.of(resources(facts));
      case COMMAND_ARGUMENTS, NOW, SOURCE, BINDS -> Optional.empty();
    };
  }

  private static List<String> resources(Facts facts) {
    return facts.accesses().stream()
        .filter(access -> !access.indirect())
        .map(Access::resource)
        .map(Resource::toString)
        .distinct()
        .toList();
  }
}

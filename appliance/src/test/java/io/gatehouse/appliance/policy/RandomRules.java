package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.CallerKind;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Resource.Kind;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Policies and commands from a small world, in which they often have to do with each other. */
record RandomRules(Random random) {

  String policy(int rules) {
    StringBuilder yaml =
        new StringBuilder(
            """
            tags: {t: {tables: [a.x], columns: ["*.*.s"]}}
            detectors: {d: {kinds: [pan]}, e: {kinds: [ssn]}}
            rules:
            """);
    IntStream.range(0, rules).forEach(i -> yaml.append(rule(i)));
    return yaml.toString();
  }

  private String rule(int number) {
    String kind = one("deny", "hold", "mask", "limit", "detect", "allow", "allow");
    boolean opens = kind.equals("mask") || kind.equals("allow");
    StringBuilder rule =
        new StringBuilder("  - name: r" + number + "\n    verdict: " + kind + "\n");
    sometimes(
        rule,
        "callers",
        one(
            "{groups: [g]}",
            "{groups: [\"*\"]}",
            "{subjects: [alice]}",
            "{groups: [g, h], subjects: [bob]}",
            "{proofs: [token]}",
            "{kinds: [agent]}",
            "{actors: [\"*\"]}"));
    sometimes(rule, "targets", one("[t1]", "[t2, t1]", "[\"t*\"]"));
    sometimes(rule, "databases", one("[d1]", "[d2]"));
    sometimes(
        rule,
        "operations",
        kind.equals("mask") || kind.equals("detect")
            ? one("[read]", "[read, call]")
            : one("[read]", "[write]", "[read, write]"));
    sometimes(rule, "resources", "{" + selected() + (coin() ? ", " + excepted() : "") + "}");
    sometimes(
        rule,
        "traits",
        one(
            "{any: [locks]}",
            "{none: [locks]}",
            "{all: [locks, files]}",
            "{any: [locks, files], none: [network]}"));
    if (kind.equals("detect")) {
      rule.append("    detector: ").append(one("d", "e")).append('\n');
      sometimes(rule, "found", one("mask", "alert"));
    }
    if (kind.equals("limit")) {
      rule.append("    limits: {rows: 3}\n");
    }
    if (opens) {
      sometimes(rule, "limits", one("{rows: 5}", "{time: 3s}"));
      sometimes(rule, "bodies", "unread");
    }
    if (random.nextInt(4) == 0) {
      rule.append("    when: ")
          .append(
              one(
                  "database == 'd1'",
                  "binds.size() > 0",
                  "binds[5] == 1",
                  "now.getHours() < 6",
                  "caller.subject != 'alice'",
                  "caller.groups.exists(g, g == 'g')",
                  "caller.proof == 'token' || binds.size() > 0",
                  "caller.actor == ''"))
          .append('\n');
    }
    return rule.toString();
  }

  private String selected() {
    return one(
        "tables: [a.x]",
        "tables: [a.x, \"b.*\"]",
        "schemas: [a]",
        "schemas: [\"*\"]",
        "columns: [a.x.s]",
        "columns: [\"a.*.s\"]",
        "kinds: [table]",
        "kinds: [column, session]",
        "tags: [t]",
        "tables: [\"*.x\"], columns: [\"*.*.p\"]");
  }

  private String excepted() {
    return one(
        "except-tables: [a.x]",
        "except-schemas: [b]",
        "except-tags: [t]",
        "except-columns: [\"*.*.s\"]",
        "except-kinds: [column]");
  }

  private void sometimes(StringBuilder rule, String key, String value) {
    if (random.nextInt(3) == 0) {
      rule.append("    ").append(key).append(": ").append(value).append('\n');
    }
  }

  Facts facts() {
    Set<String> groups = Set.of(one("g", "h"), one("i", "j"));
    Caller caller =
        new Caller(
            one("alice", "bob", "carl"),
            coin() ? groups : Set.of(),
            coin() ? ProofMethod.TOKEN : ProofMethod.CERTIFICATE,
            coin() ? Optional.of("agent") : Optional.empty(),
            coin() ? CallerKind.AGENT : CallerKind.PERSON);
    return new Facts(
        caller,
        new Target(one("t1", "t2"), Target.Protocol.POSTGRESQL),
        one("d1", "d2"),
        command(),
        false);
  }

  private Command command() {
    List<Access> accesses = new ArrayList<>();
    int many = 1 + random.nextInt(3);
    for (int i = 0; i < many; i++) {
      Operation operation = coin() ? Operation.READ : Operation.WRITE;
      accesses.add(new Access(resource(), operation, random.nextInt(4) == 0));
    }
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    for (Trait trait : List.of(Trait.LOCKS, Trait.FILES, Trait.NETWORK)) {
      if (random.nextInt(3) == 0) {
        traits.add(trait);
      }
    }
    return CommandText.command(
        accesses, traits, random.nextInt(4) == 0 ? Certainty.OUTLINE : Certainty.EXACT);
  }

  private Resource resource() {
    List<String> path = new ArrayList<>(List.of(one("a", "b"), one("x", "y"), one("s", "p")));
    Kind kind = coin() ? Kind.TABLE : Kind.COLUMN;
    if (kind == Kind.TABLE) {
      path.removeLast();
    }
    while (!path.isEmpty() && random.nextInt(5) == 0) {
      path.removeFirst();
    }
    return new Resource(kind, path);
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}

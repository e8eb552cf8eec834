package io.gatehouse.appliance.masking.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.gated.GatedDatabase;
import io.gatehouse.appliance.masking.Answer;
import io.gatehouse.appliance.masking.Login;
import io.gatehouse.appliance.masking.Markers;
import io.gatehouse.appliance.masking.ProtectedColumn;
import io.gatehouse.appliance.masking.Received;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.masking.attacks.MaskingAttack.Outcome;
import io.gatehouse.appliance.masking.twin.TwinRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every evasion of the list, in every way to send it, through the gate to two databases that differ
 * in what is protected: no protected value comes back, and under strict, the same comes back.
 */
class MaskedAttacksIT {
  private static final Map<Variant, CorpServer> SERVERS = new EnumMap<>(Variant.class);
  private static List<MaskingAttack> attacks;
  private static Markers markers;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    for (Variant variant : List.of(Variant.MARKED, Variant.UNLIKE)) {
      SERVERS.put(variant, CorpServer.start(variant));
    }
    attacks = MaskingAttacks.all(MaskedAttacksIT::function);
    try (Connection direct = server(Variant.MARKED).direct()) {
      markers = Markers.of(direct, MaskingAttacks.columns());
    }
  }

  @AfterAll
  static void stop() throws Exception {
    for (CorpServer server : SERVERS.values()) {
      server.close();
    }
  }

  private static CorpServer server(Variant variant) {
    return Objects.requireNonNull(SERVERS.get(variant));
  }

  private static int function(String signature) {
    try {
      return server(Variant.MARKED).function(signature);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"strict", "output"})
  void evasion_givesNothingAway(String strength) throws Exception {
    List<String> found = new ArrayList<>();
    Map<String, String> outcomes = new LinkedHashMap<>();
    Map<Variant, GatedDatabase> gates = new EnumMap<>(Variant.class);
    try {
      for (Variant variant : SERVERS.keySet()) {
        gates.put(variant, gate(variant, strength));
      }
      boolean fresh = true;
      List<String> before = List.of();
      for (MaskingAttack attack : attacks) {
        List<String> setup = attack.preparation().setup();
        if (!fresh || !setup.equals(before)) {
          CorpServer.renew(SERVERS.values(), setup);
          gates.values().forEach(GatedDatabase::definitionsChanged);
        }
        before = setup;
        fresh = attack.leavesNoTrace();
        TwinRunner.Outcome outcome =
            new TwinRunner(
                    login(gates, Variant.MARKED, attack), login(gates, Variant.UNLIKE, attack))
                .runAtOnce(attack.steps());
        outcomes.put(attack.id(), judge(attack, outcome, strength, found));
      }
    } finally {
      gates.values().forEach(GatedDatabase::close);
    }
    assertThat(found).isEmpty();
    MaskingDocument.compare(strength, table(outcomes));
  }

  /** Each entry with what became of it, in whatever way it was sent. */
  private static String table(Map<String, String> outcomes) {
    Map<String, Set<String>> entries = new LinkedHashMap<>();
    outcomes.forEach(
        (id, outcome) ->
            entries.computeIfAbsent(id.split(" ", -1)[0], _ -> new TreeSet<>()).add(outcome));
    Map<String, Long> ways =
        outcomes.keySet().stream()
            .collect(Collectors.groupingBy(id -> id.split(" ", -1)[0], Collectors.counting()));
    return entries.entrySet().stream()
        .map(
            entry ->
                "| %s | %d | %s |"
                    .formatted(
                        entry.getKey(),
                        ways.get(entry.getKey()),
                        String.join("; ", entry.getValue())))
        .collect(
            Collectors.joining(
                "\n", "| id | ways | what became of it |\n| --- | --- | --- |\n", ""));
  }

  private GatedDatabase gate(Variant variant, String strength) throws Exception {
    return GatedDatabase.start(
            Files.createDirectory(folder.resolve(variant.name().toLowerCase(Locale.ROOT))),
            new GatedDatabase.Server(CorpServer.DATABASE, server(variant).port()),
            "app",
            """
            rules:
              - {name: all, verdict: allow}
              - name: protected
                resources: {columns: [%s]}
                verdict: mask
                strength: %s
            """
                .formatted(
                    MaskingAttacks.columns().stream()
                        .map(ProtectedColumn::name)
                        .collect(Collectors.joining(", ")),
                    strength))
        .user("app");
  }

  private static Login login(
      Map<Variant, GatedDatabase> gates, Variant variant, MaskingAttack attack) {
    Login login = Objects.requireNonNull(gates.get(variant)).tapped("app");
    for (Map.Entry<String, String> one : attack.preparation().startup().entrySet()) {
      login = login.parameter(one.getKey(), one.getValue());
    }
    return login;
  }

  /** What became of it; what must not be is added to what was found. */
  private static String judge(
      MaskingAttack attack, TwinRunner.Outcome outcome, String strength, List<String> found) {
    byte[] bytes = outcome.one().bytes();
    String text = new String(bytes, UTF_8);
    boolean strict = strength.equals("strict");
    Set<Outcome> allowed = strict ? attack.allowed().strict() : attack.allowed().output();
    // What is answered in full tells by which rows come, and repeats what the client said.
    boolean inference = !strict && allowed.contains(Outcome.ANSWERED);
    if (!inference
        && (!markers.in(bytes).isEmpty() || attack.leaks().stream().anyMatch(text::contains))) {
      found.add(attack.id() + " shows " + markers.in(bytes) + ": " + attack.steps());
    }
    boolean differs = !plain(outcome.one()).equals(plain(outcome.other()));
    if (strict && differs) {
      found.add(attack.id() + " differs: " + outcome.difference() + ": " + attack.steps());
    }
    boolean refused = outcome.one().error().filter(error -> error.contains("42501")).isPresent();
    if (refused) {
      return "refused";
    }
    if (inference && differs) {
      return "answered, and tells";
    }
    return outcome.one().error().isPresent() ? "error without text" : "without the values";
  }

  /** Without the number of the process that a notification comes from. */
  private static List<Object> plain(TwinRunner.Transcript transcript) {
    List<Object> messages = new ArrayList<>();
    for (Answer answer : transcript.answers()) {
      for (Received message : answer.messages()) {
        byte[] body = message.body();
        messages.add(
            message.type()
                + HexFormat.of()
                    .formatHex(
                        message.type() == 'A' ? Arrays.copyOfRange(body, 4, body.length) : body));
      }
    }
    return messages;
  }
}

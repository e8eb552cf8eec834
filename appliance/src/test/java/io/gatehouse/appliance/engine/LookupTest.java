package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.engine.Lookup.Finding;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.CallerKind;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Target;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.Submission.Stage;
import io.gatehouse.spi.Upstream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known under one set of inputs is not known when one of them is another. */
final class LookupTest {
  private static final String SQL = "SELECT name FROM items WHERE id = $1 AND name = 'x'";

  /** Every caller is another one to this policy. */
  private static final String READS_EVERYTHING =
      """
      rules:
        - name: all
          verdict: allow
          when: "[caller.subject, caller.proof, caller.actor, caller.kind] + caller.groups != ['x']"
      """;

  /**
   * All that a verdict is found by.
   *
   * @param settings encoding, strings, server version
   */
  record Inputs(
      Asked.Text text, NameState names, List<String> settings, Caller caller, Upstream upstream) {

    Inputs text(UnaryOperator<Asked.Text> change) {
      return new Inputs(change.apply(text), names, settings, caller, upstream);
    }

    Inputs bytes(String sql) {
      return text(old -> old.withBytes(sql.getBytes(StandardCharsets.UTF_8)));
    }

    Inputs types(String... types) {
      return text(old -> old.withBinds(Asked.Values.types(types)));
    }

    Inputs names(NameState other) {
      return new Inputs(text, other, settings, caller, upstream);
    }

    Inputs setting(int index, String value) {
      List<String> changed = new ArrayList<>(settings);
      changed.set(index, value);
      return new Inputs(text, names, changed, caller, upstream);
    }

    Inputs caller(Caller other) {
      return new Inputs(text, names, settings, other, upstream);
    }

    Inputs upstream(Upstream other) {
      return new Inputs(text, names, settings, caller, other);
    }
  }

  private static final Inputs BASE =
      new Inputs(
          Asked.Text.of(SQL).withBinds(Asked.Values.types("23", "25")),
          known(List.of("open", "$user"), "gate", Set.of()),
          List.of("UTF8", "on", "18.0"),
          Courtroom.ANN,
          Courtroom.SHOP);

  enum Change {
    ONE_MORE_BLANK(i -> i.bytes(SQL + " ")),
    OTHER_CASE(i -> i.bytes(SQL.replace("name", "NAME"))),
    SHORTER(i -> i.bytes(SQL.substring(0, SQL.length() - 1))),
    ONE_STATEMENT_ONLY(i -> i.text(Asked.Text::alone)),
    NO_TYPES(i -> i.types()),
    FEWER_TYPES(i -> i.types("23")),
    MORE_TYPES(i -> i.types("23", "25", "0")),
    OTHER_TYPE(i -> i.types("23", "1043")),
    TYPES_IN_OTHER_ORDER(i -> i.types("25", "23")),
    TYPES_OTHERWISE_DIVIDED(i -> i.types("232", "5")),
    TYPE_MOVED_INTO_THE_TEXT(i -> i.types("23").bytes("25" + SQL)),
    OTHER_PATH(i -> i.names(known(List.of("secret", "$user"), "gate", Set.of()))),
    PATH_IN_OTHER_ORDER(i -> i.names(known(List.of("$user", "open"), "gate", Set.of()))),
    OTHER_ROLE_IN_FORCE(i -> i.names(known(List.of("open", "$user"), "root", Set.of()))),
    TEMPORARY_OBJECT(i -> i.names(known(List.of("open", "$user"), "gate", Set.of("items")))),
    NAMES_UNKNOWN(i -> i.names(NameState.UNKNOWN)),
    OTHER_ENCODING(i -> i.setting(0, "LATIN1")),
    OTHER_STRINGS(i -> i.setting(1, "off")),
    OTHER_SERVER_VERSION(i -> i.setting(2, "17.5")),
    OTHER_SUBJECT(i -> i.caller(caller("bob", Set.of("analysts"), Optional.empty()))),
    MORE_GROUPS(i -> i.caller(caller("ann", Set.of("analysts", "x"), Optional.empty()))),
    NO_GROUPS(i -> i.caller(caller("ann", Set.of(), Optional.empty()))),
    AGENT(i -> i.caller(caller("ann", Set.of("analysts"), Optional.of("agent")))),
    OTHER_PROOF(
        i -> i.caller(new Caller("ann", Set.of("analysts"), ProofMethod.TOKEN, Optional.empty()))),
    OTHER_KIND(
        i ->
            i.caller(
                new Caller(
                    "ann",
                    Set.of("analysts"),
                    ProofMethod.LOCAL_PASSWORD,
                    Optional.empty(),
                    CallerKind.AGENT))),
    OTHER_TARGET(i -> i.upstream(Courtroom.upstream("other", "shop", null))),
    OTHER_DATABASE(i -> i.upstream(Courtroom.upstream("shop-db", "other", null))),
    OTHER_ROLE(i -> i.upstream(Courtroom.upstream("shop-db", "shop", "auditor")));

    @SuppressWarnings("ImmutableEnumChecker") // the functions above hold nothing
    private final UnaryOperator<Inputs> change;

    Change(UnaryOperator<Inputs> change) {
      this.change = change;
    }

    Inputs of(Inputs base) {
      return change.apply(base);
    }
  }

  private static final Set<Change> OF_THE_CALLER =
      EnumSet.of(
          Change.OTHER_SUBJECT,
          Change.MORE_GROUPS,
          Change.NO_GROUPS,
          Change.AGENT,
          Change.OTHER_PROOF,
          Change.OTHER_KIND);

  @TempDir private Path folder;
  private Courtroom room;

  @BeforeEach
  void open() {
    room = Courtroom.of(folder, READS_EVERYTHING);
  }

  @AfterEach
  void close() {
    room.close();
  }

  private static NameState known(List<String> path, String user, Set<String> temporary) {
    return new NameState.Known(path, user, temporary);
  }

  private static Caller caller(String subject, Set<String> groups, Optional<String> agent) {
    return new Caller(subject, groups, ProofMethod.LOCAL_PASSWORD, agent);
  }

  /** In a session of its own, as far as a session is one caller's at one place. */
  private boolean isKnown(Inputs inputs) {
    return new Lookup(room.court, inputs.caller(), target(inputs), inputs.upstream())
            .find(asked(inputs, room.client()))
        != null;
  }

  private static Target target(Inputs inputs) {
    return new Target(inputs.upstream().target(), Target.Protocol.POSTGRESQL);
  }

  private static Case asked(Inputs inputs, Client client) {
    client.settings.put("client_encoding", inputs.settings().get(0));
    client.settings.put("standard_conforming_strings", inputs.settings().get(1));
    client.settings.put("server_version", inputs.settings().get(2));
    Asked.Text text = inputs.text();
    return new Case(
        new Asked(1, Stage.EXECUTE, text, client),
        client,
        text.text(),
        text.mayHoldSeveral(),
        text.binds(),
        inputs.names());
  }

  private void findOut(Inputs inputs) {
    Client client = room.client();
    client.sequence = 1;
    Lookup lookup = new Lookup(room.court, inputs.caller(), target(inputs), inputs.upstream());
    Case asked = asked(inputs, client);
    assertThat(lookup.find(asked)).isNull();
    assertThat(lookup.start(asked)).isEqualTo(Finding.UNDER_WAY);
    client.awaitAgain();
    assertThat(lookup.find(asked)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void oneInputChanged_notKnown(Change change) {
    findOut(BASE);
    assertThat(isKnown(BASE)).isTrue();

    assertThat(isKnown(change.of(BASE))).isFalse();

    findOut(change.of(BASE));
    assertThat(isKnown(change.of(BASE))).isTrue();
    assertThat(isKnown(BASE)).isTrue();
  }

  @Test
  void anyBitOfTheText_counts() {
    findOut(BASE);
    for (int i = 0; i < SQL.length() * 8; i++) {
      byte[] bytes = SQL.getBytes(StandardCharsets.UTF_8);
      bytes[i / 8] ^= (byte) (1 << i % 8);
      assertThat(isKnown(BASE.text(text -> text.withBytes(bytes)))).as("bit %d", i).isFalse();
    }
  }

  @Test
  void oneSession_notKnownUnderWhatChanged() {
    Client client = room.client();
    client.sequence = 1;
    Lookup lookup = new Lookup(room.court, BASE.caller(), target(BASE), BASE.upstream());
    lookup.find(asked(BASE, client));
    lookup.start(asked(BASE, client));
    client.awaitAgain();

    for (Change change : Change.values()) {
      Inputs changed = change.of(BASE);
      boolean ofTheSession =
          changed.caller().equals(BASE.caller())
              && changed.upstream().equals(BASE.upstream())
              && changed.settings().get(2).equals(BASE.settings().get(2));
      if (ofTheSession) {
        assertThat(lookup.find(asked(changed, client))).as("%s", change).isNull();
      }
      assertThat(lookup.find(asked(BASE, client))).as("back from %s", change).isNotNull();
    }
  }

  @Test
  void catalogOrPolicyReplaced_notKnownAnyMore() {
    findOut(BASE);

    room.catalogs.put(SmallCatalog.of(2, false));
    assertThat(isKnown(BASE)).isFalse();
    room.catalogs.put(SmallCatalog.of(1, false));
    assertThat(isKnown(BASE)).isTrue();
    room.activate(READS_EVERYTHING);
    assertThat(isKnown(BASE)).isFalse();
  }

  @Test
  void policyReadsNoCaller_allShareWhatIsKnown() {
    room.activate("rules: [{name: all, verdict: allow}]\n");
    findOut(BASE);

    for (Change change : OF_THE_CALLER) {
      assertThat(isKnown(change.of(BASE))).as("%s", change).isTrue();
    }
    assertThat(isKnown(Change.OTHER_TARGET.of(BASE))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'callers: {subjects: [ann]}', OTHER_SUBJECT",
    "'callers: {groups: [analysts]}', NO_GROUPS",
    "'callers: {groups: [x]}', MORE_GROUPS",
    "'callers: {actors: [agent]}', AGENT",
    "'callers: {proofs: [token]}', OTHER_PROOF"
  })
  void policyReadsOneThingOfCallers_thoseWhoDifferInItShareNothing(String key, Change other) {
    room.activate("rules: [{name: all, verdict: allow, " + key + "}]\n");
    findOut(BASE);

    assertThat(isKnown(other.of(BASE))).isFalse();
    for (Change change : OF_THE_CALLER) {
      if (change != other) {
        assertThat(isKnown(change.of(BASE))).as("%s", change).isTrue();
      }
    }
  }

  @Test
  void bindValues_doNotCount() {
    findOut(BASE);

    assertThat(
            isKnown(
                BASE.text(
                    text ->
                        text.withBinds(
                            new Asked.Values(
                                List.of("23", "25"),
                                List.of(new io.gatehouse.plugin.Value.Int(4)))))))
        .isTrue();
    assertThat(isKnown(BASE.text(text -> text.withBinds(Binds.NONE)))).isFalse();
  }
}

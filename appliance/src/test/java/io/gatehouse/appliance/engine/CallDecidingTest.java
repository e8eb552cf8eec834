package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.plugin.Target;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Content;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.json.JsonText;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallDecidingTest {
  private static final String POLICY =
      """
      rules:
        - {name: lists, operations: [session], verdict: allow}
        - {name: documents, resources: {documents: ["crm.file:///public/*"]}, verdict: allow}
        - {name: pays, resources: {tools: [crm.pay]}, verdict: allow}
        - name: large
          resources: {tools: [crm.pay]}
          when: command.arguments.amount > 10000 || !has(command.arguments.to)
          verdict: deny
          message: that much is not paid by machines
        - {name: searched, resources: {tools: [crm.customer]}, verdict: mask}
      """;

  @TempDir private Path folder;
  private Courtroom room;
  private CallDeciding deciding;
  private long sequence;

  @BeforeEach
  void begin() throws Exception {
    room = Courtroom.of(folder, POLICY);
    deciding =
        new CallDeciding(
            room.court,
            Courtroom.ANN,
            new Routes.Passage(Target.Protocol.MCP, Courtroom.SHOP, Courtroom.SHOP),
            new Deciding.Origin(7, InetAddress.getLoopbackAddress(), false),
            new NoControl());
  }

  @AfterEach
  void end() {
    room.close();
  }

  private Decision decide(CommandForm form) {
    Submission asked = new Asked(++sequence, Submission.Stage.EXECUTE, form, Called.VIEW);
    return (Decision) deciding.submit(asked, Called.NO_REPLY);
  }

  private String decided(CommandForm.Call.Kind kind, String name, String arguments) {
    return switch (decide(
        new Called(
            kind, "crm", name, Called.json("{\"params\":{\"arguments\":" + arguments + "}}")))) {
      case Decision.Run _ -> "run";
      case Decision.Refuse(Refusal refusal) -> refusal.message();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'amount': 10000, 'to': 'x'} | run",
        "{'amount': 10000.01, 'to': 'x'} | denied",
        "{'amount': 1e5, 'to': 'x'} | denied",
        "{'amount': 1} | denied",
        "{'to': 'x'} | unread",
        "{'amount': '1', 'to': 'x'} | unread",
        "{'amount': 1, 'Amount': 2, 'to': 'x'} | unread",
        "{'amount': 1, 'to': 'x', 'a': {'b': 1, 'B': 2}} | unread",
        "[1] | unread"
      })
  void condition_readsArguments_andDeniesWhatItCannotRead(String arguments, String expected) {
    String denied = "denied by rule \"large\": that much is not paid by machines";
    assertThat(decided(CommandForm.Call.Kind.TOOL, "pay", arguments.replace('\'', '"')))
        .isEqualTo(
            switch (expected) {
              case "denied" -> denied;
              case "unread" -> denied + " (its condition could not be evaluated)";
              default -> expected;
            });
  }

  @ParameterizedTest
  @CsvSource({
    "DOCUMENT, file:///public/a, run",
    "DOCUMENT, file:///private/a, default-deny",
    "TOOL, drop, default-deny",
    "TOOL, customer, run",
    "PROMPT, greet, default-deny",
    "SAMPLING, any, default-deny",
    "ELICITATION, any, default-deny",
    "SESSION, initialize, run",
    "LISTING, tools, run",
    "SUBSCRIPTION, file:///private/a, run"
  })
  void kinds_areDecidedByWhatTheyAre(CommandForm.Call.Kind kind, String name, String expected) {
    assertThat(decided(kind, name, "{}")).contains(expected);
  }

  @Test
  void longArguments_areDenied_whereAConditionReadsThem() {
    String text = "\"x".repeat(1).concat("y".repeat(20_000)) + "\"";
    assertThat(decided(CommandForm.Call.Kind.TOOL, "pay", "{\"amount\":1,\"to\":" + text + "}"))
        .contains("large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1"})
  void sql_isNotForCalls(String sql) {
    assertThat(decide(Asked.Text.of(sql)))
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refuse -> assertThat(refuse.refusal().message()).contains("SQL where calls are made"));
  }

  @Test
  void listing_showsWhatSomeArgumentsWouldLetItCall() {
    JsonText answer =
        Called.json(
            "{\"tools\": [{\"name\": \"drop\"}, {\"name\": \"pay\"},\n"
                + " {\"name\": \"customer\"}, {\"name\": \"x\"}]}");
    Decision.Run run =
        (Decision.Run)
            decide(new Called(CommandForm.Call.Kind.LISTING, "", "tools", Called.json("{}")));
    List<Content.Listed> listed = new ArrayList<>();
    answer
        .root()
        .find("tools")
        .orElseThrow()
        .items()
        .forEach(
            item ->
                listed.add(
                    new Content.Listed(
                        CommandForm.Call.Kind.TOOL,
                        "crm",
                        item.find("name").orElseThrow().text(),
                        item)));
    ContentShape shape = run.plan().content(new Content(answer, answer.root(), listed));
    assertThat(shape)
        .isInstanceOfSatisfying(
            ContentShape.Rewrite.class,
            rewrite ->
                assertThat(new String(rewrite.edit().bytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"tools\": [{\"name\": \"pay\"},\n {\"name\": \"customer\"}]}"));
  }
}

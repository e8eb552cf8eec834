package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.detection.SearchedContent;
import io.gatehouse.appliance.detection.Tally;
import io.gatehouse.appliance.journal.record.ControlRecord;
import io.gatehouse.appliance.pin.PinMode;
import io.gatehouse.plugin.Verdict;
import io.gatehouse.spi.CommandForm.Call.Kind;
import io.gatehouse.spi.Content;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a list, and what may be called that a server says something else of. */
class ListedDefinitionsTest {
  private static final String LISTS =
      "rules:\n  - {name: lists, operations: [session], verdict: allow}\n";
  private static final String TOOLS =
      LISTS
          + "  - {name: tools, resources: {tools: [crm.pay, crm.ask]}, verdict: allow}\n"
          + "  - {name: prompts, resources: {prompts: [crm.greet]}, verdict: allow}\n";

  @TempDir private Path folder;
  @AutoClose private Courtroom room;
  private CallClient client;

  @BeforeEach
  void begin() {
    room = Courtroom.pinned(folder, TOOLS, PinMode.FIRST_USE);
    client = new CallClient(room);
  }

  private void judge(String policy, PinMode mode) {
    room.close();
    room = Courtroom.pinned(folder, policy, mode);
    client = new CallClient(room);
  }

  private String listed(String result) {
    return left(client.run(new Called(Kind.LISTING, "", "", Called.json("{}"))).plan(), result);
  }

  /** What a caller gets of a list, with apostrophes for quotes. */
  private static String left(ResultPlan plan, String result) {
    JsonText text =
        Called.json("{'jsonrpc':'2.0','id':1,'result':%s}".formatted(result).replace('\'', '"'));
    JsonValue value = text.root().find("result").orElseThrow();
    List<Content.Listed> listed = new ArrayList<>();
    add(listed, Kind.TOOL, value, "tools");
    add(listed, Kind.PROMPT, value, "prompts");
    return switch (plan.content(new Content(text, value, listed))) {
      case ContentShape.Pass _ -> result;
      case ContentShape.Rewrite(var edit) -> {
        String left = new String(edit.bytes(), StandardCharsets.UTF_8).replace('"', '\'');
        yield left.substring(left.indexOf("'result':") + 9, left.length() - 1);
      }
      case ContentShape.Veto(var refusal) -> refusal.message();
    };
  }

  private static void add(List<Content.Listed> listed, Kind kind, JsonValue result, String member) {
    result
        .find(member)
        .ifPresent(
            items ->
                items
                    .items()
                    .forEach(
                        item ->
                            listed.add(
                                new Content.Listed(
                                    kind, "crm", item.find("name").orElseThrow().text(), item))));
  }

  private String called(Kind kind, String name) {
    return switch (client.ask(Called.of(kind, name))) {
      case Decision.Run _ -> "run";
      case Decision.Refuse(var refusal) -> refusal.message() + " " + refusal.hint();
    };
  }

  @Test
  void changedDefinition_isNotShown_notCalled_andOnRecord() {
    String first = "{'tools':[{'name':'pay','description':'Pays.'},{'name':'ask'}]}";
    assertThat(called(Kind.TOOL, "pay")).isEqualTo("run");
    assertThat(listed(first)).isEqualTo(first);
    assertThat(client.noted().changes()).hasSize(2);
    client.ends();
    assertThat(client.noted().changes()).isEmpty();
    assertThat(listed(first.replace("Pays.", "Pays me."))).isEqualTo("{'tools':[{'name':'ask'}]}");
    assertThat(client.noted().changes())
        .singleElement()
        .satisfies(
            changed -> {
              assertThat(changed.what()).isEqualTo("definition of tool crm.pay on target shop-db");
              assertThat(changed.difference())
                  .isEqualTo("- description: \"Pays.\"\n+ description: \"Pays me.\"");
            })
        .extracting(ControlRecord.Changed::before)
        .isNotEqualTo("");
    client.ends();
    assertThat(called(Kind.TOOL, "pay"))
        .contains(
            "denied by rule \"definition-pins\": what the server says of it has changed since it"
                + " was accepted (tool \"crm.pay\" on target \"shop-db\")",
            "gatehouse pins accept");
    assertThat(client.grounds().decided(client.ask(Called.of(Kind.TOOL, "pay"))).rule())
        .isEqualTo("definition-pins");
    assertThat(called(Kind.TOOL, "ask")).isEqualTo("run");
    assertThat(called(Kind.TOOL, "drop")).contains("default-deny");
  }

  @Test
  void reviewed_showsAndCallsNothingThatNobodyAccepted() {
    judge(TOOLS, PinMode.REVIEWED);
    assertThat(called(Kind.TOOL, "pay")).contains("nobody has accepted");
    assertThat(listed("{'tools':[{'name':'pay'}],'prompts':[{'name':'greet'}]}"))
        .isEqualTo("{'tools':[],'prompts':[]}");
    assertThat(called(Kind.PROMPT, "greet")).contains("nobody has accepted", "prompt");
  }

  @Test
  void prompts_areLikeTools_andMayHaveTheirNames() {
    String both =
        "{'tools':[{'name':'ask'}],'prompts':[{'name':'greet','title':'a'},{'name':'ask'}]}";
    assertThat(listed(both))
        .isEqualTo("{'tools':[{'name':'ask'}],'prompts':[{'name':'greet','title':'a'}]}");
    assertThat(listed(both.replace("'a'", "'b'")))
        .isEqualTo("{'tools':[{'name':'ask'}],'prompts':[]}");
    assertThat(called(Kind.PROMPT, "greet")).contains("has changed");
    assertThat(called(Kind.TOOL, "ask")).isEqualTo("run");
  }

  @Test
  void whatTheCallerDoesNotSee_isPinnedAllTheSame() {
    assertThat(listed("{'tools':[{'name':'hidden','x':1}]}")).isEqualTo("{'tools':[]}");
    assertThat(listed("{'tools':[{'name':'hidden','x':2}]}")).isEqualTo("{'tools':[]}");
    assertThat(client.noted().changes()).hasSize(1);
  }

  @Test
  void allElseOfAList_staysAsItCame() {
    assertThat(
            listed(
                "{ 'nextCursor':'tools', '_meta':{'a':[1, 2]},"
                    + " 'tools':[{'name':'drop'}, {'name':'pay', 'x':1}], 'ttlMs': 10 }"))
        .isEqualTo(
            "{ 'nextCursor':'tools', '_meta':{'a':[1, 2]},"
                + " 'tools':[{'name':'pay', 'x':1}], 'ttlMs': 10 }");
  }

  @Test
  void toolOfAConditionalDeny_isNotShown_whereNoRuleAllowsIt() {
    judge(
        LISTS
            + """
              - name: small
                resources: {tools: [crm.small]}
                when: command.arguments.amount < 10
                verdict: allow
              - name: never-large
                resources: {tools: [crm.large, crm.some]}
                when: command.arguments.amount > 10
                verdict: deny
                message: too much
              - {name: some, resources: {tools: [crm.some]}, verdict: allow}
              - name: for-bob
                resources: {tools: [crm.bob]}
                when: caller.subject == "bob" && command.arguments.amount > 10
                verdict: allow
              - {name: never, resources: {tools: [crm.never]}, verdict: allow}
              - name: not-for-ann
                resources: {tools: [crm.never]}
                when: caller.subject == "ann" || command.arguments.amount > 10
                verdict: deny
                message: never
            """,
        PinMode.OFF);
    assertThat(
            listed(
                "{'tools':[{'name':'small'},{'name':'large'},{'name':'some'},{'name':'bob'},"
                    + "{'name':'never'}]}"))
        .isEqualTo("{'tools':[{'name':'small'},{'name':'some'}]}");
  }

  /** No rule can ask for it yet. */
  @Test
  void listThatIsSearched_isFilteredFirst() {
    judge(
        TOOLS
            + """
              - {name: cards-stay, verdict: detect, detector: cards}
            detectors:
              cards: {kinds: [pan]}
            """,
        PinMode.FIRST_USE);
    SearchedContent search =
        new SearchedContent(
            room.policy.current().detectors(),
            List.of(new Verdict.Sought("cards-stay", "cards", Verdict.OnFinding.MASK, false)),
            new Tally());
    ListingPlan listing =
        new ListingPlan(item -> !item.name().equals("drop"), Optional.empty(), _ -> {});
    CallPlan plan = new CallPlan(Optional.of(listing), Optional.empty(), Optional.of(search));
    String list = "{'tools':[{'name':'pay','d':'as 4111111111111111'},{'name':'drop'}]}";
    assertThat(left(plan, list)).isEqualTo("{'tools':[{'name':'pay','d':'as [pan]'}]}");
    String harmless = "{'tools':[{'name':'pay'},{'name':'drop'}]}";
    assertThat(left(plan, harmless)).isEqualTo("{'tools':[{'name':'pay'}]}");
  }
}

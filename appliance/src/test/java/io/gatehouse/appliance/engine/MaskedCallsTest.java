package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes back for calls whose rule masks. */
class MaskedCallsTest {
  private static final String RULES =
      """
      masks:
        last-four: {kind: keep-last, count: 4}
        rounded: {kind: round, to: 1000}
        gone: {kind: "null"}
      rules:
        - name: customers
          resources: {tools: [crm.customer, crm.prose, crm.picture]}
          verdict: mask
          mask: last-four
          fields: ["$.structuredContent.ssn", "structuredContent.cards[*].number"]
        - name: salaries
          resources: {tools: [crm.customer]}
          verdict: mask
          mask: rounded
          fields: [structuredContent.salary]
        - name: prose
          resources: {tools: [crm.prose]}
          verdict: mask
          mask: last-four
          fields: [structuredContent.ssn]
        - name: numbers
          resources: {tools: [crm.number]}
          verdict: mask
          mask: last-four
          fields: [structuredContent.n]
        - name: redacted-numbers
          resources: {tools: [crm.fixed]}
          verdict: mask
          mask: last-four
          fields: [structuredContent.n]
          otherwise: redact
        - name: no-numbers
          resources: {tools: [crm.none]}
          verdict: mask
          mask: gone
          fields: ["structuredContent.*"]
          otherwise: nothing
        - name: words
          resources: {tools: [crm.words]}
          verdict: mask
          mask: last-four
          fields: [structuredContent.ssn]
          text: pass
          binary: pass
        - {name: whole, resources: {tools: [crm.whole]}, verdict: mask, mask: redact}
        - name: documents
          resources: {documents: ["crm.file:///*"]}
          verdict: mask
          fields: ["contents[*].text"]
      """;

  @TempDir private Path folder;
  private Courtroom room;
  private CallClient client;

  @BeforeEach
  void begin() {
    room = Courtroom.of(folder, RULES);
    client = new CallClient(room);
  }

  @AfterEach
  void end() {
    room.close();
  }

  @Test
  void fields_areMasked_andNothingElseIsTouched() {
    assertThat(
            client.result(
                "customer",
                "{'content': [],  'structuredContent': {'name': 'Ann', 'ssn': '123-45-6789',"
                    + " 'cards': [{'number':'4111222233334444'}, {'number': null}],"
                    + " 'salary': 12345 }}"))
        .isEqualTo(
            "{'content': [],  'structuredContent': {'name': 'Ann', 'ssn': '****6789',"
                + " 'cards': [{'number':'****4444'}, {'number': null}],"
                + " 'salary': 12000 }}");
  }

  @Test
  void resultWithoutTheFields_passesByteForByte() {
    String result = "{'content': [ ],'structuredContent':{'name': 'Ann' }}";
    assertThat(client.result("customer", result)).isEqualTo(result);
  }

  @Test
  void duplicateInText_isMaskedAlike() {
    String json = "{\\\"ssn\\\": \\\"123-45-6789\\\", \\\"salary\\\": 12345}";
    assertThat(
            client.tool(
                "customer",
                "{\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\""
                    + json
                    + "\"}],\"structuredContent\":{\"ssn\":\"123-45-6789\",\"salary\":12345}}}"))
        .contains("****6789")
        .contains("12000")
        .doesNotContain("123-45")
        .doesNotContain("12345");
  }

  @Test
  void jsonOfAnotherForm_isMaskedByItsValues() {
    String json = "[{\\\"customer\\\":{\\\"id\\\":\\\"123-45-6789\\\",\\\"pay\\\":12345.0}}]";
    assertThat(
            client.tool(
                "customer",
                "{\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\""
                    + json
                    + "\"}],\"structuredContent\":{\"ssn\":\"123-45-6789\",\"salary\":12345}}}"))
        .contains("****6789")
        .contains("12000")
        .doesNotContain("123-45")
        .doesNotContain("12345");
  }

  @Test
  void escapes_hideNothing() {
    String json = "{\\\"s\\\\u0073n\\\":\\\"123\\\\u002d45-6789\\\"}";
    assertThat(
            client.tool(
                "customer",
                "{\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\""
                    + json
                    + "\"}],\"structuredContent\":{\"\\u0073sn\":\"\\u003123-45-6789\"}}}"))
        .contains("****6789")
        .doesNotContain("45");
  }

  @Test
  void proseIsWithheld_unlessTheRuleLetsItPass_andThenItsCopiesAreMasked() {
    String prose =
        "{'content':[{'type':'text','text':'Ann has 123-45-6789.'}],"
            + "'structuredContent':{'ssn':'123-45-6789','note':'see 123-45-6789'}}";
    assertThat(client.result("prose", prose))
        .contains("'type':'text'")
        .contains("(withheld by rule")
        .contains("'note':'see ****6789'")
        .doesNotContain("123-45");
    assertThat(client.result("words", prose))
        .contains("'text':'Ann has ****6789.'")
        .doesNotContain("123-45");
  }

  @Test
  void memberThatSomeReadersTakeForAnother_withholds() {
    assertThat(client.result("customer", "{'StructuredContent':{'ssn':'123-45-6789'}}"))
        .contains("upper and lower case only");
    assertThat(client.result("customer", "{'content':[{'type':'text','Text':'123-45-6789'}]}"))
        .contains("(withheld by rule");
  }

  @Test
  void rules_addUp_andTheFirstThatNamesAValueMasksIt() {
    room.activate(
        """
        masks:
          last-four: {kind: keep-last, count: 4}
          fixed: {kind: constant, value: x}
        rules:
          - {name: a, resources: {tools: [crm.t]}, verdict: mask, mask: last-four, fields: [structuredContent.a]}
          - {name: b, resources: {kinds: [tool]}, verdict: mask, mask: fixed, fields: ["structuredContent.*"]}
        """);
    assertThat(client.result("t", "{'structuredContent':{'a':'12345678','b':'bbbb'}}"))
        .isEqualTo("{'structuredContent':{'a':'****5678','b':'x'}}");
  }

  @Test
  void stringInAString_isProse() {
    String result = "{'content':[{'type':'text','text':'\\'Ann\\''}]}";
    assertThat(client.result("customer", result)).contains("(withheld by rule");
  }

  @Test
  void nameOfAMember_cannotBeMasked_soTheResultIsWithheld() {
    assertThat(
            client.result(
                "customer", "{'structuredContent':{'ssn':'123-45-6789','123-45-6789':1}}"))
        .contains("stands in the name of a member")
        .doesNotContain("123-45");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "number | {'structuredContent':{'n':5}} | is not defined for what stands at",
        "number | {'structuredContent':{'n':'12345678'}} | {'structuredContent':{'n':'****5678'}}",
        "number | {'structuredContent':{'n':null}} | {'structuredContent':{'n':null}}",
        "number | {'structuredContent':{'n':true}} | is not defined",
        "fixed | {'structuredContent':{'n':5,'m':5}} | {'structuredContent':{'n':0,'m':5}}",
        "fixed | {'structuredContent':{'n':{'a':[true,2.5]}}} |"
            + " {'structuredContent':{'n':{'a':[false,0]}}}",
        "none | {'structuredContent':{'n':5,'s':'abcdef'}} |"
            + " {'structuredContent':{'n':null,'s':null}}"
      })
  void typesStay_orTheRuleSaysWhatStandsThere(String tool, String result, String expected) {
    assertThat(client.result(tool, result)).contains(expected);
  }

  @Test
  void binaryContent_isWithheld_unlessItMayPass() {
    String picture =
        "{'content':[{'type':'image','mimeType':'image/png','data':'QUJD'}],"
            + "'structuredContent':{}}";
    assertThat(client.result("picture", picture)).contains("it has binary content");
    assertThat(client.result("words", picture)).isEqualTo(picture);
    assertThat(
            client.result(
                "customer", "{'content':[{'type':'resource','resource':{'uri':'a','blob':'QQ'}}]}"))
        .contains("it has binary content");
  }

  @Test
  void ruleWithoutFields_masksEveryValue_butTheProtocolsOwnWords() {
    assertThat(
            client.result(
                "whole",
                "{'content':[{'type':'text','text':'Ann'},{'type':'resource_link','uri':'a:b'}],"
                    + "'structuredContent':{'type':'text','n':7},'isError':false}"))
        .isEqualTo(
            "{'content':[{'type':'text','text':'****'},{'type':'resource_link','uri':'****'}],"
                + "'structuredContent':{'type':'****','n':0},'isError':false}");
  }

  @Test
  void documents_areMaskedByPlacesInThem() {
    String message =
        "{\"id\":1,\"result\":{\"contents\":[{\"uri\":\"file:///a\",\"text\":\"secret text\"}]}}";
    assertThat(
            CallClient.shaped(
                client.run(Called.of(CommandForm.Call.Kind.DOCUMENT, "file:///a")), message))
        .isEqualTo(message.replace("secret text", "****"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':1,'error':{'code':-32000,'message':'no 123-45','data':{'ssn':1}}} | 'code':-32000",
        "{'method':'notifications/progress','params':{'progressToken':1,'progress':2,"
            + "'message':'at 123-45'}} | 'progress':2",
        "{'method':'notifications/message','params':{'level':'info','logger':'123-45',"
            + "'data':{'a':'123-45'}}} | 'level':'info'",
        "{'id':9,'method':'elicitation/create','params':{'message':'123-45'}} | withheld by rule"
      })
  void whatElseComes_saysNothingInTheServersWords(String message, String left) {
    assertThat(client.tool("customer", message))
        .contains(left)
        .doesNotContain("123-45")
        .doesNotContain("ssn");
  }

  @Test
  void whatWasMasked_isCounted_byPlace() {
    Decision.Run run = client.run(Called.tool("customer", "{}"));
    CallClient.shaped(
        run,
        "{\"id\":1,\"result\":{\"structuredContent\":{\"ssn\":\"123-45-6789\",\"salary\":1499}}}");
    assertThat(client.noted().masks())
        .extracting(one -> one.column() + " " + one.label() + " " + one.count())
        .containsExactly("1 structuredContent.ssn 1", "2 structuredContent.salary 1");
    assertThat(client.grounds().decided(run).verdict()).isEqualTo("mask");
    client.ends();
    assertThat(client.noted()).isEqualTo(Noted.NOTHING);
  }

  @Test
  void manyCopies_takeTimeInProportion() {
    StringBuilder values = new StringBuilder("{\"structuredContent\":{\"cards\":[");
    StringBuilder note = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      values.append(i == 0 ? "" : ",").append("{\"number\":\"aaaaaaaa").append(i).append("\"}");
      note.append("aaaaaaaa").append(i).append(' ');
    }
    values.append("],\"note\":\"").append(note).append("\"}}");
    String shaped = client.result("customer", values.toString().replace('"', '\''));
    assertThat(shaped).doesNotContain("aaaa").hasSizeGreaterThan(400_000);
  }
}

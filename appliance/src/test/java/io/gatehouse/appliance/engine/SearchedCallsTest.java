package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.Decision;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes back for calls whose rule has it searched. */
class SearchedCallsTest {
  private static final String RULES =
      """
      detectors:
        cards: {kinds: [pan, email]}
        badges: {patterns: {badge: "\\\\bB-[0-9]{6}\\\\b"}}
      masks:
        last-four: {kind: keep-last, count: 4}
      rules:
        - {name: all, verdict: allow}
        - name: no-cards
          resources: {tools: [crm.find, crm.both, crm.picture]}
          verdict: detect
          detector: cards
        - name: tell
          resources: {tools: [crm.told]}
          verdict: detect
          detector: cards
          found: alert
        - name: pictures
          resources: {tools: [crm.photo]}
          verdict: detect
          detector: cards
          binary: pass
        - name: badges
          resources: {tools: [crm.badge]}
          verdict: detect
          detector: badges
        - name: masked
          resources: {tools: [crm.both]}
          verdict: mask
          mask: last-four
          fields: [structuredContent.ssn]
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

  private List<String> found() {
    return client.noted().findings().stream()
        .map(one -> one.column() + " " + one.what() + " " + one.action() + " " + one.count())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'content':[{'type':'text','text':'pay 4111 1111 1111 1111 now'}]} |"
            + " {'content':[{'type':'text','text':'pay [pan] now'}]}",
        "{'structuredContent':{'a':[{'b':4111111111111111}]}} |"
            + " {'structuredContent':{'a':[{'b':0}]}}",
        "{'content':[{'type':'resource_link','uri':'mailto:a@example.com','name':'x'}]} |"
            + " {'content':[{'type':'resource_link','uri':'mailto:[email]','name':'x'}]}",
        "{'_meta':{'trace':'a@example.com'}} | {'_meta':{'trace':'[email]'}}",
        "{'structuredContent':{'s':'\\u0034111111111111111'}} | {'structuredContent':{'s':'[pan]'}}"
      })
  void whatIsFound_isHidden_whereverItStands(String result, String expected) {
    assertThat(client.result("find", result)).isEqualTo(expected);
    assertThat(found()).hasSize(1);
  }

  @Test
  void resultInWhichNothingIsFound_passesByteForByte() {
    String result = "{ 'content':[ {'type':'text','text':'{ \\u0061 }'} ] }";
    assertThat(client.result("find", result)).isEqualTo(result);
    assertThat(found()).isEmpty();
  }

  @Test
  void jsonInText_isSearchedByItsStrings_andStaysJson() {
    assertThat(
            client.tool(
                "find",
                "{\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":"
                    + "\"{\\\"n\\\":4111111111111111,\\\"s\\\":\\\"\\\\u0061@example.com\\\"}\"}]}}"))
        .contains("{\\'n\\':0,\\'s\\':\\'[email]\\'}");
  }

  @Test
  void stringInAString_isReadWithoutEitherOnesEscapes() {
    assertThat(
            client.tool(
                "find",
                "{\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":"
                    + "\"\\\"\\\\u0061@example.com\\\"\"}]}}"))
        .contains("[email]");
  }

  @Test
  void nameOfAMember_cannotBeHidden_soTheResultIsWithheld() {
    String result = "{'structuredContent':{'a@example.com':1}}";
    assertThat(client.result("find", result)).contains("in the name of a member");
    assertThat(client.result("told", result)).isEqualTo(result);
    assertThat(found()).containsExactly("0 email alert 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':1,'error':{'code':-1,'message':'no a@example.com','data':['b@example.com']}} |"
            + " {'id':1,'error':{'code':-1,'message':'no [email]','data':['[email]']}}",
        "{'method':'notifications/progress','params':{'progress':1,'message':'a@example.com'}} |"
            + " {'method':'notifications/progress','params':{'progress':1,'message':'[email]'}}",
        "{'method':'notifications/message','params':{'level':'info','data':{'x':'a@example.com'}}}"
            + " | {'method':'notifications/message','params':{'level':'info','data':{'x':'[email]'}}}"
      })
  void errorsAndNotifications_areSearchedToo(String message, String expected) {
    assertThat(client.tool("find", message)).isEqualTo(expected);
  }

  @Test
  void alert_letsPass_andTells() {
    String result = "{'content':[{'type':'text','text':'a@example.com'}]}";
    assertThat(client.result("told", result)).isEqualTo(result);
    assertThat(found()).containsExactly("0 email alert 1");
  }

  @Test
  void binaryContent_isWithheld_toldOrPassed_asTheRuleSays() {
    String picture = "{'content':[{'type':'image','mimeType':'image/png','data':'QUJD'}]}";
    assertThat(client.result("picture", picture)).contains("it has binary content");
    assertThat(found()).containsExactly("0 binary mask 1");
    assertThat(client.result("told", picture)).isEqualTo(picture);
    assertThat(found()).containsExactly("0 binary alert 1");
    assertThat(client.result("photo", picture)).isEqualTo(picture);
    assertThat(found()).isEmpty();
  }

  @Test
  void masksComeFirst_andWhatTheyLeaveIsSearched() {
    assertThat(
            client.result(
                "both", "{'structuredContent':{'ssn':'123-45-6789','note':'a@example.com'}}"))
        .isEqualTo("{'structuredContent':{'ssn':'****6789','note':'[email]'}}");
    assertThat(client.noted().masks()).hasSize(1);
    assertThat(found()).hasSize(1);
  }

  @Test
  void longMessages_areHidden_namesAndAll_wherePatternsWouldTakeLong() {
    String big = "x".repeat(70_000);
    assertThat(client.result("badge", "{'structuredContent':['" + big + "','B-123456',7]}"))
        .isEqualTo("{'structuredContent':['[too-long]','[too-long]',0]}");
    assertThat(client.result("badge", "{'structuredContent':['" + big + "',{'b':1}]}"))
        .contains("is to be hidden in the name of a member");
    assertThat(client.result("badge", "{'structuredContent':{'b':'B-123456'}}"))
        .isEqualTo("{'structuredContent':{'b':'[badge]'}}");
  }

  @Test
  void whatIsSplitOverMessages_isNotFound() {
    Decision.Run run = client.run(Called.tool("find", "{}"));
    String first =
        "{\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"4111"
            + " 1111\"}}";
    String second =
        "{\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"1111"
            + " 1111\"}}";
    assertThat(CallClient.shaped(run, first)).isEqualTo(first);
    assertThat(CallClient.shaped(run, second)).isEqualTo(second);
  }
}

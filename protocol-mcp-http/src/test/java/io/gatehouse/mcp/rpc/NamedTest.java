package io.gatehouse.mcp.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedTest {

  private static Named read(String method, String params) throws RefusedMessageException {
    return Named.read(Read.request(method, params), Method.find(method).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tools/call|{'name':'t','arguments':{'a':1},'_meta':{}}|t|1",
        "tools/call|{'name':'t'}|t|-1",
        "prompts/get|{'name':'p','arguments':{'a':'x','b':''}}|p|2",
        "resources/read|{'uri':'file:///x'}|file:///x|-1",
        "tasks/update|{'taskId':'7'}|7|-1",
        "completion/complete|{'ref':{'type':'ref/prompt','name':'p'},'argument':{}}|p|-1",
        "completion/complete|{'ref':{'type':'ref/resource','uri':'u'},'argument':{}}|u|-1",
        "tools/list|``|``|-1",
        "tools/list|{'arguments':7}|``|-1",
      })
  void what_params_name_is_read(String method, String params, String name, int arguments)
      throws Exception {
    Named named = read(method, params);
    assertThat(named.name().orElse("")).isEqualTo(name);
    assertThat(named.arguments().map(a -> a.size()).orElse(-1)).isEqualTo(arguments);
    assertThat(named.toString()).doesNotContain("file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tools/call|``",
        "tools/call|{}",
        "tools/call|{'name':7}",
        "tools/call|{'Name':'t'}",
        "tools/call|{'name':'t','NAME':'u'}",
        "tools/call|{'name':'t','Arguments':{}}",
        "tools/call|{'name':'t','argument\u017f':{}}",
        "tools/call|{'name':'t','arguments':[]}",
        "tools/call|{'name':'t','arguments':null}",
        "tools/call|{'name':'t','_meta':1}",
        "tools/call|{'name':'t','_Meta':{}}",
        "prompts/get|{'name':'p','arguments':{'a':1}}",
        "resources/read|{'name':'x'}",
        "resources/read|{'uri':'x','Uri':'y'}",
        "completion/complete|{}",
        "completion/complete|{'ref':'p'}",
        "completion/complete|{'ref':{'type':'ref/tool','name':'p'}}",
        "completion/complete|{'ref':{'type':'ref/prompt','uri':'p'}}",
        "completion/complete|{'ref':{'type':'ref/prompt','name':'p','Name':'q'}}",
      })
  void what_could_be_read_in_two_ways_is_refused(String method, String params) {
    RefusedMessageException refused = Read.refused(() -> read(method, params));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PARAMS);
    assertThat(refused.id()).isPresent();
  }

  @Test
  void methods_of_the_modern_era_are_those_of_the_specification() {
    assertThat(in(Revision.V2026_07_28))
        .containsExactlyInAnyOrder(
            "tools/call",
            "tools/list",
            "prompts/get",
            "prompts/list",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "completion/complete",
            "server/discover",
            "subscriptions/listen",
            "notifications/cancelled",
            "notifications/progress",
            "notifications/message",
            "notifications/resources/updated",
            "notifications/resources/list_changed",
            "notifications/tools/list_changed",
            "notifications/prompts/list_changed",
            "notifications/subscriptions/acknowledged",
            "tasks/get",
            "tasks/update",
            "tasks/cancel");
  }

  @Test
  void methods_of_the_legacy_era_are_those_of_the_specification() {
    assertThat(in(Revision.V2025_11_25))
        .containsExactlyInAnyOrder(
            "ping",
            "initialize",
            "completion/complete",
            "logging/setLevel",
            "prompts/get",
            "prompts/list",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "resources/subscribe",
            "resources/unsubscribe",
            "tools/call",
            "tools/list",
            "tasks/get",
            "tasks/result",
            "tasks/list",
            "tasks/cancel",
            "sampling/createMessage",
            "elicitation/create",
            "roots/list",
            "notifications/cancelled",
            "notifications/progress",
            "notifications/initialized",
            "notifications/roots/list_changed",
            "notifications/tasks/status",
            "notifications/message",
            "notifications/resources/updated",
            "notifications/resources/list_changed",
            "notifications/tools/list_changed",
            "notifications/prompts/list_changed",
            "notifications/elicitation/complete");
    assertThat(in(Revision.V2024_11_05)).doesNotContain("elicitation/create", "tasks/get");
  }

  @Test
  void a_method_says_who_says_it() {
    assertThat(Method.find("tools/Call")).isEmpty();
    assertThat(Method.SAMPLING_CREATE_MESSAGE.saidByClients()).isFalse();
    assertThat(Method.PING.saidByClients() && Method.PING.saidByServers()).isTrue();
    assertThat(Method.CANCELLED.notification()).isTrue();
  }

  @Test
  void revisions_differ_as_the_specification_says() {
    assertThat(Revision.find("2025-03-26")).contains(Revision.UNNAMED);
    assertThat(Revision.find("2025-03-27")).isEmpty();
    assertThat(said(Revision::batches)).containsExactly("2025-03-26");
    assertThat(said(Revision::separateEndpoints)).containsExactly("2024-11-05");
    assertThat(said(Revision::sessions))
        .containsExactlyInAnyOrder("2025-03-26", "2025-06-18", "2025-11-25");
    assertThat(said(Revision::versionHeader))
        .containsExactlyInAnyOrder("2025-06-18", "2025-11-25", "2026-07-28");
    assertThat(said(Revision::structuredContent)).isEqualTo(said(Revision::versionHeader));
    assertThat(said(Revision::modern)).containsExactly("2026-07-28");
    assertThat(said(Revision::serverRequests)).hasSize(4).doesNotContain("2026-07-28");
    assertThat(said(Revision::mirroredHeaders)).isEqualTo(said(Revision::modern));
    assertThat(said(Revision::requestMeta)).isEqualTo(said(Revision::modern));
    assertThat(said(Revision::cancelledByDisconnect)).isEqualTo(said(Revision::modern));
  }

  private static Set<String> in(Revision revision) {
    return Arrays.stream(Method.values())
        .filter(method -> method.in(revision))
        .map(Method::wire)
        .collect(Collectors.toSet());
  }

  private static Set<String> said(Predicate<Revision> of) {
    return Arrays.stream(Revision.values())
        .filter(of)
        .map(Revision::text)
        .collect(Collectors.toSet());
  }
}

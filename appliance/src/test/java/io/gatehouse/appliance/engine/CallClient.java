package io.gatehouse.appliance.engine;

import io.gatehouse.plugin.Target;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Submission;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** A session that makes calls, as its protocol sees it. */
final class CallClient {
  private final CallDeciding deciding;
  private long sequence;

  CallClient(Courtroom room) {
    deciding =
        new CallDeciding(
            room.court,
            Courtroom.ANN,
            new Routes.Passage(Target.Protocol.MCP, Courtroom.SHOP, Courtroom.SHOP),
            new Deciding.Origin(7, InetAddress.getLoopbackAddress(), false),
            new NoControl());
  }

  Decision ask(CommandForm call) {
    Submission asked = new Asked(++sequence, Submission.Stage.EXECUTE, call, Called.VIEW);
    return (Decision) deciding.submit(asked, Called.NO_REPLY);
  }

  Decision.Run run(CommandForm call) {
    return (Decision.Run) ask(call);
  }

  Grounds grounds() {
    return deciding.grounds();
  }

  /** Of the last call. */
  Noted noted() {
    return deciding.noted(sequence);
  }

  /** The last call is over. */
  void ends() {
    deciding.outcome(sequence, OutcomeKind.SUCCEEDED, 1, 1);
  }

  /** What the client gets, or why not. */
  static String shaped(Decision.Run run, String message) {
    return switch (run.plan().content(Called.content(message))) {
      case ContentShape.Pass _ -> message;
      case ContentShape.Rewrite(var edit) -> new String(edit.bytes(), StandardCharsets.UTF_8);
      case ContentShape.Veto(var refusal) -> refusal.message();
    };
  }

  /** The same with apostrophes for quotes, for a tool without arguments. */
  String tool(String name, String message) {
    return shaped(run(Called.tool(name, "{}")), message.replace('\'', '"')).replace('"', '\'');
  }

  /** The same of a result. */
  String result(String name, String result) {
    String head = "{'jsonrpc':'2.0','id':1,'result':";
    String whole = tool(name, head + result + "}");
    return whole.startsWith(head) ? whole.substring(head.length(), whole.length() - 1) : whole;
  }
}

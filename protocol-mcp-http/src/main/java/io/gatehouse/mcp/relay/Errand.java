package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.rpc.RequestId;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import java.util.Optional;

/** What is done about something asked, once the gate has decided. On the conversation's loop. */
interface Errand {

  /** It goes to the gate, who may decide at once. */
  void submitted(Call call);

  void run(Call call, Decision.Run run);

  void refused(Call call, Refusal refusal);

  /** Whether its client knows the answer by that id. */
  boolean awaits(RequestId id);

  /** By which plan its messages pass; nothing as long as none comes. */
  Optional<Passing> passes();

  /** The conversation is over: what was begun is ended, and the client told if it can be. */
  void cut(Refusal refusal, CloseReason reason);

  /** What has no end of its own ends. */
  void drain();
}

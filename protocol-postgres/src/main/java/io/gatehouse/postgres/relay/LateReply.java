package io.gatehouse.postgres.relay;

import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Reply;

/** What the gate says of a session's commands late. Called from any thread; hops to the loop. */
final class LateReply implements Reply {
  private final Session session;
  private final ClientFlow clientFlow;

  LateReply(Session session, ClientFlow clientFlow) {
    this.session = session;
    this.clientFlow = clientFlow;
  }

  @Override
  public void answer(long sequence, Decision decision) {
    onLoop(() -> session.takeUp(() -> clientFlow.answered(sequence, decision)));
  }

  @Override
  public void again(long sequence) {
    onLoop(() -> session.takeUp(() -> clientFlow.again(sequence)));
  }

  @Override
  public void progress(long sequence, String message) {
    onLoop(
        () -> {
          if (clientFlow.awaits(sequence)) {
            session.say(message);
          }
        });
  }

  private void onLoop(Runnable step) {
    session.client().eventLoop().execute(step);
  }
}

package io.gatehouse.mcp.http;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.frame.RequestHead;
import io.gatehouse.spi.LoginRequest.TlsFacts;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One request that was let in, with its whole body, and its one answer. Everything here is on the
 * event loop of its connection.
 */
public final class Exchange {

  /**
   * @param tls empty if the listener has none
   */
  public record Arrival(
      RequestHead head, Place place, Optional<TlsFacts> tls, InetSocketAddress source) {}

  private enum State {
    ASKED,
    STREAMING,
    ANSWERED,
    GONE
  }

  private final Leg leg;
  private final Arrival arrival;
  private final Body body;
  private State state = State.ASKED;
  private Runnable gone = () -> {};
  private Runnable writable = () -> {};

  /**
   * @param body taken over
   */
  Exchange(Leg leg, Arrival arrival, Body body) {
    this.leg = leg;
    this.arrival = arrival;
    this.body = body;
  }

  public EventLoop loop() {
    return leg.loop();
  }

  public RequestHead head() {
    return arrival.head();
  }

  public Place place() {
    return arrival.place();
  }

  public Optional<TlsFacts> tls() {
    return arrival.tls();
  }

  public InetSocketAddress source() {
    return arrival.source();
  }

  /** The whole body, once: who takes it releases it. What is not taken goes with the exchange. */
  public ByteBuf takeBody() {
    return body.take();
  }

  /**
   * What to do when the client goes, or takes its request back, before the answer is whole. At once
   * if it has gone.
   */
  public void onGone(Runnable action) {
    if (state == State.GONE) {
      action.run();
    } else {
      gone = action;
    }
  }

  public boolean isGone() {
    return state == State.GONE;
  }

  /** Answers; takes the body over. A client that has gone is no error. */
  public void answer(int status, Headers headers, ByteBuf content) {
    answer(status, headers, content, () -> {});
  }

  /**
   * The same.
   *
   * @param sent run once, when all of it has gone out or nothing more of it does
   */
  public void answer(int status, Headers headers, ByteBuf content, Runnable sent) {
    if (state == State.GONE) {
      content.release();
      sent.run();
      return;
    }
    if (state != State.ASKED) {
      content.release();
      sent.run();
      throw answeredTwice();
    }
    over(State.ANSWERED);
    leg.answer(status, headers, content).addListener(_ -> sent.run());
  }

  /** Begins an answer whose body comes by and by. */
  public Outflow stream(int status, Headers headers) {
    if (state != State.GONE) {
      if (state != State.ASKED) {
        throw answeredTwice();
      }
      state = State.STREAMING;
      leg.begin(status, headers);
    }
    return new Stream();
  }

  private static IllegalStateException answeredTwice() {
    return new IllegalStateException("an exchange is answered once");
  }

  /** The client went. */
  void left() {
    if (state == State.ASKED || state == State.STREAMING) {
      over(State.GONE);
      gone.run();
    }
  }

  void becameWritable() {
    if (state == State.STREAMING) {
      writable.run();
    }
  }

  private void over(State last) {
    state = last;
    body.close();
  }

  private final class Stream implements Outflow {
    @Override
    public boolean isWritable() {
      return state == State.STREAMING && leg.writable();
    }

    @Override
    public void onWritable(Runnable action) {
      writable = action;
    }

    @Override
    public void write(ByteBuf part, Runnable sent) {
      if (state != State.STREAMING || !part.isReadable()) {
        part.release();
        sent.run();
      } else {
        leg.part(part).addListener(_ -> sent.run());
      }
    }

    @Override
    public void end() {
      if (state == State.STREAMING) {
        over(State.ANSWERED);
        leg.end();
      }
    }

    @Override
    public void abort() {
      if (state == State.STREAMING) {
        over(State.ANSWERED);
        leg.abort();
      }
    }
  }
}

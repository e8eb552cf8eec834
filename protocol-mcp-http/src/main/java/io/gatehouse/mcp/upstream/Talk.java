package io.gatehouse.mcp.upstream;

import io.gatehouse.mcp.frame.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** One question and its ear, until the answer is whole or there will be none. On its loop. */
final class Talk implements Handle {
  private final Question question;
  private final Ear ear;
  private @Nullable ServerConnection connection;
  private ByteBuf body;
  private boolean paused;
  private boolean over;

  Talk(Question question, Ear ear) {
    this.question = question;
    this.ear = ear;
    body = question.body();
  }

  Question question() {
    return question;
  }

  /** The body, to be written. */
  ByteBuf takeBody() {
    ByteBuf taken = body;
    body = Unpooled.EMPTY_BUFFER;
    return taken;
  }

  boolean over() {
    return over;
  }

  boolean paused() {
    return paused;
  }

  void on(ServerConnection carries) {
    connection = carries;
  }

  void head(int status, Headers headers) {
    ear.head(status, headers);
  }

  void part(ByteBuf part) {
    if (over) {
      part.release();
    } else {
      ear.part(part);
    }
  }

  void ended() {
    if (!over) {
      finish();
      ear.end();
    }
  }

  void failed(Failure kind, String message) {
    if (!over) {
      finish();
      ear.failed(kind, message);
    }
  }

  private void finish() {
    over = true;
    takeBody().release();
  }

  @Override
  public void pause() {
    paused = true;
    read(false);
  }

  @Override
  public void resume() {
    paused = false;
    read(true);
  }

  private void read(boolean more) {
    if (connection != null && !over) {
      connection.read(more);
    }
  }

  @Override
  public void endless() {
    if (connection != null && !over) {
      connection.endless();
    }
  }

  @Override
  public void cancel() {
    if (!over) {
      finish();
      if (connection != null) {
        connection.close();
      }
    }
  }
}

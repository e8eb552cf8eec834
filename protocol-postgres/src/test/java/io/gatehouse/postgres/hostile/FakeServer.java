package io.gatehouse.postgres.hostile;

import io.gatehouse.postgres.message.AuthenticationOk;
import io.gatehouse.postgres.message.BackendKeyData;
import io.gatehouse.postgres.message.CancelRequest;
import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.DataRow;
import io.gatehouse.postgres.message.ParameterStatus;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.RowDescription;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.postgres.message.Terminate;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server that logs everybody in and then does what the test says. A thread a connection. */
final class FakeServer implements AutoCloseable {
  static final byte[] KEY = {1, 2, 3, 4};

  static final RowDescription ONE_COLUMN =
      new RowDescription(List.of(new RowDescription.Field("v", 0, 0, 25, -1, -1, 0)));
  static final ReadyForQuery READY = new ReadyForQuery((byte) 'I');

  /** What a server does with a session. It may end in any exception: the connection is closed. */
  interface Script {
    void serve(Peer client) throws IOException;
  }

  /** What a server does with a cancel request before it closes. */
  interface OnCancel {
    void cancel(CancelRequest request) throws IOException;
  }

  /** The start-up parameters that arrived. */
  final BlockingQueue<StartupMessage> startups = new LinkedBlockingQueue<>();

  final BlockingQueue<CancelRequest> cancels = new LinkedBlockingQueue<>();

  /** Sessions that the gate has not closed. */
  final AtomicInteger sessions = new AtomicInteger();

  /** What went wrong in a script that was not the end of the connection. */
  final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();

  private final ServerSocket listening;
  private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger processes = new AtomicInteger(1_000);
  private volatile Script script;
  private volatile OnCancel onCancel = _ -> {};
  private volatile boolean silent;

  FakeServer(Script script) throws IOException {
    this.script = script;
    listening = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("fake-server").start(this::accept);
  }

  /** Answers every query with its own text in one row. */
  static FakeServer echoing() throws IOException {
    return new FakeServer(FakeServer::echo);
  }

  static void echo(Peer client) throws IOException {
    while (true) {
      switch (client.readAsked()) {
        case Query(String text) -> client.write(answer(text));
        case Terminate _ -> {
          return;
        }
        default -> {}
      }
    }
  }

  static byte[] answer(String text) {
    return Peer.encoded(ONE_COLUMN, row(text), new CommandComplete("SELECT 1"), READY);
  }

  static DataRow row(String text) {
    return new DataRow(List.<byte @Nullable []>of(text.getBytes(StandardCharsets.UTF_8)));
  }

  int port() {
    return listening.getLocalPort();
  }

  /** For connections from now on. */
  void script(Script newScript) {
    script = newScript;
  }

  void onCancel(OnCancel newOnCancel) {
    onCancel = newOnCancel;
  }

  /** From now on takes connections and never answers a start-up packet. */
  void silent() {
    silent = true;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        open.add(socket);
        Thread.ofPlatform().daemon().name("fake-server-session").start(() -> serve(socket));
      }
    } catch (IOException closed) {
      faults.removeIf(_ -> listening.isClosed());
    }
  }

  private void serve(Socket socket) {
    try (Peer client = new Peer(socket)) {
      switch (client.readStartup()) {
        case StartupMessage startup -> {
          sessions.incrementAndGet();
          startups.add(startup);
          serve(client);
        }
        case CancelRequest request -> {
          cancels.add(request);
          onCancel.cancel(request);
        }
        default -> throw new IllegalStateException("not asked for TLS");
      }
    } catch (EOFException | SocketException gone) {
      open.remove(socket);
    } catch (IOException | RuntimeException fault) {
      faults.add(fault);
    } finally {
      open.remove(socket);
    }
  }

  private void serve(Peer client) throws IOException {
    try {
      if (silent) {
        client.drain();
        return;
      }
      client.send(
          AuthenticationOk.INSTANCE,
          new ParameterStatus("server_version", "18.0"),
          new ParameterStatus("client_encoding", "UTF8"),
          new BackendKeyData(processes.incrementAndGet(), KEY),
          READY);
      script.serve(client);
    } finally {
      sessions.decrementAndGet();
    }
  }

  /** All of its sessions end at once, as when its machine goes down. */
  void dropAll() throws IOException {
    for (Socket socket : open) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (SocketException closedMeanwhile) {
        open.remove(socket);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    dropAll();
  }
}

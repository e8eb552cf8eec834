package io.gatehouse.spi.net;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The event loops, and the threads for work that may wait. One for the appliance; owns its threads.
 */
public final class Transport implements AutoCloseable {
  /** Large reads are what bulk results need most; small ones shrink by themselves. */
  private static final RecvByteBufAllocator RECEIVE =
      new AdaptiveRecvByteBufAllocator(512, 8_192, 131_072);

  private static final int CLOSE_SECONDS = 5;

  private final EventLoopGroup accept;
  private final EventLoopGroup loops;

  /** All that are open, and none once it is closed. */
  private final ChannelGroup channels =
      new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

  private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService computing;

  public Transport(int loopCount) {
    accept = group(1, "gatehouse-accept");
    loops = group(loopCount, "gatehouse-loop");
    computing =
        Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            new DefaultThreadFactory("gatehouse-compute", true));
  }

  private static EventLoopGroup group(int threads, String name) {
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), io);
  }

  public EventLoopGroup accept() {
    return accept;
  }

  public EventLoopGroup loops() {
    return loops;
  }

  /** Each loop by itself, for what is kept for each. */
  public List<Executor> eachLoop() {
    List<Executor> each = new ArrayList<>();
    loops.forEach(each::add);
    return List.copyOf(each);
  }

  public Class<? extends ServerChannel> serverChannel() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  public Class<? extends SocketChannel> socketChannel() {
    return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /** Unix sockets need the native transport. */
  public Class<? extends DomainSocketChannel> unixSocketChannel() {
    if (!Epoll.isAvailable()) {
      throw new UnsupportedOperationException(
          "Unix sockets need Netty's native transport, which did not load here");
    }
    return EpollDomainSocketChannel.class;
  }

  /** Buffers and reads as every channel of the gate has them. */
  public <B extends AbstractBootstrap<B, ?>> B tuned(B bootstrap) {
    return bootstrap
        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .option(ChannelOption.RECVBUF_ALLOCATOR, RECEIVE);
  }

  /** The same for accepted channels. */
  public ServerBootstrap tuned(ServerBootstrap bootstrap) {
    return bootstrap
        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, RECEIVE);
  }

  /** To be told of each channel before it reads. From any thread. */
  public void opened(Channel channel) {
    channels.add(channel);
  }

  /** For work that costs processor time: key derivation. Bounded threads. */
  public ExecutorService computing() {
    return computing;
  }

  /** Name resolution waits for the network, so it has a virtual thread of its own. */
  public CompletionStage<InetAddress[]> resolve(String host) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return InetAddress.getAllByName(host);
          } catch (UnknownHostException e) {
            throw new java.util.concurrent.CompletionException(
                "the host name " + host + " does not resolve", e);
          }
        },
        waiting);
  }

  /**
   * Channels are closed first: a loop of Netty 4.2 that is told to end between looking whether it
   * should and working off its tasks ends at once, and leaves its channels with what they have
   * read.
   */
  @Override
  public void close() {
    channels.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    accept.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    accept.terminationFuture().syncUninterruptibly();
    computing.shutdownNow();
    waiting.shutdownNow();
  }
}

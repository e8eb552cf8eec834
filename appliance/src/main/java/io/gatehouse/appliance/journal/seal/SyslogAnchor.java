package io.gatehouse.appliance.journal.seal;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Sends each checkpoint to a syslog server, RFC 5424: the message is {@code checkpoint}, its
 * number, and the note in base64, from which the file for {@code --since} is made. Over TCP with
 * the length before it (RFC 6587, section 3.4.1); over UDP nobody can tell whether it arrived.
 *
 * @param host what the message gives as the sender's name
 */
public record SyslogAnchor(Transport transport, String server, int port, String host, Clock clock)
    implements Anchor {
  /** How the message travels. */
  public enum Transport {
    TCP,
    UDP
  }

  // facility 13, log audit; severity 5, notice
  private static final int PRIORITY = 13 * 8 + 5;
  private static final int TIMEOUT_MILLIS = 5_000;

  @Override
  public String name() {
    return "syslog " + server + ":" + port;
  }

  @Override
  public void drop(long number, byte[] note) throws IOException {
    byte[] message = message(number, note).getBytes(StandardCharsets.US_ASCII);
    SocketAddress address = new InetSocketAddress(server, port);
    switch (transport) {
      case TCP -> {
        try (Socket socket = new Socket()) {
          socket.connect(address, TIMEOUT_MILLIS);
          OutputStream out = socket.getOutputStream();
          byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
          out.write(length);
          out.write(message);
          out.flush();
        }
      }
      case UDP -> {
        try (DatagramSocket socket = new DatagramSocket()) {
          socket.send(new DatagramPacket(message, message.length, address));
        }
      }
    }
  }

  private String message(long number, byte[] note) {
    String sender = host.replaceAll("[^!-~]", "-");
    return "<"
        + PRIORITY
        + ">1 "
        + clock.instant().truncatedTo(ChronoUnit.MICROS)
        + " "
        + (sender.isEmpty() ? "-" : sender)
        + " gatehouse - journal - checkpoint "
        + number
        + " "
        + Base64.getEncoder().encodeToString(note);
  }
}

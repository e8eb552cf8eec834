package io.gatehouse.appliance.recorded;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * An attempt to log in that has to fail.
 *
 * @param tls empty for none
 * @param state the SQLSTATE
 * @param words the whole message, or empty where it says what is wrong with the protocol
 * @param reason on record; empty for none
 * @param secrets what must be nowhere
 */
record HostileLogin(
    String name,
    Optional<SSLContext> tls,
    Script script,
    String state,
    String words,
    String reason,
    List<String> secrets) {

  /** What the client says, up to where it waits for the answer. */
  interface Script {
    void say(LoginSocket socket) throws IOException;
  }

  /** What came of it: severity, SQLSTATE and message, or that it was let in. */
  String result(int port) throws IOException {
    try (LoginSocket socket = new LoginSocket(port)) {
      if (tls.isPresent()) {
        socket.startTls(tls.get());
      }
      script.say(socket);
      LoginSocket.Message message = socket.read();
      return message.type() == 'E'
          ? message.field('S') + " " + message.field('C') + " " + said(message.field('M'))
          : "let in or asked: " + message.type() + message.request();
    }
  }

  private String said(String message) {
    return words.isEmpty() ? "" : message;
  }

  String expected() {
    return "FATAL " + state + " " + words;
  }
}

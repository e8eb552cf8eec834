package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a SCRAM login shows to who knows no password, message by message: nothing of it may tell one
 * name from another.
 *
 * @param salt as it was offered
 * @param iterations as offered
 * @param end the error's fields that a client shows, without the name
 */
record ScramDialogue(String salt, String iterations, String end) {
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final Pattern FIRST = Pattern.compile("r=[^,]+,s=([^,]+),i=(\\d+)");

  /** Without TLS, with a proof that fits nothing. */
  static ScramDialogue of(InetSocketAddress gate, String user) throws IOException {
    try (Socket socket = new Socket(gate.getAddress(), gate.getPort())) {
      socket.setSoTimeout(60_000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] startup = ("user\0" + user + "\0database\0bank\0\0").getBytes(StandardCharsets.UTF_8);
      out.writeInt(startup.length + 8);
      out.writeInt(196_608);
      out.write(startup);
      assertThat(authentication(in, SASL)).contains("SCRAM-SHA-256");
      ByteArrayOutputStream initial = new ByteArrayOutputStream();
      byte[] first = "n,,n=,r=abcdefghijklmnopqrstuvwx".getBytes(StandardCharsets.US_ASCII);
      DataOutputStream body = new DataOutputStream(initial);
      body.write("SCRAM-SHA-256\0".getBytes(StandardCharsets.US_ASCII));
      body.writeInt(first.length);
      body.write(first);
      send(out, initial.toByteArray());
      String challenge = authentication(in, SASL_CONTINUE);
      Matcher matcher = FIRST.matcher(challenge);
      assertThat(matcher.matches()).as(challenge).isTrue();
      String nonce = challenge.substring(2, challenge.indexOf(','));
      String last = "c=biws,r=" + nonce + ",p=" + Base64.getEncoder().encodeToString(new byte[32]);
      send(out, last.getBytes(StandardCharsets.US_ASCII));
      assertThat((char) in.readByte()).isEqualTo('E');
      String error = new String(in.readNBytes(in.readInt() - 4), StandardCharsets.UTF_8);
      assertThat(in.read()).isEqualTo(-1);
      return new ScramDialogue(
          matcher.group(1), matcher.group(2), error.replace(user, "NAME").replace('\0', ' '));
    }
  }

  private static String authentication(DataInputStream in, int code) throws IOException {
    assertThat((char) in.readByte()).isEqualTo('R');
    int length = in.readInt();
    assertThat(in.readInt()).isEqualTo(code);
    return new String(in.readNBytes(length - 8), StandardCharsets.US_ASCII);
  }

  private static void send(DataOutputStream out, byte[] body) throws IOException {
    out.writeByte('p');
    out.writeInt(body.length + 4);
    out.write(body);
    out.flush();
  }
}

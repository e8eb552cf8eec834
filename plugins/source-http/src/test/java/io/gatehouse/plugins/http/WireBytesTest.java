package io.gatehouse.plugins.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers over HTTP are taken whole, or not at all. */
final class WireBytesTest {
  private static final String CHUNKED =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "Transfer-Encoding: chunked",
          "",
          "3;x=y",
          "abc",
          "0A",
          "0123456789",
          "0",
          "",
          "");

  private static String body(String response) throws SecretUnavailableException, IOException {
    try (WireBytes bytes = new WireBytes()) {
      bytes.all(new ByteArrayInputStream(response.getBytes(StandardCharsets.ISO_8859_1)));
      return bytes.status() + " " + new String(bytes.body(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void bodies_areWhole() throws Exception {
    assertThat(body(CHUNKED)).isEqualTo("200 abc0123456789");
    assertThat(body("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")).isEqualTo("200 {}");
    assertThat(body("HTTP/1.0 200 OK\r\nServer: x\r\n\r\n{}")).isEqualTo("200 {}");
    assertThat(body("HTTP/1.1 503 \r\n\r\n")).isEqualTo("503 ");
    String large = "x".repeat(100_000);
    assertThat(body("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + large))
        .isEqualTo("200 " + large);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "SSH-2.0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
      })
  void whatIsNotWhole_isRefused(String response) {
    assertThatThrownBy(() -> body(response)).isInstanceOf(SecretUnavailableException.class);
  }

  @Test
  void answerWithoutAnEnd_isRefused() {
    assertThatThrownBy(() -> body("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(WireBytes.MOST)))
        .isInstanceOf(SecretUnavailableException.class)
        .hasMessageContaining("too long");
  }

  /** By a fixed seed. */
  @Test
  void manyChanges_areReadOrRefused() {
    Random random = new Random(77);
    for (int round = 0; round < 20_000; round++) {
      char[] changed = CHUNKED.toCharArray();
      for (int i = 0; i <= random.nextInt(3); i++) {
        changed[random.nextInt(changed.length)] = (char) random.nextInt(256);
      }
      String response = new String(changed).substring(0, random.nextInt(changed.length + 1));
      assertThatCode(
              () -> {
                try {
                  body(response);
                } catch (SecretUnavailableException expected) {
                  assertThat(expected).hasMessageStartingWith("the answer ");
                }
              })
          .as(response)
          .doesNotThrowAnyException();
    }
  }
}

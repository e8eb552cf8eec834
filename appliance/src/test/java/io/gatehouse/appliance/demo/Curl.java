package io.gatehouse.appliance.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.net.TlsMaterial;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Iterator;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A line for curl as a shell reads it; it is sent by the JDK, as curl may not be there. */
final class Curl {
  private Curl() {}

  static HttpResponse<String> run(String line) throws Exception {
    Iterator<String> words = words(line).iterator();
    HttpRequest.Builder request = HttpRequest.newBuilder();
    SSLContext tls = SSLContext.getDefault();
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "-s" -> {
          // It is quiet already.
        }
        case "--cacert" -> tls = trusting(Path.of(words.next()));
        case "-H" -> headers(words.next(), request);
        case "-d" -> request.POST(HttpRequest.BodyPublishers.ofString(words.next()));
        default -> request.uri(URI.create(word));
      }
    }
    try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static List<String> words(String line) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", "curl() { printf '%s\\n' \"$@\"; }; " + line).start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(words).isZero();
    return words.lines().toList();
  }

  private static void headers(String given, HttpRequest.Builder request) throws Exception {
    List<String> lines =
        given.startsWith("@") ? Files.readAllLines(Path.of(given.substring(1))) : List.of(given);
    for (String line : lines) {
      String[] parts = line.split(": ", 2);
      request.header(parts[0], parts[1]);
    }
  }

  private static SSLContext trusting(Path authority) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", TlsMaterial.certificates(authority).getFirst());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return tls;
  }
}

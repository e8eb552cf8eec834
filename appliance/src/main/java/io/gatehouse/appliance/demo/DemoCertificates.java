package io.gatehouse.appliance.demo;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/**
 * A certificate authority that lives for a day, with one certificate for the gate and one for the
 * database. Its own key is never written.
 *
 * @param ca what a client must trust
 */
record DemoCertificates(Path ca, Pair gate, Pair database) {
  private static final Duration LIFE = Duration.ofDays(1);

  /** A certificate with its key. */
  record Pair(Path certificate, Path key) {}

  static DemoCertificates make(Path folder) throws IOException {
    try {
      X509Bundle authority =
          base("CN=Gatehouse demo").setIsCertificateAuthority(true).buildSelfSigned();
      Path ca = Files.writeString(folder.resolve("ca.crt"), authority.getCertificatePEM());
      return new DemoCertificates(
          ca, pair(folder, "gate", authority), pair(folder, "database", authority));
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("no certificate could be made for the demo", e);
    }
  }

  private static Pair pair(Path folder, String name, X509Bundle authority) throws Exception {
    X509Bundle leaf =
        base("CN=localhost")
            .addSanDnsName("localhost")
            .addSanIpAddress("127.0.0.1")
            .addExtendedKeyUsageServerAuth()
            .buildIssuedBy(authority);
    Path key = folder.resolve(name + ".key");
    PrivateFiles.write(key, leaf.getPrivateKeyPEM());
    return new Pair(
        Files.writeString(folder.resolve(name + ".crt"), leaf.getCertificatePEM()), key);
  }

  private static CertificateBuilder base(String subject) {
    Instant now = Instant.now();
    return new CertificateBuilder()
        .ecp256()
        .subject(subject)
        .notBefore(now.minus(Duration.ofMinutes(5)))
        .notAfter(now.plus(LIFE));
  }

  /** Files that only their owner may read, from their first byte on. */
  static final class PrivateFiles {
    private PrivateFiles() {}

    static void write(Path file, String content) throws IOException {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, content);
    }
  }
}

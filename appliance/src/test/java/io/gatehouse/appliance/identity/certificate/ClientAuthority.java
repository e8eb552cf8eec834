package io.gatehouse.appliance.identity.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;

/** Signs certificates of clients, sound ones and others. */
public final class ClientAuthority {
  private final X509Bundle bundle;

  public ClientAuthority() {
    bundle =
        made(
            () ->
                new CertificateBuilder()
                    .ecp256()
                    .subject("CN=authority of clients")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned());
  }

  private interface Maker {
    X509Bundle make() throws Exception;
  }

  private static X509Bundle made(Maker maker) {
    try {
      return maker.make();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public X509Bundle bundle() {
    return bundle;
  }

  /** For client authentication; the rest is for the caller to say. */
  public X509Bundle signed(UnaryOperator<CertificateBuilder> what) {
    return plain(builder -> what.apply(builder.addExtendedKeyUsageClientAuth()));
  }

  public X509Bundle plain(UnaryOperator<CertificateBuilder> what) {
    return made(
        () ->
            what.apply(new CertificateBuilder().ecp256().subject("CN=somebody"))
                .buildIssuedBy(bundle));
  }

  /** By itself. */
  static X509Bundle alone(UnaryOperator<CertificateBuilder> what) {
    return made(() -> what.apply(client()).setIsCertificateAuthority(true).buildSelfSigned());
  }

  /** By a certificate that may not sign others. */
  static X509Bundle signedBy(X509Bundle leaf, UnaryOperator<CertificateBuilder> what) {
    return made(() -> what.apply(client()).buildIssuedBy(leaf));
  }

  private static CertificateBuilder client() {
    return new CertificateBuilder().ecp256().subject("CN=somebody").addExtendedKeyUsageClientAuth();
  }

  /** Writes NAME.crt and NAME.key as PEM, and NAME.pk8 as pgjdbc wants it, readable by no other. */
  public static void write(X509Bundle leaf, Path folder, String name) throws IOException {
    Files.writeString(folder.resolve(name + ".crt"), leaf.getCertificatePEM());
    privately(folder.resolve(name + ".key"), leaf.getPrivateKeyPEM().getBytes(UTF_8));
    privately(folder.resolve(name + ".pk8"), leaf.getKeyPair().getPrivate().getEncoded());
  }

  /** Drivers take no key that others may read. */
  private static void privately(Path file, byte[] key) throws IOException {
    Files.write(file, key);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}

package io.gatehouse.appliance.recorded;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Signs certificates of clients, sound ones and others. */
final class ClientAuthority {
  private final X509Bundle bundle;

  ClientAuthority() {
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

  X509Bundle bundle() {
    return bundle;
  }

  /** For client authentication; the rest is for the caller to say. */
  X509Bundle signed(UnaryOperator<CertificateBuilder> what) {
    return plain(builder -> what.apply(builder.addExtendedKeyUsageClientAuth()));
  }

  X509Bundle plain(UnaryOperator<CertificateBuilder> what) {
    return made(
        () ->
            what.apply(new CertificateBuilder().ecp256().subject("CN=somebody"))
                .buildIssuedBy(bundle));
  }

  /** Writes NAME.crt, NAME.key as PEM, and NAME.pk8 as pgjdbc wants it. */
  static void write(X509Bundle leaf, Path folder, String name) throws IOException {
    Files.writeString(folder.resolve(name + ".crt"), leaf.getCertificatePEM());
    Files.writeString(folder.resolve(name + ".key"), leaf.getPrivateKeyPEM());
    Files.write(folder.resolve(name + ".pk8"), leaf.getKeyPair().getPrivate().getEncoded());
  }
}

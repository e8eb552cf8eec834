package io.gatehouse.appliance.identity.certificate;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the holder of some other certificate might try to be who has {@link #NAME} as its URI, by
 * the name of the attack.
 */
public final class HostileCertificates {
  public static final String NAME = "spiffe://bank.example.com/ci/deploy";
  private static final Duration DAY = Duration.ofDays(1);
  private static final byte URI_CHOICE = (byte) 0x86;

  /**
   * @param reason empty where the handshake fails
   */
  public record Attack(String name, X509Bundle bundle, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final ClientAuthority authority;
  private final List<Attack> attacks = new ArrayList<>();

  public HostileCertificates(ClientAuthority authority) {
    this.authority = authority;
    unnamed();
    names();
    untrusted();
  }

  public List<Attack> attacks() {
    return List.copyOf(attacks);
  }

  private void add(String name, String reason, UnaryOperator<CertificateBuilder> what) {
    attacks.add(new Attack(name, authority.signed(what), reason));
  }

  private void unnamed() {
    add("no name", "nameless", builder -> builder);
    add("name as the common name", "nameless", builder -> builder.subject("CN=" + NAME));
    add("name as mail", "nameless", builder -> builder.addSanRfc822Name(NAME));
    add("host of the name", "nameless", builder -> builder.addSanDnsName("bank.example.com"));
    add("name in a directory name", "nameless", b -> b.addSanDirectoryName("CN=" + NAME));
    add("zero byte in the name", "nameless", b -> raw(b, NAME + "\0.evil.example"));
    add("space after the name", "nameless", b -> raw(b, NAME + " "));
    add("empty name", "nameless", b -> raw(b, ""));
    attacks.add(new Attack("the authority itself", authority.bundle(), "nameless"));
  }

  private void names() {
    URI name = URI.create(NAME);
    for (String other :
        List.of(
            "spiffe://bank.example.com/ci/deploy2",
            "spiffe://bank.example.com/ci/deplo",
            "spiffe://bank.example.com/ci/deploy/",
            "spiffe://bank.example.com//ci/deploy",
            "spiffe://bank.example.com/ci/../ci/deploy",
            "spiffe://bank.example.com/ci/%64eploy",
            "spiffe://bank.example.com/ci/Deploy",
            "SPIFFE://bank.example.com/ci/deploy",
            "spiffe://BANK.example.com/ci/deploy",
            "spiffe://bank.example.com:443/ci/deploy",
            "spiffe://bank.example.com.evil.example/ci/deploy",
            "spiffe://evil.example/ci/deploy",
            "spiffe://user@bank.example.com/ci/deploy",
            "spiffe://bank.example.com/ci/deploy?x=y",
            "spiffe://bank.example.com/ci/deploy#x",
            "spiffe://bank.example.com/ci/*")) {
      add("name " + other, "unknown-name", builder -> builder.addSanUriName(URI.create(other)));
    }
    add(
        "another name too",
        "several-names",
        builder -> builder.addSanUriName(name).addSanUriName(URI.create("spiffe://evil.example")));
    add(
        "another name first",
        "several-names",
        builder -> builder.addSanUriName(URI.create("spiffe://evil.example")).addSanUriName(name));
    add(
        "the name twice",
        "several-names",
        builder -> builder.addSanUriName(name).addSanUriName(name));
  }

  /** What these are called would be right. */
  private void untrusted() {
    UnaryOperator<CertificateBuilder> named = builder -> builder.addSanUriName(URI.create(NAME));
    Instant now = Instant.now();
    add(
        "expired",
        "",
        b -> named.apply(b).notBefore(now.minus(DAY).minus(DAY)).notAfter(now.minus(DAY)));
    add(
        "not yet valid",
        "",
        b -> named.apply(b).notBefore(now.plus(DAY)).notAfter(now.plus(DAY).plus(DAY)));
    add(
        "unknown critical extension",
        "",
        b -> named.apply(b).addExtensionUtf8String("1.2.3.4", true, "x"));
    attacks.add(
        new Attack(
            "for servers only",
            authority.plain(b -> named.apply(b).addExtendedKeyUsageServerAuth()),
            ""));
    attacks.add(
        new Attack(
            "for signing code only",
            authority.plain(b -> named.apply(b).addExtendedKeyUsageCodeSigning()),
            ""));
    attacks.add(new Attack("of another authority", new ClientAuthority().signed(named), ""));
    attacks.add(new Attack("of nobody but itself", ClientAuthority.alone(named), ""));
    attacks.add(
        new Attack(
            "signed by a client", ClientAuthority.signedBy(authority.signed(named), named), ""));
  }

  /** A name as bytes, which no builder would write. */
  private static CertificateBuilder raw(CertificateBuilder builder, String name) {
    byte[] text = name.getBytes(StandardCharsets.ISO_8859_1);
    byte[] names = new byte[4 + text.length];
    names[0] = 0x30;
    names[1] = (byte) (2 + text.length);
    names[2] = URI_CHOICE;
    names[3] = (byte) text.length;
    System.arraycopy(text, 0, names, 4, text.length);
    return builder.addExtensionOctetString("2.5.29.17", false, names);
  }
}

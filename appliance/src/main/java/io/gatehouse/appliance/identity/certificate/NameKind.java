package io.gatehouse.appliance.identity.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Where in a certificate its holder is named. */
public enum NameKind {
  /** A subject alternative name that is a URI, such as a SPIFFE id. */
  URI("uri", 6),
  /** A subject alternative name that is a DNS name. */
  DNS("dns", 2),
  /** A subject alternative name that is an address of mail. */
  EMAIL("email", 1),
  /** The common name of the subject. */
  COMMON_NAME("common-name", -1);

  private final String label;

  /** The choice in {@code GeneralName} (RFC 5280, section 4.2.1.6); negative for the subject. */
  private final int choice;

  NameKind(String label, int choice) {
    this.label = label;
    this.choice = choice;
  }

  public String label() {
    return label;
  }

  /** All names of this kind, as they are written; none where they cannot be read. */
  List<String> names(X509Certificate certificate) {
    try {
      return choice < 0
          ? commonNames(certificate.getSubjectX500Principal())
          : alternatives(certificate.getSubjectAlternativeNames());
    } catch (CertificateParsingException | NamingException unreadable) {
      return List.of();
    }
  }

  /** The JDK's collection is null where there is no extension. */
  private List<String> alternatives(@Nullable Collection<List<?>> all) {
    List<String> names = new ArrayList<>();
    if (all != null) {
      for (List<?> name : all) {
        if (name.get(0) instanceof Integer kind
            && kind == choice
            && name.get(1) instanceof String text) {
          names.add(text);
        }
      }
    }
    return names;
  }

  /** One relative name may hold several. What is no text is not a name, and counts all the same. */
  private static List<String> commonNames(X500Principal subject) throws NamingException {
    List<String> names = new ArrayList<>();
    for (Rdn part : new LdapName(subject.getName(X500Principal.RFC2253)).getRdns()) {
      var values = part.toAttributes().get("CN");
      for (int i = 0; values != null && i < values.size(); i++) {
        names.add(values.get(i) instanceof String text ? text : "");
      }
    }
    return names;
  }
}

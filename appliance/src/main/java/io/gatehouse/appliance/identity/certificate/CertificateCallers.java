package io.gatehouse.appliance.identity.certificate;

import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who comes with which certificate.
 *
 * @param kind where the name is looked for, and nowhere else
 * @param byName compared character by character
 */
public record CertificateCallers(NameKind kind, Map<String, Holder> byName) {
  public CertificateCallers {
    byName = Map.copyOf(byName);
  }

  /**
   * @param subject what rules call the caller
   * @param groups of the caller
   */
  public record Holder(String subject, Set<String> groups) {
    public Holder {
      groups = Set.copyOf(groups);
    }

    Caller caller() {
      return Caller.of(subject, groups, ProofMethod.CERTIFICATE);
    }
  }

  /**
   * A chain that the handshake has verified; a resumed one may have done so long ago, so the leaf's
   * times are looked at again.
   *
   * @param chain leaf first
   */
  public CertificateAnswer check(List<X509Certificate> chain, Instant now) {
    if (chain.isEmpty()) {
      return new CertificateAnswer.Refused("missing");
    }
    X509Certificate leaf = chain.getFirst();
    if (now.isBefore(leaf.getNotBefore().toInstant())) {
      return new CertificateAnswer.Refused("not-yet-valid");
    }
    if (now.isAfter(leaf.getNotAfter().toInstant())) {
      return new CertificateAnswer.Refused("expired");
    }
    List<String> names = kind.names(leaf);
    if (names.size() != 1) {
      return new CertificateAnswer.Refused(names.isEmpty() ? "nameless" : "several-names");
    }
    Holder holder = byName.get(names.getFirst());
    return holder == null
        ? new CertificateAnswer.Refused("unknown-name")
        : new CertificateAnswer.Accepted(holder.caller(), leaf);
  }
}

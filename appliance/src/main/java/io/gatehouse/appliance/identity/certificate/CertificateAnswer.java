package io.gatehouse.appliance.identity.certificate;

import io.gatehouse.plugin.Caller;
import java.security.cert.X509Certificate;

/** What a certificate came to. */
public sealed interface CertificateAnswer {

  record Accepted(Caller caller, X509Certificate leaf) implements CertificateAnswer {}

  /**
   * @param reason for the log and the journal
   */
  record Refused(String reason) implements CertificateAnswer {}
}

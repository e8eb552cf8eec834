package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.identity.Evidence;
import io.gatehouse.appliance.journal.record.SessionRecord;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.LoginRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** What the journal says of a session's beginning. */
final class SessionRecords {
  private SessionRecords() {}

  /**
   * @param login empty where nobody has said who it is
   */
  static SessionRecord.From from(Arrival arrival, Optional<LoginRequest> login) {
    return new SessionRecord.From(
        arrival.sessionId(),
        login.map(LoginRequest::user).orElse(""),
        String.valueOf(arrival.source()),
        arrival.listener(),
        login.map(LoginRequest::database).orElse(""));
  }

  static SessionRecord.Where where(Routes.Passage to, String account, String backend) {
    return new SessionRecord.Where(
        to.upstream().target(),
        to.protocol().name().toLowerCase(Locale.ROOT),
        account,
        to.upstream().role(),
        backend);
  }

  static SessionRecord.SessionOpened opened(
      Arrival arrival,
      LoginRequest login,
      Evidence.Proven who,
      boolean brokeGlass,
      SessionRecord.Where where) {
    return new SessionRecord.SessionOpened(
        from(arrival, Optional.of(login)),
        new SessionRecord.Who(
            who.caller().subject(),
            who.caller().groups(),
            who.caller().method().name().toLowerCase(Locale.ROOT),
            who.caller().actor().orElse(null),
            who.standing().issuer().orElse(null),
            who.standing().token().orElse(null),
            brokeGlass,
            who.caller().kind().name().toLowerCase(Locale.ROOT)),
        where,
        login.parameters().get("application_name"),
        login.tls().map(tls -> tls.version() + " " + tls.suite()).orElse(null),
        login.tls().flatMap(SessionRecords::fingerprint).orElse(null));
  }

  /** SHA-256 of the client's certificate, in hex. */
  private static Optional<String> fingerprint(LoginRequest.TlsFacts tls) {
    return tls.clientCertificates().stream()
        .findFirst()
        .map(
            leaf -> {
              try {
                MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                return HexFormat.of().formatHex(sha256.digest(leaf.getEncoded()));
              } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
                throw new IllegalStateException("a certificate that was verified has no bytes", e);
              }
            });
  }
}

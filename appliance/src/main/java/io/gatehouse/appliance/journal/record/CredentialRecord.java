package io.gatehouse.appliance.journal.record;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of credentials that the gate issued. Never what proves them. */
public sealed interface CredentialRecord extends JournalRecord {
  /**
   * Whom one is for.
   *
   * @param token the id of the token or the assertion that proved it, if it has one
   * @param method how it was proved
   */
  record To(
      String subject,
      Set<String> groups,
      @Nullable String actor,
      String issuer,
      @Nullable String token,
      String method) {}

  /**
   * @param name what it is called at logins
   * @param expires nanoseconds since 1970
   * @param source the address that asked for it
   */
  record Issued(String name, To to, long expires, String source) implements CredentialRecord {
    @Override
    public Kind kind() {
      return Kind.CREDENTIAL_ISSUED;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(name).text(to.subject()).texts(to.groups().stream().sorted().toList());
      out.text(to.actor()).text(to.issuer()).text(to.token()).number(expires).text(source);
      out.text(to.method());
    }
  }

  /** The provider says that the holder's groups are others. */
  record Refreshed(String name, String subject, Set<String> before, Set<String> groups)
      implements CredentialRecord {
    @Override
    public Kind kind() {
      return Kind.CREDENTIAL_REFRESHED;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(name).text(subject).texts(before.stream().sorted().toList());
      out.texts(groups.stream().sorted().toList());
    }
  }

  /** The provider does not vouch for the holder any more. */
  record Withdrawn(String name, String subject, String reason) implements CredentialRecord {
    @Override
    public Kind kind() {
      return Kind.CREDENTIAL_WITHDRAWN;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(name).text(subject).text(reason);
    }
  }

  /**
   * The provider says that somebody was logged out.
   *
   * @param subject its {@code sub}
   * @param session its {@code sid}
   * @param token its {@code jti}
   */
  record LoggedOut(
      String issuer,
      @Nullable String subject,
      @Nullable String session,
      String token,
      String source)
      implements CredentialRecord {
    @Override
    public Kind kind() {
      return Kind.LOGGED_OUT;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(issuer).text(subject).text(session).text(token).text(source);
    }
  }

  /** By its holder. */
  record Revoked(String name, String subject, String source) implements CredentialRecord {
    @Override
    public Kind kind() {
      return Kind.CREDENTIAL_REVOKED;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(name).text(subject).text(source);
    }
  }
}

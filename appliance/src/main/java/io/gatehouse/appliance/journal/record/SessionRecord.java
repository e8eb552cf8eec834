package io.gatehouse.appliance.journal.record;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How sessions come and go. */
public sealed interface SessionRecord extends JournalRecord {
  /** Where a connection came from and what it asked for. */
  record From(long number, String login, String source, String listener, String database) {}

  /**
   * Who it is.
   *
   * @param issuer who vouches for it; null for the users file
   * @param token the id of the token that proved it, if it has one
   * @param breakGlass whether it is by the users file, where that is for emergencies
   * @param kind person or agent
   */
  record Who(
      String subject,
      Set<String> groups,
      String method,
      @Nullable String actor,
      @Nullable String issuer,
      @Nullable String token,
      boolean breakGlass,
      String kind) {

    /** A person. */
    public Who(
        String subject,
        Set<String> groups,
        String method,
        @Nullable String actor,
        @Nullable String issuer,
        @Nullable String token,
        boolean breakGlass) {
      this(subject, groups, method, actor, issuer, token, breakGlass, "person");
    }
  }

  /**
   * Where it goes.
   *
   * @param protocol what the target speaks
   * @param account the held credential's name there
   * @param backend what the server calls the session
   */
  record Where(
      String target, String protocol, String account, @Nullable String role, String backend) {}

  /**
   * @param software what the client says it is
   * @param tls version and cipher; null for plain TCP
   * @param certificate SHA-256 of the client's, null if it had none
   */
  record SessionOpened(
      From from,
      Who who,
      Where where,
      @Nullable String software,
      @Nullable String tls,
      @Nullable String certificate)
      implements SessionRecord {
    @Override
    public Kind kind() {
      return Kind.SESSION_OPENED;
    }

    @Override
    public void fields(CborWriter out) {
      out.number(from.number()).text(who.subject()).texts(who.groups().stream().sorted().toList());
      out.text(who.method()).text(who.actor()).text(from.login()).text(from.source());
      out.text(from.listener()).text(where.target()).text(from.database()).text(where.account());
      out.text(where.role()).text(software).text(tls).text(certificate).text(where.backend());
      out.text(who.issuer()).text(who.token()).flag(who.breakGlass()).text(who.kind());
      out.text(where.protocol());
    }
  }

  record LoginRefused(From from, String reason) implements SessionRecord {
    @Override
    public Kind kind() {
      return Kind.LOGIN_REFUSED;
    }

    @Override
    public void fields(CborWriter out) {
      out.number(from.number()).text(from.login()).text(from.source()).text(from.listener());
      out.text(from.database()).text(reason);
    }
  }

  /**
   * What verdicts of a session depended on beside text and policy, whenever it changed.
   *
   * @param catalog its version
   */
  record DecisionInputs(
      long catalog, List<String> searchPath, String role, String transaction, String encoding)
      implements SessionRecord {
    @Override
    public Kind kind() {
      return Kind.DECISION_INPUTS;
    }

    @Override
    public void fields(CborWriter out) {
      out.number(catalog).texts(searchPath).text(role).text(transaction).text(encoding);
    }
  }

  record SessionClosed(String reason, long commands, long refused, long nanos)
      implements SessionRecord {
    @Override
    public Kind kind() {
      return Kind.SESSION_CLOSED;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(reason).number(commands).number(refused).number(nanos);
    }
  }
}

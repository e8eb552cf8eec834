package io.gatehouse.appliance;

import io.gatehouse.appliance.config.TargetConfig;
import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.appliance.journal.record.ControlRecord;
import io.gatehouse.appliance.journal.record.ControlRecord.Entitlement;
import io.gatehouse.appliance.pin.PinBook;
import io.gatehouse.appliance.policy.LoadedPolicy;
import io.gatehouse.appliance.session.SessionWatch;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts on record what is in force from now on. Called by threads that may wait. */
final class Changes {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

  private static final String SIGNAL = "SIGHUP";

  /** Of one record, which has to be shorter than 1 MiB. */
  private static final int ENTRIES = 1_000;

  private final Journal journal;
  private final List<TargetConfig> targets;

  Changes(Journal journal, List<TargetConfig> targets) {
    this.journal = journal;
    this.targets = targets;
  }

  /** At the start. */
  void begun(Materials now) throws IOException {
    entitlements(now);
  }

  /** Before it is in force: what cannot be put on record does not change. */
  void changed(Materials before, Materials after) throws IOException {
    change("users", users(before), users(after), SIGNAL);
    change("policy", policy(before), policy(after), author(after));
    TreeSet<String> listeners = new TreeSet<>(before.identities().keySet());
    listeners.addAll(after.identities().keySet());
    for (String listener : listeners) {
      change(
          "certificate of " + listener,
          certificate(before, listener),
          certificate(after, listener),
          SIGNAL);
    }
    if (!users(before).equals(users(after)) || !policy(before).equals(policy(after))) {
      entitlements(after);
    }
    journal.record(new ControlRecord.Administration(SIGNAL, "signal", "reload", "done"));
  }

  void refused(String why) throws IOException {
    journal.record(new ControlRecord.Administration(SIGNAL, "signal", "reload", "refused: " + why));
  }

  /**
   * A revocation was acted on. It has taken effect already, so that nothing waits for its record.
   */
  static void revoked(Journal journal, SessionWatch.Acted acted) {
    String action =
        switch (acted.revocation()) {
          case Revocation.OfCaller caller -> "revoke caller " + caller.name();
          case Revocation.OfCredential credential -> "revoke credential " + credential.name();
          case Revocation.OfSession session -> "kill session " + session.session();
          case Revocation.OfSignOn login ->
              "log out session " + login.session() + " of " + login.issuer();
          case Revocation.OfProviderSubject subject ->
              "log out subject " + subject.subject() + " of " + subject.issuer();
          case Revocation.OfGroups groups -> "new groups of credential " + groups.credential();
          case Revocation.OfToken token -> "revoke token " + token.id() + " of " + token.issuer();
        };
    try {
      journal.record(
          new ControlRecord.Administration(
              "unknown", "control store", action, acted.sessions() + " sessions ended"));
    } catch (IOException e) {
      LOG.atError().addKeyValue("reason", e.getMessage()).log("not on record");
    }
  }

  /** Somebody accepted or forgot a definition; as with {@link #revoked}. */
  static void ruled(Journal journal, PinBook.Ruling ruling) {
    String action = (ruling.after().isEmpty() ? "forget " : "accept ") + ruling.what();
    try {
      journal.record(
          new ControlRecord.Administration(
              ruling.by(),
              "control store",
              action,
              ruling.after().isEmpty() ? "done" : "counts now: " + ruling.after()));
    } catch (IOException e) {
      LOG.atError().addKeyValue("reason", e.getMessage()).log("not on record");
    }
  }

  private void change(String what, String before, String after, String actor) throws IOException {
    if (!before.equals(after)) {
      journal.record(new ControlRecord.Changed(what, before, after, actor, null, null));
    }
  }

  private static String policy(Materials of) {
    return of.policy().map(one -> one.policy().digest()).orElse("");
  }

  private static String author(Materials of) {
    return of.policy().map(LoadedPolicy::author).orElse("unknown");
  }

  /** Over names, groups and verifiers: tells a change, and nothing of a password. */
  private static String users(Materials of) {
    MessageDigest digest = sha256();
    of.users().all().stream()
        .sorted(Comparator.comparing(User::name))
        .forEach(
            user ->
                digest.update(
                    (user.name()
                            + "\n"
                            + new TreeSet<>(user.groups())
                            + "\n"
                            + user.verifier().encoded()
                            + "\n")
                        .getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String certificate(Materials of, String listener) {
    var identity = of.identities().get(listener);
    try {
      return identity == null
          ? ""
          : HexFormat.of().formatHex(sha256().digest(identity.certificate().getEncoded()));
    } catch (CertificateEncodingException e) {
      return "unreadable";
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void entitlements(Materials now) throws IOException {
    List<Entitlement> entries = new ArrayList<>();
    now.policy()
        .ifPresent(
            loaded ->
                now.users().all().stream()
                    .sorted(Comparator.comparing(User::name))
                    .forEach(user -> entitlements(user, loaded, entries)));
    for (int from = 0; from == 0 || from < entries.size(); from += ENTRIES) {
      int until = Math.min(entries.size(), from + ENTRIES);
      journal.record(new ControlRecord.Entitlements(policy(now), entries.subList(from, until)));
    }
  }

  private void entitlements(User user, LoadedPolicy loaded, List<Entitlement> entries) {
    Caller caller = Caller.of(user.name(), user.groups(), ProofMethod.LOCAL_PASSWORD);
    for (TargetConfig target : targets) {
      loaded
          .policy()
          .openings(caller, new Target(target.name(), target.protocol()))
          .forEach(
              opening ->
                  entries.add(
                      new Entitlement(
                          user.name(),
                          user.groups().stream().sorted().toList(),
                          target.name(),
                          opening.operation(),
                          opening.rule())));
    }
  }
}

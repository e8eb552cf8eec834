package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.Elements.ASSERTION;
import static io.gatehouse.appliance.identity.saml.Elements.SIGNATURE;
import static io.gatehouse.appliance.identity.saml.Elements.qualified;
import static io.gatehouse.appliance.identity.saml.RefusedResponseException.unless;

import io.gatehouse.appliance.control.SignOn;
import io.gatehouse.appliance.identity.token.ClaimedNames;
import io.gatehouse.appliance.identity.token.TokenIdentity;
import io.gatehouse.plugin.CallerKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/**
 * Who logged in, if a response is sound. Thread-safe; takes milliseconds of its caller's, so never
 * on an event loop.
 */
public final class ResponseCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseCheck.class);
  private static final int MOST_SEEN = 65_536;
  private static final String ENTITY = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";

  private static final Set<String> PARTS =
      Set.of(
          qualified(ASSERTION, "Issuer"),
          qualified(SIGNATURE, "Signature"),
          qualified(ASSERTION, "Subject"),
          qualified(ASSERTION, "Conditions"),
          qualified(ASSERTION, "AuthnStatement"),
          qualified(ASSERTION, "AttributeStatement"));

  private static final Set<String> SUBJECT_PARTS =
      Set.of(qualified(ASSERTION, "NameID"), qualified(ASSERTION, "SubjectConfirmation"));

  private final SamlRules rules;
  private final Signatures signatures;
  private final OpenRequests requests;
  private final SeenAssertions seen;
  private final InstantSource clock;

  public ResponseCheck(SamlRules rules, OpenRequests requests, InstantSource clock) {
    this(rules, requests, clock, MOST_SEEN);
  }

  ResponseCheck(SamlRules rules, OpenRequests requests, InstantSource clock, int mostSeen) {
    this.rules = rules;
    this.requests = requests;
    this.clock = clock;
    this.signatures = new Signatures(rules.keys());
    this.seen = new SeenAssertions(mostSeen);
  }

  /**
   * @param form what a browser posted
   */
  public SamlAnswer check(byte[] form) {
    try {
      return accepted(Envelope.open(ResponseForm.read(form), signatures));
    } catch (RefusedResponseException e) {
      return new SamlAnswer.Refused(e.reason());
    } catch (RuntimeException | StackOverflowError e) {
      return unexpected(e);
    }
  }

  /** Without its message and its causes', which may quote the response. */
  private static SamlAnswer unexpected(Throwable e) {
    LOG.atError()
        .addKeyValue("exception", e.getClass().getName())
        .addKeyValue("at", e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0])
        .log("the check of a response failed unexpectedly");
    return new SamlAnswer.Refused(SamlRefusal.FAILED);
  }

  private SamlAnswer accepted(Envelope envelope) throws RefusedResponseException {
    SamlTimes times = new SamlTimes(clock.instant(), rules.skew());
    Element assertion = envelope.assertion();
    Elements.requireOnly(assertion, PARTS);
    requireIssuers(envelope);
    requireDestination(envelope);
    Element subject =
        Elements.atMostOne(assertion, ASSERTION, "Subject")
            .orElseThrow(() -> new RefusedResponseException(SamlRefusal.SUBJECT_MISSING));
    Elements.requireOnly(subject, SUBJECT_PARTS);
    Confirmation confirmation = Confirmation.read(subject);
    OpenRequests.Open request = request(envelope, confirmation);
    Instant end = confirmation.require(rules, times);
    Conditions.require(assertion, rules, times);
    Instant issued = issued(envelope, request, times);
    Optional<Instant> sessionEnd = sessionEnd(assertion, times);
    AssertedNames names = new AssertedNames(assertion, subject, rules);
    String id = Elements.attribute(assertion, "ID").orElseThrow();
    TokenIdentity identity =
        new TokenIdentity(
            names.name(),
            names.groups(),
            List.of(),
            rules.provider(),
            Optional.empty(),
            Optional.of(id).filter(ClaimedNames::acceptable),
            Optional.of(issued),
            end,
            CallerKind.PERSON,
            SignOn.UNKNOWN);
    useUp(confirmation.request(), id, end.plus(rules.skew()), times.now());
    return new SamlAnswer.Accepted(identity, sessionEnd, request.waiting());
  }

  private void requireIssuers(Envelope envelope) throws RefusedResponseException {
    Optional<Element> own = Elements.atMostOne(envelope.assertion(), ASSERTION, "Issuer");
    unless(own.isPresent() && provider(own.get()), SamlRefusal.ISSUER);
    Optional<Element> outer = Elements.atMostOne(envelope.root(), ASSERTION, "Issuer");
    unless(outer.isEmpty() || provider(outer.get()), SamlRefusal.ISSUER);
  }

  private boolean provider(Element issuer) throws RefusedResponseException {
    return Elements.attribute(issuer, "Format").orElse(ENTITY).equals(ENTITY)
        && Elements.text(issuer).equals(rules.provider());
  }

  /** SAML bindings, section 3.5.5.2: what is signed says where it goes. */
  private void requireDestination(Envelope envelope) throws RefusedResponseException {
    Optional<String> destination = Elements.attribute(envelope.root(), "Destination");
    boolean sound =
        destination.isPresent()
            ? destination.get().equals(rules.consumer().toString())
            : !envelope.signed();
    unless(sound, SamlRefusal.DESTINATION);
  }

  private OpenRequests.Open request(Envelope envelope, Confirmation confirmation)
      throws RefusedResponseException {
    String named =
        Elements.attribute(envelope.root(), "InResponseTo")
            .orElseThrow(() -> new RefusedResponseException(SamlRefusal.UNSOLICITED));
    unless(named.equals(confirmation.request()), SamlRefusal.REQUEST_DIFFERS);
    return requests
        .find(named)
        .orElseThrow(() -> new RefusedResponseException(SamlRefusal.REQUEST_UNKNOWN));
  }

  private static Instant issued(Envelope envelope, OpenRequests.Open request, SamlTimes times)
      throws RefusedResponseException {
    Instant answered = SamlTimes.require(envelope.root(), "IssueInstant");
    Instant issued = SamlTimes.require(envelope.assertion(), "IssueInstant");
    unless(!times.future(issued) && !times.future(answered), SamlRefusal.ISSUED_LATER);
    unless(!issued.plus(times.skew()).isBefore(request.asked()), SamlRefusal.ISSUED_BEFORE_REQUEST);
    return issued;
  }

  /** The first end, where several are said. */
  private static Optional<Instant> sessionEnd(Element assertion, SamlTimes times)
      throws RefusedResponseException {
    List<Element> statements = Elements.children(assertion, ASSERTION, "AuthnStatement");
    unless(!statements.isEmpty(), SamlRefusal.STATEMENT_MISSING);
    Optional<Instant> first = Optional.empty();
    for (Element statement : statements) {
      unless(!times.future(SamlTimes.require(statement, "AuthnInstant")), SamlRefusal.ISSUED_LATER);
      Optional<Instant> end = SamlTimes.find(statement, "SessionNotOnOrAfter");
      unless(end.filter(over -> !times.now().isBefore(over)).isEmpty(), SamlRefusal.SESSION_OVER);
      if (first.isEmpty() || end.filter(first.get()::isAfter).isPresent()) {
        first = end;
      }
    }
    return first;
  }

  private void useUp(String request, String id, Instant until, Instant now)
      throws RefusedResponseException {
    seen.remember(id, until, now);
    unless(requests.take(request), SamlRefusal.REPLAYED);
  }
}

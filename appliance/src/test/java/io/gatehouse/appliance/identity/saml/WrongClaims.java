package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.Attack.changed;
import static io.gatehouse.appliance.identity.saml.Attack.response;
import static io.gatehouse.appliance.identity.saml.Attack.said;

import java.util.List;
import java.util.stream.Stream;

/** What the provider really signed, but not for this gate, this login or this moment. */
final class WrongClaims {
  private static final String END = "2026-03-01T12:05:00Z";
  private static final String METHOD = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
  private static final String FORMAT = "nameid-format:persistent";
  private static final String CONDITIONS = "<saml:AudienceRestriction>";
  private static final String GROUP = "analysts</saml:AttributeValue>";

  private WrongClaims() {}

  static Stream<Attack> all() {
    return Stream.of(
            places(), issuers(), requests(), confirmations(), times(), conditions(), names())
        .flatMap(List::stream);
  }

  private static List<Attack> places() {
    String evil = "https://evil.example";
    return List.of(
        said(
            "for another audience",
            SamlRefusal.AUDIENCE,
            "Audience>" + SamlScene.OWN,
            "Audience>" + evil),
        said(
            "for an audience that begins like ours",
            SamlRefusal.AUDIENCE,
            "Audience>" + SamlScene.OWN,
            "Audience>" + SamlScene.OWN + "x"),
        said(
            "for nobody",
            SamlRefusal.AUDIENCE,
            draft -> draft.replaceAll("<saml:Audience>.*</saml:Audience>", "")),
        said(
            "for us, and only for others",
            SamlRefusal.AUDIENCE,
            "</saml:AudienceRestriction>",
            "</saml:AudienceRestriction><saml:AudienceRestriction><saml:Audience>"
                + evil
                + "</saml:Audience></saml:AudienceRestriction>"),
        said(
            "for another recipient",
            SamlRefusal.RECIPIENT,
            "Recipient=\"" + SamlScene.CONSUMER,
            "Recipient=\"" + evil),
        said(
            "for no recipient",
            SamlRefusal.RECIPIENT,
            "Recipient=\"" + SamlScene.CONSUMER + "\"",
            ""),
        said(
            "for another destination",
            SamlRefusal.DESTINATION,
            "Destination=\"" + SamlScene.CONSUMER,
            "Destination=\"" + evil),
        response(
            "for no destination, in a response that is signed",
            SamlRefusal.DESTINATION,
            scene ->
                SamlScene.signedWhole(
                    scene.draft().replace("Destination=\"" + SamlScene.CONSUMER + "\"", ""),
                    Signing.by(SamlScene.KEYS.getPrivate()))));
  }

  private static List<Attack> issuers() {
    String evil = "https://evil.example";
    return List.of(
        said(
            "assertion of another issuer",
            SamlRefusal.ISSUER,
            "Version=\"2.0\" IssueInstant=\"2026-03-01T12:00:00Z\"><saml:Issuer>" + SamlScene.IDP,
            "Version=\"2.0\" IssueInstant=\"2026-03-01T12:00:00Z\"><saml:Issuer>" + evil),
        said(
            "response of another issuer",
            SamlRefusal.ISSUER,
            draft -> draft.replaceFirst("Issuer>" + SamlScene.IDP, "Issuer>" + evil)),
        said(
            "issuer with a blank behind it",
            SamlRefusal.ISSUER,
            SamlScene.IDP + "</saml:Issuer><saml:Subject>",
            SamlScene.IDP + " </saml:Issuer><saml:Subject>"),
        said(
            "issuer that is a name of another kind",
            SamlRefusal.ISSUER,
            draft ->
                draft.replaceFirst(
                    "<saml:Issuer>",
                    "<saml:Issuer"
                        + " Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\">")));
  }

  private static List<Attack> requests() {
    return List.of(
        response(
            "begun by the provider",
            SamlRefusal.UNSOLICITED,
            scene ->
                scene.signed(
                    draft -> draft.replace("InResponseTo=\"" + scene.request() + "\"", ""))),
        response(
            "response without a request, assertion with one",
            SamlRefusal.UNSOLICITED,
            scene ->
                scene.signed(
                    draft -> draft.replaceFirst("InResponseTo=\"" + scene.request() + "\"", ""))),
        response(
            "answer to a request of nobody",
            SamlRefusal.REQUEST_UNKNOWN,
            scene -> scene.signed(draft -> draft.replace(scene.request(), "_0"))),
        response(
            "answer to two requests",
            SamlRefusal.REQUEST_DIFFERS,
            scene -> {
              String other = scene.requests().add(SamlScene.WAITING, "192.0.2.8").orElseThrow();
              return scene.signed(draft -> draft.replaceFirst(scene.request(), other));
            }),
        response(
            "assertion of an earlier login in a response to this one",
            SamlRefusal.REQUEST_DIFFERS,
            scene -> {
              String other = scene.requests().add(SamlScene.WAITING, "192.0.2.8").orElseThrow();
              return scene.signed().replaceFirst(scene.request(), other);
            }));
  }

  private static List<Attack> confirmations() {
    String confirmation = "<saml:SubjectConfirmation Method=\"" + METHOD + "\"/></saml:Subject>";
    return List.of(
        said(
            "no confirmation",
            SamlRefusal.CONFIRMATION,
            draft ->
                draft.replaceAll("<saml:SubjectConfirmation .*</saml:SubjectConfirmation>", "")),
        said(
            "holder of key",
            SamlRefusal.CONFIRMATION,
            METHOD,
            "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"),
        said(
            "sender vouches",
            SamlRefusal.CONFIRMATION,
            METHOD,
            "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"),
        said(
            "confirmation without data",
            SamlRefusal.CONFIRMATION,
            draft -> draft.replaceAll("<saml:SubjectConfirmationData[^>]*/>", "")),
        said("two confirmations", SamlRefusal.CONFIRMATION, "</saml:Subject>", confirmation),
        said(
            "confirmation that begins later",
            SamlRefusal.CONFIRMATION,
            "Recipient=",
            "NotBefore=\"2026-03-01T11:00:00Z\" Recipient="),
        said(
            "confirmation without an end",
            SamlRefusal.TIME_INVALID,
            draft -> draft.replaceFirst("NotOnOrAfter=\"" + END + "\"", "")),
        said(
            "no statement of a login",
            SamlRefusal.STATEMENT_MISSING,
            draft -> draft.replaceAll("<saml:AuthnStatement.*</saml:AuthnStatement>", "")),
        said(
            "statement of a decision",
            SamlRefusal.STRUCTURE,
            "<saml:AttributeStatement>",
            "<saml:AuthzDecisionStatement/><saml:AttributeStatement>"));
  }

  private static List<Attack> times() {
    return List.of(
        said(
            "confirmation expired",
            SamlRefusal.EXPIRED,
            draft -> draft.replaceFirst(END, "2026-03-01T11:59:30Z")),
        said(
            "conditions expired",
            SamlRefusal.EXPIRED,
            END + "\"><saml:AudienceRestriction",
            "2026-03-01T11:59:30Z\"><saml:AudienceRestriction"),
        said(
            "not valid yet",
            SamlRefusal.NOT_YET_VALID,
            "NotBefore=\"2026-03-01T11:59:00Z\"",
            "NotBefore=\"2026-03-01T12:00:31Z\""),
        said(
            "valid from its end on",
            SamlRefusal.TIME_INVALID,
            "NotBefore=\"2026-03-01T11:59:00Z\"",
            "NotBefore=\"" + END + "\""),
        said(
            "issued in the future",
            SamlRefusal.ISSUED_LATER,
            "IssueInstant=\"2026-03-01T12:00:00Z\"",
            "IssueInstant=\"2026-03-01T12:00:31Z\""),
        said(
            "issued before it was asked for",
            SamlRefusal.ISSUED_BEFORE_REQUEST,
            "IssueInstant=\"2026-03-01T12:00:00Z\"",
            "IssueInstant=\"2026-03-01T11:59:29Z\""),
        said(
            "login in the future",
            SamlRefusal.ISSUED_LATER,
            "AuthnInstant=\"2026-03-01T11:59:30Z\"",
            "AuthnInstant=\"2026-03-01T12:30:00Z\""),
        said(
            "session over",
            SamlRefusal.SESSION_OVER,
            "2026-03-01T20:00:00Z",
            "2026-03-01T12:00:00Z"));
  }

  private static List<Attack> conditions() {
    return List.of(
        said(
            "time of another zone",
            SamlRefusal.TIME_INVALID,
            "2026-03-01T20:00:00Z",
            "2026-03-01T20:00:00+01:00"),
        said(
            "time without a zone",
            SamlRefusal.TIME_INVALID,
            "2026-03-01T20:00:00Z",
            "2026-03-01T20:00:00"),
        said(
            "thirteenth month",
            SamlRefusal.TIME_INVALID,
            "2026-03-01T20:00:00Z",
            "2026-13-01T20:00:00Z"),
        said(
            "no conditions",
            SamlRefusal.CONDITIONS_MISSING,
            draft -> draft.replaceAll("<saml:Conditions.*</saml:Conditions>", "")),
        said(
            "condition that nobody knows",
            SamlRefusal.CONDITION_UNKNOWN,
            CONDITIONS,
            "<evil:Condition xmlns:evil=\"urn:evil\"/>" + CONDITIONS),
        said(
            "condition of a type that nobody knows",
            SamlRefusal.CONDITION_UNKNOWN,
            CONDITIONS,
            "<saml:Condition/>" + CONDITIONS));
  }

  private static List<Attack> names() {
    return List.of(
        said(
            "no subject",
            SamlRefusal.SUBJECT_MISSING,
            draft -> draft.replaceAll("<saml:Subject>.*</saml:Subject>", "")),
        said(
            "no name",
            SamlRefusal.SUBJECT_MISSING,
            draft -> draft.replaceAll("<saml:NameID.*</saml:NameID>", "")),
        said(
            "two names",
            SamlRefusal.STRUCTURE,
            "<saml:NameID ",
            "<saml:NameID>mallory</saml:NameID><saml:NameID "),
        said("empty name", SamlRefusal.SUBJECT_INVALID, ">erika<", "><"),
        said("name with a line end", SamlRefusal.SUBJECT_INVALID, ">erika<", ">erika&#10;<"),
        said("name with a space before it", SamlRefusal.SUBJECT_INVALID, ">erika<", "> erika<"),
        said(
            "name that is written from right to left",
            SamlRefusal.SUBJECT_INVALID,
            ">erika<",
            ">\u202eakire<"),
        said(
            "name in a name",
            SamlRefusal.STRUCTURE,
            ">erika<",
            ">erika<saml:NameID>mallory</saml:NameID><"),
        said(
            "name of the moment", SamlRefusal.SUBJECT_TRANSIENT, FORMAT, "nameid-format:transient"),
        said(
            "name among those of another gate",
            SamlRefusal.SUBJECT_INVALID,
            "<saml:NameID ",
            "<saml:NameID SPNameQualifier=\"https://other.example\" "),
        said(
            "name among those of another provider",
            SamlRefusal.SUBJECT_INVALID,
            "<saml:NameID ",
            "<saml:NameID NameQualifier=\"https://other.example\" "),
        said("empty group", SamlRefusal.GROUPS_INVALID, GROUP, "</saml:AttributeValue>"),
        said("group with a quote", SamlRefusal.GROUPS_INVALID, GROUP, "\"dba" + GROUP),
        said(
            "group in a group",
            SamlRefusal.STRUCTURE,
            GROUP,
            "<saml:AttributeValue>dba</saml:AttributeValue>" + GROUP),
        said(
            "too many groups",
            SamlRefusal.GROUPS_INVALID,
            GROUP,
            GROUP + "<saml:AttributeValue>g</saml:AttributeValue>".repeat(1_000)),
        said("login that failed", SamlRefusal.STATUS, "status:Success", "status:Requester"),
        changed(
            "login that failed, told by somebody",
            SamlRefusal.STATUS,
            "status:Success",
            "status:Requester"));
  }
}

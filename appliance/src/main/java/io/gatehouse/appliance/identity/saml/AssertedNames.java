package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.Elements.ASSERTION;
import static io.gatehouse.appliance.identity.saml.Elements.qualified;
import static io.gatehouse.appliance.identity.saml.RefusedResponseException.unless;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/** Who an assertion is about, and in which groups. */
record AssertedNames(Element assertion, Element subject, SamlRules rules) {
  private static final String TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
  private static final int MOST_GROUPS = 1_000;
  private static final Set<String> ATTRIBUTE = Set.of(qualified(ASSERTION, "Attribute"));
  private static final Set<String> VALUE = Set.of(qualified(ASSERTION, "AttributeValue"));

  String name() throws RefusedResponseException {
    Optional<String> attribute = rules.names().subject();
    String theirs = attribute.isPresent() ? only(values(attribute.get())) : nameId();
    return rules
        .names()
        .name(theirs)
        .orElseThrow(() -> new RefusedResponseException(SamlRefusal.SUBJECT_INVALID));
  }

  private static String only(List<String> values) throws RefusedResponseException {
    unless(!values.isEmpty(), SamlRefusal.SUBJECT_MISSING);
    unless(values.size() == 1, SamlRefusal.SUBJECT_INVALID);
    return values.getFirst();
  }

  private String nameId() throws RefusedResponseException {
    Element id =
        Elements.atMostOne(subject, ASSERTION, "NameID")
            .orElseThrow(() -> new RefusedResponseException(SamlRefusal.SUBJECT_MISSING));
    unless(
        !Elements.attribute(id, "Format").equals(Optional.of(TRANSIENT)),
        SamlRefusal.SUBJECT_TRANSIENT);
    // SAML core, section 8.3.7: a name is one among those of its qualifiers.
    boolean ours =
        Elements.attribute(id, "NameQualifier").filter(other(rules.provider())).isEmpty()
            && Elements.attribute(id, "SPNameQualifier").filter(other(rules.own())).isEmpty();
    unless(ours, SamlRefusal.SUBJECT_INVALID);
    return Elements.text(id);
  }

  private static java.util.function.Predicate<String> other(String expected) {
    return found -> !found.equals(expected);
  }

  Set<String> groups() throws RefusedResponseException {
    Optional<String> attribute = rules.names().groups();
    if (attribute.isEmpty()) {
      return Set.of();
    }
    List<String> theirs = values(attribute.get());
    unless(theirs.size() <= MOST_GROUPS, SamlRefusal.GROUPS_INVALID);
    Set<String> groups = new HashSet<>();
    for (String one : theirs) {
      String name =
          rules
              .names()
              .name(one)
              .orElseThrow(() -> new RefusedResponseException(SamlRefusal.GROUPS_INVALID));
      if (rules.names().groupNames().isEmpty()) {
        groups.add(name);
      } else {
        Optional.ofNullable(rules.names().groupNames().get(one)).ifPresent(groups::add);
      }
    }
    return groups;
  }

  /** Of all attributes of that name: some providers make one for each value. */
  private List<String> values(String name) throws RefusedResponseException {
    List<String> values = new ArrayList<>();
    for (Element statement : Elements.children(assertion, ASSERTION, "AttributeStatement")) {
      Elements.requireOnly(statement, ATTRIBUTE);
      for (Element attribute : Elements.children(statement)) {
        if (Elements.attribute(attribute, "Name").equals(Optional.of(name))) {
          Elements.requireOnly(attribute, VALUE);
          for (Element value : Elements.children(attribute)) {
            values.add(Elements.text(value));
          }
        }
      }
    }
    return values;
  }
}

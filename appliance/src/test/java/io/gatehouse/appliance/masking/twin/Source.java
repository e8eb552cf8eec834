package io.gatehouse.appliance.masking.twin;

import io.gatehouse.appliance.masking.twin.BankTables.Link;
import io.gatehouse.appliance.masking.twin.Relation.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What stands after FROM: one relation, or several that are joined. No two rows agree in the keys
 * of all of them, so that there is one order by keys only.
 */
final class Source {
  /** A relation under an alias. */
  record Part(String alias, Relation relation) {}

  private final Draft draft;
  private final List<Part> parts = new ArrayList<>();
  private String text;

  private Source(Draft draft, Relation first) {
    this.draft = draft;
    Part part = new Part(draft.alias(), first);
    parts.add(part);
    text = first.sql() + " AS " + part.alias();
  }

  static Source of(Draft draft, Relation relation) {
    return new Source(draft, relation);
  }

  /** One or two, seldom three. */
  static Source any(Draft draft) {
    Source source = new Source(draft, draft.relation());
    if (draft.chance(40)) {
      source.join();
    }
    if (draft.chance(10)) {
      source.join();
    }
    return source;
  }

  /** Adds a relation that is linked to one that is there, if there is any. */
  private void join() {
    Part left = draft.one(parts);
    List<Link> links =
        BankTables.LINKS.stream()
            .filter(
                link -> link.many().equals(left.relation()) || link.one().equals(left.relation()))
            .toList();
    if (links.isEmpty()) {
      return;
    }
    Link link = draft.one(links);
    boolean up = link.many().equals(left.relation());
    Part right = new Part(draft.alias(), up ? link.one() : link.many());
    Part many = up ? left : right;
    Part one = up ? right : left;
    add(
        right,
        "%s.%s = %s.%s".formatted(many.alias(), link.column(), one.alias(), one.relation().key()));
  }

  /** Adds a relation of the statement's own by its key. */
  Source joined(Relation relation) {
    Part right = new Part(draft.alias(), relation);
    Part left = parts.getFirst();
    add(
        right,
        "%s.%s = %s.%s"
            .formatted(right.alias(), relation.key(), left.alias(), left.relation().key()));
    return this;
  }

  private void add(Part right, String on) {
    draft.uses(Construct.JOIN);
    if (right.relation().view()) {
      draft.uses(Construct.VIEW);
    }
    String outer = draft.chance(25) ? " LEFT JOIN " : " JOIN ";
    text += outer + right.relation().sql() + " AS " + right.alias() + " ON " + on;
    parts.add(right);
    if (draft.mayTouch() && draft.chance(12)) {
      text += " AND " + condition();
    }
  }

  Part first() {
    return parts.getFirst();
  }

  String from() {
    return " FROM " + text;
  }

  String keys() {
    return parts.stream()
        .map(part -> part.alias() + "." + part.relation().key())
        .collect(Collectors.joining(", "));
  }

  /** Any column of any part, or something made of it. */
  String scalar() {
    Part part = part();
    return draft.scalar(part.alias(), draft.column(part.relation()));
  }

  String condition() {
    Part part = part();
    return draft.condition(part.alias(), draft.column(part.relation()));
  }

  /** A column as it is. */
  String plain(Predicate<Kind> fit) {
    Part part = part();
    Column column = draft.column(part.relation(), fit);
    return draft.reference(part.alias(), column);
  }

  Part part() {
    List<Part> secret = parts.stream().filter(part -> part.relation().secret()).toList();
    return draft.mayTouch() && !secret.isEmpty() && draft.chance(70)
        ? draft.one(secret)
        : draft.one(parts);
  }
}

package io.gatehouse.appliance.sql;

import io.gatehouse.appliance.catalog.QualifiedName;
import java.util.Set;

/** What a statement leaves behind in its session or its target, beside its result. */
public sealed interface Consequence {

  /** The search path may be another after it. */
  record MovesNames() implements Consequence {}

  /** Objects of the session itself come or go: temporary tables and what else is there. */
  record MovesObjects() implements Consequence {}

  /**
   * Temporary tables come that the server does not list: from now on their names may stand for
   * them.
   */
  record MakesTemporary(Set<QualifiedName> names) implements Consequence {
    public MakesTemporary {
      names = Set.copyOf(names);
    }
  }

  /**
   * The session is as a fresh one: nothing of its own is left, and its settings are the login's.
   */
  record BeginsAnew() implements Consequence {}

  /**
   * Code ran that nobody read: names may have moved, and prepared statements and cursors may be
   * others than before.
   */
  record RunsCode() implements Consequence {}

  /** What was set for the transaction alone is undone. */
  record EndsTransaction() implements Consequence {}

  /**
   * Objects of the target change.
   *
   * @param touched their names, schema and name; empty if it cannot be told which
   * @param made whether all of them are relations that did not exist before
   */
  record Defines(Set<QualifiedName> touched, boolean made) implements Consequence {
    public Defines {
      touched = Set.copyOf(touched);
    }
  }

  /**
   * A name stands for a text from now on.
   *
   * @param from where the text starts in the statement's own, in characters
   * @param to where it ends
   */
  record Prepares(String name, int from, int to) implements Consequence {}

  /** A name stands for a query that has begun. */
  record Declares(String name) implements Consequence {}

  /** A cursor or portal is gone; an empty name means all. */
  record Closes(String name) implements Consequence {}

  /** A prepared statement is gone; an empty name means all. */
  record Deallocates(String name) implements Consequence {}

  /** It runs the text behind a name; nothing else of it was read. */
  record RunsPrepared(String name) implements Consequence {}

  /** It reads on from the query behind a name. */
  record Fetches(String name) implements Consequence {}

  Consequence MOVES_NAMES = new MovesNames();
  Consequence MOVES_OBJECTS = new MovesObjects();
  Consequence BEGINS_ANEW = new BeginsAnew();
  Consequence RUNS_CODE = new RunsCode();
  Consequence ENDS_TRANSACTION = new EndsTransaction();
}

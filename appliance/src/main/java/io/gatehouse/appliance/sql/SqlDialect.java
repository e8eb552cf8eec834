package io.gatehouse.appliance.sql;

import io.gatehouse.appliance.catalog.Catalog;
import java.util.List;
import java.util.Optional;

/** How one kind of server reads SQL. Stateless and thread-safe. */
public interface SqlDialect {

  /**
   * Reads a whole text. Never fails: what cannot be read, or throws, is not understood.
   *
   * @return its statements in order; one that is not understood stands for all of a text that has
   *     no statements to tell apart
   */
  List<Analysed> analyse(String text, Scene scene);

  /** How a session's own server is asked what names mean; empty if no text depends on them. */
  default Optional<NamesQuestion> namesQuestion() {
    return Optional.empty();
  }

  /** The setting by which the server tells how a session's texts are encoded. */
  default String encodingSetting() {
    return "client_encoding";
  }

  /**
   * Why texts in this encoding cannot be read; empty if they can. They are decoded as UTF-8.
   *
   * @param encoding as the server told it last; empty if it did not
   */
  default Optional<String> unreadable(String encoding) {
    return encoding.equalsIgnoreCase("UTF8")
        ? Optional.empty()
        : Optional.of(
            "the session's "
                + encodingSetting()
                + " is not UTF8, in which alone the gate reads SQL");
  }

  /** The parts of a text that hold passwords, in order; all of it, where it is not read. */
  default List<SecretSpan> secrets(String text, Scene scene) {
    return List.of(new SecretSpan(0, text.length()));
  }

  /**
   * What a text is read against.
   *
   * @param catalog the target's objects
   * @param names what unqualified names mean before its first statement
   * @param standardStrings whether a backslash in an ordinary literal is just a backslash
   * @param several whether it may hold several statements
   */
  record Scene(Catalog catalog, NameState names, boolean standardStrings, boolean several) {}
}

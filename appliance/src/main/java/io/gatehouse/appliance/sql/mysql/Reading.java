package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.Statement;
import java.util.List;

/** What became of a text: all of it was read, or nothing. */
public sealed interface Reading {

  /**
   * @param start offset of the statement's first token
   * @param end offset behind its last token
   * @param fingerprint its tokens without any constant
   */
  record Located(Statement statement, int start, int end, String fingerprint) {}

  /** The statements in order; none for a text without tokens. */
  record Read(List<Located> statements) implements Reading {
    public Read {
      statements = List.copyOf(statements);
    }
  }

  /**
   * @param reason for the one who wrote the text; carries nothing of it
   * @param position offset in the text
   */
  record NotRead(String reason, int position) implements Reading {}
}

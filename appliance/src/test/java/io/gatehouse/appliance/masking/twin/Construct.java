package io.gatehouse.appliance.masking.twin;

/** What a generated statement is made of. */
public enum Construct {
  JOIN,
  SUBQUERY,
  CTE,
  SET_OPERATION,
  AGGREGATE,
  WINDOW,
  CAST,
  FUNCTION,
  VIEW,
  /** An INSERT, UPDATE, DELETE or MERGE that returns rows. */
  CHANGE,
  COPY,
  CURSOR,
  PREPARED,
  /** An error that the statement asks for. */
  MISTAKE
}

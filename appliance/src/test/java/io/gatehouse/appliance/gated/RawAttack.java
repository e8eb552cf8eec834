package io.gatehouse.appliance.gated;

/**
 * One way to get at the table that nobody may read, in messages of our own making.
 *
 * @param id the attack, of which there may be several forms
 * @param form which of them, unique with the id
 * @param expected what becomes of it
 * @param script what is sent
 */
record RawAttack(String id, String form, Expected expected, Script script) {

  /** What becomes of an attack. */
  enum Expected {
    /** The server gives the secret away, the gate refuses a command of it. */
    REFUSED,
    /** The server itself refuses it. */
    AS_SERVER,
    /** The server itself refuses it; at the gate the session ends, or does not begin. */
    NO_SESSION
  }

  /** Messages of one client or several. */
  @FunctionalInterface
  interface Script {
    void run(RawScene scene) throws Exception;
  }

  /** Short, so that a test's name is. */
  @Override
  public String toString() {
    return id + ", " + form;
  }
}

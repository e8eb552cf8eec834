package io.gatehouse.appliance.cli;

/** What the command ends with; a promise to scripts. */
final class ExitCode {
  static final int DONE = 0;

  /** It could not be done: a port is taken, a file cannot be written, PostgreSQL does not start. */
  static final int FAILED = 1;

  /** The command line makes no sense. */
  static final int USAGE = 2;

  /** A file that was given has problems; all of them are printed. */
  static final int INVALID_FILE = 3;

  private ExitCode() {}
}

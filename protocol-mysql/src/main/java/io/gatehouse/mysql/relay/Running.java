package io.gatehouse.mysql.relay;

/** A command that was forwarded, until its answer has ended. Owned by the session's event loop. */
final class Running {
  private final AnswerCourse course;
  private final long submission;
  private final long since = System.nanoTime();
  private long rows;
  private long bytes;

  /**
   * @param submission 0 for what the engine is not asked about
   */
  Running(AnswerCourse course, long submission) {
    this.course = course;
    this.submission = submission;
  }

  AnswerCourse course() {
    return course;
  }

  long submission() {
    return submission;
  }

  void row(int length) {
    rows++;
    bytes += length;
  }

  long rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  long nanos() {
    return System.nanoTime() - since;
  }
}

package io.gatehouse.appliance.desk;

import java.util.Optional;

/**
 * One request, whose form is sound.
 *
 * @param path as it came; nothing in it is encoded
 * @param presented what proves who asks; empty if nothing that can be understood
 * @param body empty where there is none
 * @param source the address that it came from
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Asked(
    String method, String path, Optional<Presented> presented, byte[] body, String source) {
  @Override
  public String toString() {
    return method + " from " + source;
  }
}

package io.gatehouse.spi.json;

/** A member of an object; its name without quotes and escapes. */
public record JsonMember(String name, JsonValue value) {
  /** Says nothing of the content, which may be protected. */
  @Override
  public String toString() {
    return "member: " + value;
  }
}

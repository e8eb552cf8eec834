package io.gatehouse.appliance.identity.token;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value (RFC 8259). Says nothing of its content, which may be a claim. */
public sealed interface Json {

  /** An object; each name is there once. */
  record Members(Map<String, Json> byName) implements Json {
    public Members {
      byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    public Optional<Json> find(String name) {
      return Optional.ofNullable(byName.get(name));
    }

    public boolean has(String name) {
      return byName.containsKey(name);
    }

    @Override
    public String toString() {
      return "object of " + byName.size();
    }
  }

  /** An array. */
  record Items(List<Json> values) implements Json {
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return "array of " + values.size();
    }
  }

  /** A string, without its quotes and escapes. */
  record Text(String value) implements Json {
    @Override
    public String toString() {
      return "text";
    }
  }

  /** A number; finite. */
  record Numeric(double value) implements Json {
    @Override
    public String toString() {
      return "number";
    }
  }

  /** True or false. */
  record Truth(boolean value) implements Json {
    @Override
    public String toString() {
      return "truth";
    }
  }

  /** The word null, which is not the same as nothing. */
  record Null() implements Json {}
}

package io.gatehouse.plugins.http;

import io.gatehouse.plugin.secret.SecretUnavailableException;

/** Takes of an answer what is wanted of it. The answer is wiped afterwards. */
public interface Hearing<T> {
  T hear(WireBytes answer) throws SecretUnavailableException;
}

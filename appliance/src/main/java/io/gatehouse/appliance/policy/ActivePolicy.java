package io.gatehouse.appliance.policy;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policy in force. Set by whoever reloads; read from any thread, once for each command. */
public final class ActivePolicy {
  private static final Logger LOG = LoggerFactory.getLogger(ActivePolicy.class);

  private volatile Policy current;

  /** With a policy that nobody is on record for. */
  public ActivePolicy(Policy first) {
    this(new LoadedPolicy(first, Optional.empty()));
  }

  public ActivePolicy(LoadedPolicy first) {
    current = first.policy();
    log(first);
  }

  public Policy current() {
    return current;
  }

  /** Whoever asks from now on gets this one; plans of the old one stay what they are. */
  public void activate(LoadedPolicy next) {
    current = next.policy();
    log(next);
  }

  /** A policy that nobody is on record for. */
  public void activate(Policy next) {
    activate(new LoadedPolicy(next, Optional.empty()));
  }

  private static void log(LoadedPolicy loaded) {
    LOG.atInfo()
        .addKeyValue("policy", loaded.policy().digest())
        .addKeyValue("policy-version", loaded.policy().version())
        .addKeyValue("rules", loaded.policy().ruleCount())
        .addKeyValue("author", loaded.author())
        .log("policy in force");
  }
}

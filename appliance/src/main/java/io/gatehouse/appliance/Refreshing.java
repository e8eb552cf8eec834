package io.gatehouse.appliance;

import io.gatehouse.appliance.config.DeskConfig;
import io.gatehouse.appliance.config.RefreshConfig;
import io.gatehouse.appliance.desk.Ledger;
import io.gatehouse.appliance.identity.refresh.Enrolment;
import io.gatehouse.appliance.identity.refresh.Outcome;
import io.gatehouse.appliance.identity.refresh.Questions;
import io.gatehouse.appliance.identity.refresh.RefreshSeal;
import io.gatehouse.appliance.identity.refresh.Refresher;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Asks the desk's provider again about those to whom credentials were issued. */
record Refreshing(Enrolment enrolment, Refresher refresher) implements AutoCloseable {
  /**
   * Reads the key, so not on an event loop.
   *
   * @param ways closed after it
   */
  static Refreshing start(
      DeskConfig.Provider provider,
      RefreshConfig config,
      Ways ways,
      Ledger ledger,
      Consumer<Outcome> counted)
      throws StartException {
    try {
      RefreshSeal seal = config.seal();
      InstantSource clock = InstantSource.system();
      SecureRandom random = new SecureRandom();
      Enrolment enrolment =
          new Enrolment(
              ways.issue().orElseThrow().store().refreshes(), seal, config.rules(), clock, random);
      Questions questions =
          new Questions(
              provider.issuer(),
              provider.clientId(),
              ways.trusted(),
              new Questions.Parts(
                  enrolment.store(),
                  seal,
                  config.rules(),
                  ways.tokens(),
                  clock,
                  random,
                  ledger::keep));
      return new Refreshing(
          enrolment, Refresher.start(enrolment.store(), clock, questions, counted));
    } catch (IOException e) {
      throw new StartException("desk.refresh.key: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    refresher.close();
  }
}

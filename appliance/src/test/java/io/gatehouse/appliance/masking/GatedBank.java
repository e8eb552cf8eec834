package io.gatehouse.appliance.masking;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The gate in front of databases of the bank, with a policy, for an analyst. */
public final class GatedBank implements AutoCloseable {
  private static final String PASSWORD = "not a secret";

  /** Texts without bounds. */
  private static final List<String> LAST_FOUR =
      List.of(
          "bank.customers.ssn",
          "bank.customers.email",
          "bank.customers.phone",
          "bank.cards.pan",
          "bank.accounts.iban");

  private final Appliance appliance;

  private GatedBank(Appliance appliance) {
    this.appliance = appliance;
  }

  /**
   * @param folder an empty one
   * @param policy the text of a policy file
   */
  public static GatedBank start(
      Path folder, BankServer server, List<String> databases, String policy) throws Exception {
    return start(folder, server, databases, policy, "");
  }

  /**
   * @param more lines of the configuration
   */
  public static GatedBank start(
      Path folder, BankServer server, List<String> databases, String policy, String more)
      throws Exception {
    Files.writeString(folder.resolve("policy.yaml"), policy);
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Files.writeString(folder.resolve("main.key"), "k".repeat(32));
    ScramVerifier verifier =
        ScramVerifier.derive(
            Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    UsersFile.put(folder.resolve("users.yaml"), new User("analyst", verifier, Set.of("analysts")));
    Path config =
        Files.writeString(
            folder.resolve("gatehouse.yaml"),
            """
            listeners:
              - name: main
                address: 127.0.0.1
                port: 0
                clients-without-tls: accept
                startup-parameters: ["*"]
                databases: {%s}
            targets:
            %susers: users.yaml
            policy: policy.yaml
            %smask-keys: {main: {secret: {file: main.key}}}
            management: {address: 127.0.0.1, port: 0}
            limits: {analysis-millis: 60000}
            %s\
            """
                .formatted(
                    databases.stream()
                        .map(database -> database + ": " + database)
                        .collect(Collectors.joining(", ")),
                    databases.stream()
                        .map(database -> target(database, server.port()))
                        .collect(Collectors.joining()),
                    more.contains("journal:") ? "" : "journal: keep-no-record\n",
                    more));
    return new GatedBank(Appliance.start(config, new Environment(Map.of())));
  }

  private static String target(String database, int port) {
    return """
      - name: %s
        protocol: postgresql
        host: localhost
        port: %d
        database: %s
        without-tls: send-everything-unencrypted
        credential: {user: analyst, trust: true}
    """
        .formatted(database, port, database);
  }

  public Login login(String database) {
    return Login.with(appliance.address("main").getPort(), "analyst", PASSWORD, database);
  }

  /** Where all of it is put on record. */
  public Journal journal() {
    return appliance.journal().orElseThrow();
  }

  /** Where metrics are. */
  public URI management() {
    return URI.create("http://127.0.0.1:" + appliance.managementAddress().getPort());
  }

  @Override
  public void close() {
    appliance.close();
  }

  /** What analysts may do: everything, without seeing what is protected. */
  public static String policy(String strength) {
    return """
    rules:
      - name: analysts
        callers: {groups: [analysts]}
        verdict: allow
      - name: protected
        callers: {groups: [analysts]}
        resources: {columns: [%s]}
        verdict: mask
        strength: %s
    """
        .formatted(named(), strength);
  }

  /** Strict, with masks that leave what {@link Variant#ALIKE} has alike. */
  public static String alike() {
    return """
    masks:
      last-four: {kind: keep-last, count: 4}
      year: {kind: generalize, to: year}
    rules:
      - name: analysts
        callers: {groups: [analysts]}
        verdict: allow
      - name: texts
        callers: {groups: [analysts]}
        resources: {columns: [%s]}
        verdict: mask
        mask: last-four
      - name: dates
        callers: {groups: [analysts]}
        resources: {columns: [bank.customers.date_of_birth]}
        verdict: mask
        mask: year
      - name: others
        callers: {groups: [analysts]}
        resources: {columns: [%s]}
        verdict: mask
    """
        .formatted(String.join(", ", LAST_FOUR), named());
  }

  private static String named() {
    return ProtectedColumns.all().stream()
        .map(ProtectedColumn::name)
        .collect(Collectors.joining(", "));
  }
}

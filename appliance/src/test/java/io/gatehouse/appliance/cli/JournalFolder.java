package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.journal.read.RecordedJournal;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** A configuration with a journal, and what the command prints about it. */
record JournalFolder(Path folder) {
  private static final String YAML =
      """
      listeners:
        - {name: main, port: 0, tls: {certificate: server.crt, key: server.key}, databases: {"*": core}}
      targets:
        - {name: core, protocol: postgresql, host: localhost, credential: {user: gate, trust: true}}
      users: users.yaml
      policy: policy.yaml
      journal:
        directory: journal
        keys: keys
        wrapping: {name: k1, secret: {file: wrapping.secret}}
        signing-key: signing.pem
        verifier-key: verifier.key
      """;

  static JournalFolder in(Path folder) throws Exception {
    Certificates.make().write(folder);
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Files.writeString(folder.resolve("policy.yaml"), "rules: [{name: a, verdict: allow}]\n");
    Files.writeString(folder.resolve("wrapping.secret"), RecordedJournal.SECRET + "\n");
    Files.write(folder.resolve("signing.pem"), RecordedJournal.signingKey().pem());
    Files.writeString(
        folder.resolve("verifier.key"), RecordedJournal.signingKey().verifier() + "\n");
    Files.writeString(folder.resolve("gatehouse.yaml"), YAML);
    return new JournalFolder(folder);
  }

  String config() {
    return folder.resolve("gatehouse.yaml").toString();
  }

  record Printed(int code, String out, String err) {}

  static Printed run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Gatehouse.commandLine(Passwords.input(new ByteArrayInputStream(new byte[0])));
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int code = command.execute(arguments);
    return new Printed(code, out.toString(), err.toString());
  }
}

package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.client.GateDesk;
import io.gatehouse.appliance.client.Login;
import io.gatehouse.appliance.client.LoginFile;
import io.gatehouse.appliance.client.Surroundings;
import io.gatehouse.appliance.client.Web;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse logout}: the credential ends at the gate, and then here. */
@Command(
    name = "logout",
    description = {
      "Revokes the credential at the gate and deletes it here.",
      "If the gate cannot be reached it is deleted all the same, which is said, and ends when it"
          + " expires."
    },
    mixinStandardHelpOptions = true)
final class LogoutCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  LogoutCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    LoginFile file = LoginFile.of(surroundings.environment());
    Login login = file.read();
    boolean revoked;
    try (Web web = Web.trusting(login.authorities())) {
      revoked = GateDesk.at(web, login.gate()).revoke(login.credential());
    } finally {
      file.delete();
    }
    spec.commandLine()
        .getOut()
        .println(
            revoked
                ? "logged out: " + login.credential().user() + " is revoked"
                : "logged out: " + login.credential().user() + " was over already");
    return ExitCode.DONE;
  }
}

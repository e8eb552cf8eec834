package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.client.BrowserLogin;
import io.gatehouse.appliance.client.Credential;
import io.gatehouse.appliance.client.DeviceLogin;
import io.gatehouse.appliance.client.GateDesk;
import io.gatehouse.appliance.client.Granted;
import io.gatehouse.appliance.client.Login;
import io.gatehouse.appliance.client.LoginException;
import io.gatehouse.appliance.client.LoginFile;
import io.gatehouse.appliance.client.Offer;
import io.gatehouse.appliance.client.SamlLogin;
import io.gatehouse.appliance.client.Surroundings;
import io.gatehouse.appliance.client.Web;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse login}: from the identity provider to a credential that is kept. */
@Command(
    name = "login",
    description = {
      "Logs in at the identity provider and fetches a short-lived credential from the gate.",
      "It is kept in a file that only you can read, until gatehouse logout."
    },
    mixinStandardHelpOptions = true)
final class LoginCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--gate",
      paramLabel = "URL",
      required = true,
      description = "the gate's desk, such as https://gate.example.com:8443")
  private String gate = "";

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "certificates to trust for the gate, instead of those of this Java")
  private @Nullable Path authorities;

  @Option(
      names = "--provider-ca",
      paramLabel = "FILE",
      description = "certificates to trust for the provider, instead of those of this Java")
  private @Nullable Path providerAuthorities;

  @Option(names = "--device", description = "log in on another device, by typing a code there")
  private boolean device;

  @Option(names = "--saml", description = "log in by SAML, where the gate offers other ways too")
  private boolean saml;

  @Option(names = "--browser", description = "open the page with xdg-open")
  private boolean browser;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "how long the credential is good; as long as the gate allows without it")
  private @Nullable Integer minutes;

  LoginCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    LoginFile file = LoginFile.of(surroundings.environment());
    file.prepare();
    Optional<Path> trusted = Optional.ofNullable(authorities).map(Path::toAbsolutePath);
    try (Web atGate = Web.trusting(trusted);
        Web atProvider = Web.trusting(Optional.ofNullable(providerAuthorities))) {
      GateDesk desk = GateDesk.at(atGate, gate);
      GateDesk.Found found = desk.discover();
      Optional<Integer> wanted = Optional.ofNullable(minutes);
      Credential credential =
          bySaml(found)
              ? desk.issue(new SamlLogin(desk, this::show).run(), wanted)
              : desk.issue(granted(atProvider, found), wanted);
      file.write(new Login(gate, trusted, credential, found.offers()));
      say(credential, found);
    }
    return ExitCode.DONE;
  }

  /** By what the gate offers, unless it offers both. */
  private boolean bySaml(GateDesk.Found found) throws LoginException {
    if (saml && !found.saml()) {
      throw new LoginException("the gate offers no login by SAML");
    }
    boolean chosen = saml || found.provider().isEmpty();
    if (chosen && device) {
      throw new LoginException("a login by SAML needs a browser on this machine: no --device");
    }
    return chosen;
  }

  private Granted granted(Web atProvider, GateDesk.Found found) throws LoginException {
    GateDesk.Discovery provider = found.provider().orElseThrow();
    Granted granted =
        device
            ? new DeviceLogin(atProvider, provider, surroundings, this::show).run()
            : new BrowserLogin(atProvider, provider, this::show).run();
    return new Granted(granted.access(), granted.refresh().filter(_ -> provider.refresh()));
  }

  private void say(Credential credential, GateDesk.Found found) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "logged in as "
            + Terminal.safely(credential.subject())
            + " until "
            + credential.expires()
            + ", with the user name "
            + credential.user());
    out.println(
        "to connect: gatehouse connect "
            + found.offers().stream().map(Offer::name).collect(Collectors.joining("|"))
            + " -- psql");
  }

  private void show(String url) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Open this page in a browser on this machine:");
    out.println();
    out.println("  " + url);
    out.println();
    out.flush();
    if (browser) {
      open(url);
    }
  }

  /** The page is printed anyway. */
  private void open(String url) {
    try {
      Process opened =
          new ProcessBuilder("xdg-open", url)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      opened.getOutputStream().close();
    } catch (IOException e) {
      spec.commandLine().getErr().println("gatehouse: no browser could be opened");
    }
  }

  private void show(DeviceLogin.Prompt prompt) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Open this page on any device, and type the code there:");
    out.println();
    out.println("  page: " + Terminal.safely(prompt.page()));
    out.println("  code: " + Terminal.safely(prompt.code()));
    out.println();
    out.flush();
  }
}

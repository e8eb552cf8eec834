package io.gatehouse.appliance.recorded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.appliance.identity.certificate.HostileCertificates;
import io.gatehouse.appliance.identity.token.HostileTokens;
import io.gatehouse.appliance.recorded.HostileLogin.Script;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Attempts by every way in, by the name of the attack. */
final class HostileLogins {
  private static final Pattern TOKEN_FORM = Pattern.compile("[A-Za-z0-9._~+/-]*=*");
  private static final Pattern VALUE_FORM = Pattern.compile("[\\t\\r\\n -~]*");
  private static final int LONGEST_MESSAGE = 65_536;
  private static final String PASSWORD_WORDS = "password authentication failed for user \"%s\"";
  private static final String OAUTH_WORDS = "OAuth bearer authentication failed for user \"oauth\"";
  private static final String CERTIFICATE_WORDS =
      "certificate authentication failed for user \"certificate\"";
  private static final String PROTOCOL = "08P01";

  private final HostileTokens tokens;
  private final TlsClients tls;
  private final List<HostileLogin> all = new ArrayList<>();

  HostileLogins(HostileTokens tokens, HostileCertificates certificates, TlsClients tls) {
    this.tokens = tokens;
    this.tls = tls;
    tokens.lasting().forEach(this::token);
    bearers();
    names();
    startUps();
    messages();
    new HostileScram(this).add();
    certificates.attacks().forEach(this::certificate);
    certificates();
  }

  List<HostileLogin> all() {
    return List.copyOf(all);
  }

  private static Script startedUp(String user, Script then) {
    return socket -> {
      socket.startUp("user", user, "database", "bank");
      then.say(socket);
    };
  }

  private void add(
      String name, Script script, String state, String words, String reason, String... secrets) {
    all.add(
        new HostileLogin(
            name, Optional.of(tls.plain()), script, state, words, reason, List.of(secrets)));
  }

  /** A violation of the protocol. */
  void violation(String name, String user, Script script) {
    add(name, startedUp(user, script), PROTOCOL, "", "protocol");
  }

  void refused(String name, String user, String state, String words, Script script) {
    add(name, startedUp(user, script), state, words, "protocol");
  }

  /** A password that is not the user's, by SCRAM. */
  void wrongPassword(String name, String user, Script script) {
    add(name, startedUp(user, script), "28P01", PASSWORD_WORDS.formatted(user), "password");
  }

  private void token(HostileTokens.Attack attack) {
    String token = attack.token();
    String reason = "token " + attack.expected().code();
    String[] secrets = HostileTokens.pieces(token).toArray(String[]::new);
    Script password =
        startedUp(
            "token",
            socket -> {
              socket.asked(3);
              socket.password(token);
            });
    boolean tooLong = token.getBytes(UTF_8).length + 64 > LONGEST_MESSAGE;
    if (tooLong || token.indexOf('\0') >= 0) {
      add("as the password: " + attack, password, PROTOCOL, "", "protocol", secrets);
    } else {
      add(
          "as the password: " + attack,
          password,
          "28P01",
          PASSWORD_WORDS.formatted("token"),
          reason,
          secrets);
    }
    String header = "Bearer " + token;
    if (tooLong || !VALUE_FORM.matcher(token).matches()) {
      Script bearer =
          startedUp(
              "oauth",
              socket -> {
                socket.asked(10);
                socket.bearer(header);
              });
      add("by OAUTHBEARER: " + attack, bearer, PROTOCOL, "", "protocol", secrets);
    } else {
      boolean shown = !token.isEmpty() && TOKEN_FORM.matcher(token).matches();
      challenged("by OAUTHBEARER: " + attack, header, shown ? reason : "no token", secrets);
    }
  }

  /** Is told where to get a token, and says that it has read that. */
  private void challenged(String name, String header, String reason, String... secrets) {
    Script script =
        startedUp(
            "oauth",
            socket -> {
              socket.asked(10);
              socket.bearer(header);
              socket.asked(11);
              socket.send('p', new byte[] {1});
            });
    add(name, script, "28000", OAUTH_WORDS, reason, secrets);
  }

  private void bearers() {
    String sound = tokens.sound();
    String[] secrets = HostileTokens.pieces(sound).toArray(String[]::new);
    for (String header :
        List.of(sound, "Basic " + sound, "bearer", "Bearer", "DPoP " + sound, " Bearer " + sound)) {
      challenged("header " + header.replace(sound, "TOKEN"), header, "no token", secrets);
    }
    for (String first :
        List.of(
            "p=tls-exporter,,\1auth=Bearer %s\1\1",
            "n,,\1auth=Bearer %s\1",
            "n,,\1auth=Bearer %s",
            "n,,auth=Bearer %s",
            "n,,\1auth=Bearer %s\1\1x",
            "n,,\1auth=\1auth=Bearer %s\1\1",
            "n,,\1AUTH=Bearer %s\1\1",
            "\1auth=Bearer %s\1\1",
            "Bearer %s",
            "%s")) {
      add(
          "message " + escaped(first),
          bearing(first.formatted(sound)),
          PROTOCOL,
          "",
          "protocol",
          secrets);
    }
    add(
        "somebody else's identity",
        bearing("n,a=admin,\1auth=Bearer " + sound + "\1\1"),
        "0A000",
        "client uses authorization identity, but it is not supported",
        "protocol",
        secrets);
    otherThanBearer(sound);
    secondMessages(sound);
    for (String user : List.of("token", "oauth")) {
      withoutTls(user);
    }
  }

  private void otherThanBearer(String sound) {
    violation(
        "SCRAM in place of OAUTHBEARER",
        "oauth",
        socket -> {
          socket.asked(10);
          socket.sasl("SCRAM-SHA-256", "n,,n=,r=abc".getBytes(UTF_8));
        });
    violation(
        "token as the password in place of OAUTHBEARER",
        "oauth",
        socket -> {
          socket.asked(10);
          socket.password(sound);
        });
  }

  /** After the gate has told where to get a token. */
  private void secondMessages(String sound) {
    String[] secrets = HostileTokens.pieces(sound).toArray(String[]::new);
    for (String second : List.of("", "\1\1", "n,,\1auth=Bearer " + sound + "\1\1")) {
      add(
          "second message " + escaped(second.replace(sound, "TOKEN")),
          startedUp(
              "oauth",
              socket -> {
                socket.asked(10);
                socket.bearer("");
                socket.asked(11);
                socket.send('p', second.getBytes(ISO_8859_1));
              }),
          PROTOCOL,
          "",
          "no token",
          secrets);
    }
  }

  private void withoutTls(String user) {
    String sent = user.equals("token") ? "password" : "token";
    all.add(
        new HostileLogin(
            user + " without TLS",
            Optional.empty(),
            startedUp(user, _ -> {}),
            "28000",
            "this user's " + sent + " is accepted inside TLS only",
            "no proof",
            List.of()));
  }

  private static Script bearing(String first) {
    return startedUp(
        "oauth",
        socket -> {
          socket.asked(10);
          socket.sasl("OAUTHBEARER", first.getBytes(ISO_8859_1));
        });
  }

  private static String escaped(String text) {
    return text.replace('\1', '|').replace("%s", "TOKEN");
  }

  /** Almost the names of other ways, and names that mean something elsewhere. */
  private void names() {
    for (String user :
        List.of(
            "nobody",
            "Token",
            "TOKEN",
            "token ",
            " token",
            "tok\u0435n",
            "t\u200boken",
            "oauth2",
            "OAuth",
            "Certificate",
            "certificate.",
            "Ann",
            "ann ",
            "ann@bank",
            "ann'--",
            "\"ann\"",
            "ann\nlevel=INFO event=forged",
            "ann\u001b[2J",
            "postgres",
            "app",
            "gatehouse",
            "../users",
            "${jndi:ldap://evil.example}",
            "%s%n",
            "a".repeat(4_000),
            "gh-",
            "gh-0123456789",
            HostileCertificates.NAME)) {
      String shown = user.length() > 60 ? user.substring(0, 60) : user;
      wrongPassword("name " + shown, user, HostileScram.password("guessed"));
    }
  }

  /** Before the gate knows a name, nothing is on record. */
  private void startUps() {
    unheard("no user", "28000", socket -> socket.startUp("database", "bank"));
    unheard("empty user", "28000", socket -> socket.startUp("user", "", "database", "bank"));
    for (String parameter :
        List.of("session_authorization", "role", "replication", "session_preload_libraries")) {
      unheard(
          "parameter " + parameter,
          "28000",
          socket -> socket.startUp("user", "token", parameter, "true"));
    }
    unheard(
        "options that set a role",
        "28000",
        socket -> socket.startUp("user", "token", "options", "-c role=postgres"));
    unheard(
        "packet longer than allowed",
        PROTOCOL,
        socket -> socket.write(ByteBuffer.allocate(4).putInt(1 << 20).array()));
    unheard(
        "packet of no length",
        PROTOCOL,
        socket -> socket.write(ByteBuffer.allocate(4).putInt(0).array()));
    unheard(
        "parameter without a value", PROTOCOL, socket -> socket.write("\0\0\0\15\0\3\0\0user\0"));
  }

  private void unheard(String name, String state, Script script) {
    add(name, script, state, "", "");
  }

  /** Where a password in clear was asked for, and where the first message of SASL was. */
  private void messages() {
    for (String user : List.of("token", "oauth", "ann")) {
      for (char type : new char[] {'Q', 'X', 'P', 'S', 'd', '\0', 'R'}) {
        violation(
            "message of type " + (int) type + " for " + user,
            user,
            socket -> {
              socket.read();
              socket.send(type, "SELECT 1\0".getBytes(UTF_8));
            });
      }
      for (int length : new int[] {0, 3, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 65_537}) {
        violation(
            "message of length " + length + " for " + user,
            user,
            socket -> {
              socket.read();
              socket.write(ByteBuffer.allocate(5).put((byte) 'p').putInt(length).array());
            });
      }
      violation(
          "empty message for " + user,
          user,
          socket -> {
            socket.read();
            socket.send('p', new byte[0]);
          });
      violation(
          "message without its end for " + user,
          user,
          socket -> {
            socket.read();
            socket.send('p', "endless".getBytes(UTF_8));
          });
    }
    violation(
        "two passwords in one",
        "token",
        socket -> {
          socket.asked(3);
          socket.send('p', "one\0two\0".getBytes(UTF_8));
        });
    for (int length : new int[] {-2, 1 << 20, Integer.MIN_VALUE}) {
      violation(
          "data of length " + length,
          "oauth",
          socket -> {
            socket.asked(10);
            socket.send(
                'p',
                ByteBuffer.allocate(20)
                    .put("OAUTHBEARER\0".getBytes(UTF_8))
                    .putInt(length)
                    .put("n,,\1".getBytes(UTF_8))
                    .array());
          });
    }
  }

  private void certificate(HostileCertificates.Attack attack) {
    if (!attack.reason().isEmpty()) {
      certified(
          "certificate: " + attack, Optional.of(tls.showing(attack.bundle())), attack.reason());
    }
  }

  private void certified(String name, Optional<SSLContext> context, String reason) {
    all.add(
        new HostileLogin(
            name,
            context,
            startedUp("certificate", _ -> {}),
            "28000",
            CERTIFICATE_WORDS,
            "certificate " + reason,
            List.of()));
  }

  private void certificates() {
    for (Optional<SSLContext> context :
        List.of(Optional.<SSLContext>empty(), Optional.of(tls.plain()))) {
      all.add(
          new HostileLogin(
              "no certificate, " + (context.isPresent() ? "inside TLS" : "without TLS"),
              context,
              startedUp("certificate", _ -> {}),
              "28000",
              "connection requires a valid client certificate",
              "no proof",
              List.of()));
    }
  }

  /** What {@link HostileScram} says in bytes. */
  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}

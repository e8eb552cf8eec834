package io.gatehouse.appliance.client;

import io.gatehouse.appliance.identity.token.Json;
import io.gatehouse.appliance.identity.token.JsonReader;
import io.gatehouse.appliance.identity.token.UnreadableJsonException;
import io.gatehouse.appliance.json.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the login is kept: one file that nobody but its owner can open. */
public final class LoginFile {
  private static final int MOST_BYTES = 256 * 1_024;
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private final Path file;

  private LoginFile(Path file) {
    this.file = file;
  }

  /** Gone with the session, where there is a place for that. */
  public static LoginFile of(Map<String, String> environment) throws LoginException {
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (!runtime.isEmpty() && Files.isDirectory(Path.of(runtime))) {
      return new LoginFile(Path.of(runtime, "gatehouse", "login.json").toAbsolutePath());
    }
    String home = environment.getOrDefault("HOME", "");
    if (home.isEmpty()) {
      throw new LoginException("neither XDG_RUNTIME_DIR nor HOME says where to keep a login");
    }
    return new LoginFile(
        Path.of(home, ".local", "state", "gatehouse", "login.json").toAbsolutePath());
  }

  public Path path() {
    return file;
  }

  private Path folder() {
    return file.resolveSibling("");
  }

  /** The login that is kept. */
  public Login read() throws IOException {
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new LoginException("nobody is logged in: run gatehouse login");
    }
    requirePrivate(folder(), FOLDER, "chmod 700 ");
    requirePrivate(file, FILE, "chmod 600 ");
    if (Files.size(file) > MOST_BYTES) {
      throw unusable(null);
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      return login(new Web.Page(0, JsonReader.object(bytes)));
    } catch (UnreadableJsonException | LoginException | IllegalArgumentException e) {
      throw unusable(e);
    } catch (DateTimeException e) {
      throw unusable(e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private LoginException unusable(@org.jspecify.annotations.Nullable Exception cause) {
    String message = file + " cannot be understood: run gatehouse login";
    return cause == null ? new LoginException(message) : new LoginException(message, cause);
  }

  private static Login login(Web.Page kept) throws LoginException {
    List<Offer> offers = new ArrayList<>();
    if (kept.document().find("offers").orElse(null) instanceof Json.Items items) {
      for (Json one : items.values()) {
        if (one instanceof Json.Members members) {
          offers.add(Offer.read(members));
        }
      }
    }
    return new Login(
        kept.text("gate"),
        kept.find("ca").map(Path::of),
        new Credential(
            kept.text("user"),
            kept.text("password"),
            kept.text("bearer"),
            Instant.parse(kept.text("expires")),
            kept.text("subject")),
        offers);
  }

  /** In place of what was there; whoever reads sees the one or the other. */
  public void write(Login login) throws IOException {
    prepare();
    Path draft = Files.createTempFile(folder(), ".login", ".new", only(FILE));
    byte[] bytes = text(login).getBytes(StandardCharsets.US_ASCII);
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          channel.write(left);
        }
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Files.deleteIfExists(draft);
    }
  }

  /** Before anything is fetched that could not be kept. */
  public void prepare() throws IOException {
    Path folder = folder();
    if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(folder, only(FOLDER));
    }
    requirePrivate(folder, FOLDER, "chmod 700 ");
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      requirePrivate(file, FILE, "chmod 600 ");
    }
  }

  private static String text(Login login) {
    Credential credential = login.credential();
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("gate", login.gate());
    login.authorities().ifPresent(ca -> kept.put("ca", ca));
    kept.put("user", credential.user());
    kept.put("password", credential.password());
    kept.put("bearer", credential.bearer());
    kept.put("expires", credential.expires());
    kept.put("subject", credential.subject());
    kept.put("offers", login.offers().stream().map(LoginFile::members).toList());
    return JsonText.of(kept);
  }

  private static Map<String, Object> members(Offer offer) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", offer.name());
    members.put("host", offer.host());
    members.put("port", offer.port());
    members.put("database", offer.database());
    return members;
  }

  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  private static FileAttribute<Set<PosixFilePermission>> only(Set<PosixFilePermission> mode) {
    return PosixFilePermissions.asFileAttribute(mode);
  }

  private static void requirePrivate(Path path, Set<PosixFilePermission> most, String remedy)
      throws IOException {
    if (Files.isSymbolicLink(path)) {
      throw new LoginException(path + " is a symbolic link, which is not followed: remove it");
    }
    Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (!owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      throw new LoginException(path + " belongs to somebody else");
    }
    Optional<PosixFilePermission> wider =
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).stream()
            .filter(permission -> !most.contains(permission))
            .findFirst();
    if (wider.isPresent()) {
      throw new LoginException(path + " is open to others; do: " + remedy + path);
    }
  }
}

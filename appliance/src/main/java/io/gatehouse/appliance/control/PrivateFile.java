package io.gatehouse.appliance.control;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that nobody but its owner can open, in a folder that nobody else can enter. */
final class PrivateFile {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private PrivateFile() {}

  /** Makes what is not there, and refuses what others may touch; never widens or narrows it. */
  static void ensure(Path file) throws StoreException {
    Path folder = file.getParent();
    if (folder == null) {
      throw refused(file + " is not a file in a folder");
    }
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(folder, only(FOLDER));
      }
      check(folder, FOLDER, "chmod 700 ");
      if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
        make(file);
        sync(folder);
      }
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw refused(file + " is not a file");
      }
      check(file, FILE, "chmod 600 ");
    } catch (IOException e) {
      throw new StoreException(StoreFailure.REFUSED, "the control store cannot be made: " + e, e);
    }
  }

  private static void make(Path file) throws IOException {
    try {
      Files.createFile(file, only(FILE));
    } catch (FileAlreadyExistsException e) {
      // Another gate was quicker; whether its file is fit for us is looked at like any other.
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> only(Set<PosixFilePermission> mode) {
    return PosixFilePermissions.asFileAttribute(mode);
  }

  private static void check(Path path, Set<PosixFilePermission> most, String remedy)
      throws IOException, StoreException {
    if (!most.containsAll(Files.getPosixFilePermissions(path))) {
      throw refused(path + " is open to others than its owner; do: " + remedy + path);
    }
  }

  /** The entry of a new file is not on disk before its folder is. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static StoreException refused(String what) {
    return new StoreException(StoreFailure.REFUSED, "the control store is not used: " + what);
  }
}

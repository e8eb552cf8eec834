package io.gatehouse.spi.testing;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Puts {@link BufferWatch} in place before the first class of Netty is loaded, in the build as in
 * an IDE.
 */
public final class BufferWatchStarter implements LauncherSessionListener {

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    System.setProperty("io.netty.customResourceLeakDetector", BufferCounter.class.getName());
    System.setProperty("io.netty.util.LeakPresenceDetector.trackCreationStack", "true");
    System.setProperty("junit.jupiter.extensions.autodetection.enabled", "true");
  }
}

package io.gatehouse.appliance.plugin;

import io.gatehouse.plugin.GatehousePlugin;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Loads the classes of one plugin. Through it, a plugin sees Java's platform, its own jar, and of
 * the gate the plugin API only, always the gate's own copy of it.
 */
final class ApiWindow extends URLClassLoader {
  private static final String API = GatehousePlugin.class.getPackageName() + ".";

  static {
    registerAsParallelCapable();
  }

  ApiWindow(Path jar) throws MalformedURLException {
    super(
        "plugin " + jar.getFileName(),
        new URL[] {jar.toUri().toURL()},
        ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return name.startsWith(API)
        ? Class.forName(name, false, GatehousePlugin.class.getClassLoader())
        : super.loadClass(name, resolve);
  }
}

package io.gatehouse.appliance.plugin;

import java.net.MalformedURLException;
import java.nio.file.Path;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRuntimeException;
import org.pf4j.RuntimeMode;

/**
 * PF4J, told to read jars as they would be in use, whatever system properties say, and to give each
 * a class loader of ours.
 */
final class Jars extends DefaultPluginManager {

  Jars(Path folder, String apiVersion) {
    super(folder);
    setSystemVersion(apiVersion);
  }

  @Override
  public RuntimeMode getRuntimeMode() {
    return RuntimeMode.DEPLOYMENT;
  }

  @Override
  protected PluginDescriptorFinder createPluginDescriptorFinder() {
    return new ManifestPluginDescriptorFinder();
  }

  @Override
  protected PluginLoader createPluginLoader() {
    return new PluginLoader() {
      @Override
      public boolean isApplicable(Path path) {
        return true;
      }

      @Override
      public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
        try {
          return new ApiWindow(path);
        } catch (MalformedURLException e) {
          throw new PluginRuntimeException(e);
        }
      }
    };
  }

  /** Plugins are made by {@link java.util.ServiceLoader}: they need not know PF4J. */
  @Override
  protected PluginFactory createPluginFactory() {
    return _ -> new Plugin() {};
  }
}

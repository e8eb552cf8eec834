package io.gatehouse.appliance.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.config.SourcesConfig.Plugins;
import io.gatehouse.plugin.secret.SecretSource;
import io.gatehouse.plugin.secret.SourceSettings;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that are trusted are loaded, all others stop the start, and none sees into the gate. */
final class PluginFolderTest {
  /** Says what it can reach under the names that it is asked for. */
  private static final String ENTRY =
      """
      package vendor;

      import io.gatehouse.plugin.GatehousePlugin;
      import io.gatehouse.plugin.secret.*;
      import java.nio.charset.StandardCharsets;
      import java.util.*;

      public final class Entry implements GatehousePlugin {
        public List<SecretSourceFactory> secretSources() {
          return List.of(new SecretSourceFactory() {
            public String kind() { return "KIND"; }
            public SecretSource open(SourceSettings settings) {
              return new SecretSource() {
                public FetchedSecret fetch(Map<String, String> reference) {
                  StringBuilder seen = new StringBuilder();
                  for (String name : new TreeMap<>(reference).values()) {
                    seen.append(name).append(reached(name)).append(';');
                  }
                  return FetchedSecret.of(
                      seen.toString().getBytes(StandardCharsets.UTF_8), new Term.Open());
                }
                public void close() {}
              };
            }
          });
        }

        static String reached(String name) {
          try {
            Class<?> type = Class.forName(name, false, Entry.class.getClassLoader());
            return type.getClassLoader() == Entry.class.getClassLoader() ? " own" : " there";
          } catch (ClassNotFoundException | LinkageError e) {
            return " not";
          }
        }
      }
      """;

  @TempDir private Path folder;
  private Path plugins;

  @BeforeEach
  void folders() throws Exception {
    plugins = Files.createDirectory(folder.resolve("plugins"));
  }

  private BuiltPlugin plugin(String kind) {
    return new BuiltPlugin(folder).with("vendor.Entry", ENTRY.replace("KIND", kind));
  }

  private PluginFolder loaded(Map<String, String> trusted) throws UnusablePluginException {
    return PluginFolder.load(Optional.of(new Plugins(plugins, trusted)));
  }

  private void assertNotLoaded(Map<String, String> trusted, String... why) {
    assertThatThrownBy(() -> loaded(trusted).close())
        .isInstanceOf(UnusablePluginException.class)
        .hasMessageContainingAll(why);
  }

  private static String seen(PluginFolder loaded, Map<String, String> names) throws Exception {
    try (SecretSource source =
        Objects.requireNonNull(loaded.secretSources().get("test"))
            .open(new SourceSettings(Map.of(), Path.of("")))) {
      return new String(source.fetch(names).bytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] classFile(Class<?> type) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(type.getResourceAsStream(type.getSimpleName() + ".class"))) {
      return in.readAllBytes();
    }
  }

  @Test
  void trustedPlugin_seesTheApiAndItselfAndNothingOfTheGate() throws Exception {
    BuiltPlugin built =
        plugin("test")
            .with("vendor.Own", "package vendor; public class Own {}")
            .with("org.slf4j.Logger", "package org.slf4j; public interface Logger {}")
            .with(
                "io.gatehouse.plugin.secret.Term",
                "package io.gatehouse.plugin.secret; public interface Term { record Open()"
                    + " implements Term {} }")
            .withFile(
                "io/gatehouse/plugin/GatehousePlugin.class",
                classFile(io.gatehouse.plugin.GatehousePlugin.class));
    String digest = built.into(plugins.resolve("a.jar"));

    try (PluginFolder loaded = loaded(Map.of("a.jar", digest))) {
      String seen =
          seen(
              loaded,
              Map.of(
                  "1", "vendor.Own",
                  "2", "org.slf4j.Logger",
                  "3", "io.gatehouse.plugin.secret.Term",
                  "4", "java.sql.Driver",
                  "5", Appliance.class.getName(),
                  "6", "io.gatehouse.spi.login.HeldSecret",
                  "7", "io.gatehouse.postgres.PostgresProtocol",
                  "8", "io.netty.buffer.ByteBuf",
                  "9", "org.pf4j.Plugin"));

      assertThat(seen)
          .isEqualTo(
              "vendor.Own own;org.slf4j.Logger own;io.gatehouse.plugin.secret.Term there;"
                  + "java.sql.Driver there;"
                  + "io.gatehouse.appliance.Appliance not;io.gatehouse.spi.login.HeldSecret not;"
                  + "io.gatehouse.postgres.PostgresProtocol not;io.netty.buffer.ByteBuf not;"
                  + "org.pf4j.Plugin not;");
    }
  }

  @Test
  void fileWithOtherBytes_isNotLoaded() throws Exception {
    Path jar = plugins.resolve("a.jar");
    String digest = plugin("test").into(jar);
    Files.write(jar, new byte[1], java.nio.file.StandardOpenOption.APPEND);

    assertNotLoaded(
        Map.of("a.jar", digest),
        "a.jar",
        "is not the file that is trusted",
        BuiltPlugin.digest(jar));
  }

  @Test
  void whatIsLoaded_isWhatWasLookedAt() throws Exception {
    Path jar = plugins.resolve("a.jar");
    String digest = plugin("test").with("vendor.Own", "package vendor; class Own {}").into(jar);

    try (PluginFolder loaded = loaded(Map.of("a.jar", digest))) {
      Files.write(jar, new byte[] {1, 2, 3});
      assertThat(seen(loaded, Map.of("1", "vendor.Own"))).isEqualTo("vendor.Own own;");
    }
  }

  @Test
  void fileThatNobodyNamed_stopsTheStart() throws Exception {
    String digest = plugin("test").into(plugins.resolve("a.jar"));
    Files.write(plugins.resolve("b.jar"), new byte[] {1});

    assertNotLoaded(Map.of("a.jar", digest), "does not name", "b.jar");
  }

  @Test
  void fileThatIsNotThere_stopsTheStart() {
    assertNotLoaded(Map.of("a.jar", "0".repeat(64)), "there is no plugin", "a.jar");
  }

  @Test
  void jarThatFitsNotOrSaysTooLittle_stopsTheStart() throws Exception {
    for (String requires : new String[] {"", "*", "1.0.0", "1"}) {
      String digest = plugin("test").requiring(requires).into(plugins.resolve("a.jar"));
      assertNotLoaded(Map.of("a.jar", digest), "a.jar", "Plugin-Requires");
    }
    String newer = plugin("test").requiring(">=2.0.0").into(plugins.resolve("a.jar"));
    assertNotLoaded(Map.of("a.jar", newer), "requires version >=2.0.0", "has 1.0.0");
    String needy = plugin("test").dependingOn("other").into(plugins.resolve("a.jar"));
    assertNotLoaded(Map.of("a.jar", needy), "a.jar is not a plugin", "[other]");
    String bare = plugin("test").entering("").into(plugins.resolve("a.jar"));
    assertNotLoaded(Map.of("a.jar", bare), "brings nothing");
    String nobody = plugin("test").called("").into(plugins.resolve("a.jar"));
    assertNotLoaded(Map.of("a.jar", nobody), "is not a plugin");
  }

  @Test
  void pluginThatCannotBeMade_stopsTheStart() throws Exception {
    String throwing =
        plugin("test")
            .with(
                "vendor.Entry",
                "package vendor; public class Entry implements io.gatehouse.plugin.GatehousePlugin"
                    + " { public Entry() { throw new IllegalStateException(); } }")
            .into(plugins.resolve("a.jar"));
    assertNotLoaded(Map.of("a.jar", throwing), "a.jar cannot be made");
    String reaching =
        plugin("test")
            .with(
                "vendor.Entry",
                "package vendor; public class Entry implements io.gatehouse.plugin.GatehousePlugin"
                    + " { Object gate = new io.gatehouse.appliance.engine.Routes(null, null); }")
            .into(plugins.resolve("a.jar"));
    assertNotLoaded(Map.of("a.jar", reaching), "a.jar cannot be made");
    Files.writeString(plugins.resolve("a.jar"), "not a jar");
    assertNotLoaded(
        Map.of("a.jar", BuiltPlugin.digest(plugins.resolve("a.jar"))), "a.jar is not a plugin");
  }

  @Test
  void sameKindOrNameTwice_stopsTheStart() throws Exception {
    String one = plugin("test").into(plugins.resolve("a.jar"));
    String kind = plugin("test").called("other").into(plugins.resolve("b.jar"));
    assertNotLoaded(Map.of("a.jar", one, "b.jar", kind), "b.jar", "which another plugin has");
    String name = plugin("more").into(plugins.resolve("b.jar"));
    assertNotLoaded(Map.of("a.jar", one, "b.jar", name), "b.jar is not a plugin");
  }
}

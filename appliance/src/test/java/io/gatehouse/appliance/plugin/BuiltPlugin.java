package io.gatehouse.appliance.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A plugin as a vendor would make it: compiled against the plugin API, packed into a jar. */
public final class BuiltPlugin {
  public static final String FITTING = ">=1.0.0 & <2.0.0";

  private final Path folder;
  private final Map<String, String> sources = new TreeMap<>();
  private final Map<String, byte[]> files = new TreeMap<>();
  private String requires = FITTING;
  private String id = "test";
  private String entry = "vendor.Entry";
  private String dependencies = "";

  /**
   * @param folder where it is compiled
   */
  public BuiltPlugin(Path folder) {
    this.folder = folder;
  }

  /** A class by its full name, and its text. */
  public BuiltPlugin with(String name, String text) {
    sources.put(name, text);
    return this;
  }

  BuiltPlugin withFile(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  BuiltPlugin called(String other) {
    id = other;
    return this;
  }

  BuiltPlugin requiring(String versions) {
    requires = versions;
    return this;
  }

  BuiltPlugin dependingOn(String other) {
    dependencies = other;
    return this;
  }

  /** What its service file names. */
  BuiltPlugin entering(String name) {
    entry = name;
    return this;
  }

  /** Writes the jar; its SHA-256. */
  public String into(Path jar) throws Exception {
    Path classes = Files.createTempDirectory(folder, "classes");
    compile(classes);
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Plugin-Id", id);
    main.putValue("Plugin-Version", "1.2.3");
    main.putValue("Plugin-Requires", requires);
    main.putValue("Plugin-Dependencies", dependencies);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest);
        Stream<Path> all = Files.walk(classes)) {
      if (!entry.isEmpty()) {
        put(
            zip,
            "META-INF/services/io.gatehouse.plugin.GatehousePlugin",
            entry.getBytes(StandardCharsets.UTF_8));
      }
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        put(zip, file.getKey(), file.getValue());
      }
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        put(zip, classes.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return digest(jar);
  }

  public static String digest(Path jar) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
  }

  private static void put(JarOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new JarEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private void compile(Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<JavaFileObject> units =
          sources.entrySet().stream()
              .<JavaFileObject>map(source -> new Text(source.getKey(), source.getValue()))
              .toList();
      boolean compiled =
          units.isEmpty()
              || compiler
                  .getTask(
                      null,
                      manager,
                      null,
                      List.of(
                          "-proc:none",
                          "-d",
                          classes.toString(),
                          "-cp",
                          System.getProperty("java.class.path")),
                      null,
                      units)
                  .call();
      if (!compiled) {
        throw new IllegalStateException("the plugin of the test does not compile");
      }
    }
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String name, String text) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}

package io.gatehouse.appliance.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads a file whose root is a mapping. */
public final class YamlFile {
  private YamlFile() {}

  /** Either what the reader made of it, without any problem, or all problems together. */
  public static <T> T read(Path file, Function<Section, T> reader) throws InvalidFileException {
    return parse(file, text(file), reader);
  }

  /** The same for bytes that were read already; the file is only named. */
  public static <T> T parse(Path file, byte[] content, Function<Section, T> reader)
      throws InvalidFileException {
    try {
      // A decoder of its own refuses what is not UTF-8, where a string would replace it.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return parse(file, text, reader);
    } catch (CharacterCodingException e) {
      throw invalid(file, 0, "is not UTF-8 text");
    }
  }

  private static <T> T parse(Path file, String text, Function<Section, T> reader)
      throws InvalidFileException {
    Problems problems = Problems.in(file);
    Optional<Node> root = compose(file, text);
    if (root.isEmpty()) {
      throw invalid(file, 0, "is empty");
    }
    T result = new Item(problems, "", root.get()).section(reader);
    problems.throwIfAny();
    return result;
  }

  private static String text(Path file) throws InvalidFileException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw invalid(file, 0, "there is no such file");
    } catch (CharacterCodingException e) {
      throw invalid(file, 0, "is not UTF-8 text");
    } catch (IOException e) {
      throw invalid(file, 0, "cannot be read: " + e.getMessage());
    }
  }

  private static Optional<Node> compose(Path file, String text) throws InvalidFileException {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      // The exception's own message quotes the source line, which may hold a secret.
      int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
      throw invalid(file, line, "is not valid YAML here: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw invalid(file, 0, "is not valid YAML");
    }
  }

  private static InvalidFileException invalid(Path file, int line, String message) {
    return new InvalidFileException(List.of(new Problem(file.toString(), line, "", message)));
  }
}

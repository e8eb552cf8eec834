package io.gatehouse.appliance.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * How big a Java file is, as the compiler reads it.
 *
 * @param codeLines lines that are neither blank nor comment
 * @param types the simple names of all its types
 */
record JavaSize(Path file, int codeLines, List<String> types, List<Method> methods) {

  /**
   * One method or constructor.
   *
   * @param name with its type, as in {@code Type.method}
   * @param lines of its body, braces included
   */
  record Method(String name, int lines, int parameters) {}

  static List<JavaSize> of(List<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<JavaSize> sizes = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        sizes.add(measure(unit, positions));
      }
      return sizes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaSize measure(CompilationUnitTree unit, SourcePositions positions) {
    Path file = Path.of(unit.getSourceFile().toUri());
    Measure measure = new Measure(unit, positions);
    measure.scan(unit, null);
    return new JavaSize(
        file,
        codeLines(SourceTree.lines(file)),
        List.copyOf(measure.types),
        List.copyOf(measure.methods));
  }

  /** The formatter puts every block comment on lines of its own, so lines are enough to look at. */
  static int codeLines(List<String> lines) {
    int code = 0;
    boolean comment = false;
    for (String line : lines) {
      String text = line.strip();
      comment |= text.startsWith("/*");
      if (!comment && !text.isEmpty() && !text.startsWith("//")) {
        code++;
      }
      comment &= !text.endsWith("*/");
    }
    return code;
  }

  private static final class Measure extends TreeScanner<@Nullable Void, @Nullable ClassTree> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> types = new ArrayList<>();
    private final List<Method> methods = new ArrayList<>();

    private Measure(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable ClassTree outer) {
      types.add(type.getSimpleName().toString());
      return super.visitClass(type, type);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable ClassTree type) {
      Tree body = method.getBody();
      String owner = type == null ? "" : type.getSimpleName() + ".";
      methods.add(
          new Method(
              owner + method.getName(),
              body == null ? 0 : lines(body),
              ofRecord(method, type) ? 0 : method.getParameters().size()));
      return super.visitMethod(method, type);
    }

    /** A record is what a long parameter list turns into, so its constructor does not count. */
    private static boolean ofRecord(MethodTree method, @Nullable ClassTree type) {
      return type != null
          && type.getKind() == Tree.Kind.RECORD
          && method.getName().contentEquals("<init>");
    }

    private int lines(Tree tree) {
      LineMap map = unit.getLineMap();
      long first = map.getLineNumber(positions.getStartPosition(unit, tree));
      long last = map.getLineNumber(positions.getEndPosition(unit, tree));
      return (int) (last - first) + 1;
    }
  }
}

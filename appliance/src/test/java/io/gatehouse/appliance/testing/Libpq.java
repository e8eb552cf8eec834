package io.gatehouse.appliance.testing;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * PostgreSQL's own client library, as a program in C would use it. One at a time in a process: the
 * hook that tokens come from is the library's only one. Used by one thread.
 */
@SuppressWarnings("restricted") // the library is the one that the test came for
public final class Libpq implements AutoCloseable {
  /** {@code PGauthData} and {@code PGoauthBearerRequest} in libpq-fe.h of PostgreSQL 18. */
  private static final int BEARER_TOKEN = 1;

  private static final MemoryLayout REQUEST =
      MemoryLayout.structLayout(
          ADDRESS.withName("openid_configuration"),
          ADDRESS.withName("scope"),
          ADDRESS.withName("async"),
          ADDRESS.withName("cleanup"),
          ADDRESS.withName("token"),
          ADDRESS.withName("user"));

  private static final long CONFIGURATION = offset("openid_configuration");
  private static final long SCOPE = offset("scope");
  private static final long TOKEN = offset("token");
  private static final int CONNECTION_OK = 0;
  private static final int TUPLES_OK = 2;

  private final Arena arena = Arena.ofConfined();
  private final SymbolLookup library;
  private final Supplier<String> tokens;

  /** Each time that a token was asked for: where to get it, and for which scope. */
  public final List<String> asked = new ArrayList<>();

  /**
   * @param folder with {@code libpq.so.5}
   * @param tokens asked for one each time that the library wants one
   */
  public Libpq(Path folder, Supplier<String> tokens) {
    library = SymbolLookup.libraryLookup(folder.resolve("libpq.so.5"), arena);
    this.tokens = tokens;
    // Otherwise an issuer has to be https.
    call(
        "setenv",
        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT),
        text("PGOAUTHDEBUG"),
        text("UNSAFE"),
        1);
    call("PQsetAuthDataHook", FunctionDescriptor.ofVoid(ADDRESS), hook());
  }

  private static long offset(String field) {
    return REQUEST.byteOffset(MemoryLayout.PathElement.groupElement(field));
  }

  private MemorySegment hook() {
    try {
      MethodHandle method =
          MethodHandles.lookup()
              .bind(
                  this,
                  "wanted",
                  MethodType.methodType(
                      int.class, int.class, MemorySegment.class, MemorySegment.class));
      return Linker.nativeLinker()
          .upcallStub(method, FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS), arena);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Called by the library. */
  @SuppressWarnings("unused") // by its name
  private int wanted(int kind, MemorySegment connection, MemorySegment data) {
    if (kind != BEARER_TOKEN) {
      return 0;
    }
    MemorySegment request = data.reinterpret(REQUEST.byteSize());
    asked.add(
        string(request.get(ADDRESS, CONFIGURATION)) + " " + string(request.get(ADDRESS, SCOPE)));
    request.set(ADDRESS, TOKEN, text(tokens.get()));
    return 1;
  }

  private MemorySegment text(String text) {
    return arena.allocateFrom(text);
  }

  private static String string(MemorySegment pointer) {
    return pointer.address() == 0 ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0);
  }

  private Object call(String name, FunctionDescriptor type, Object... arguments) {
    MemorySegment function =
        library.find(name).or(() -> Linker.nativeLinker().defaultLookup().find(name)).orElseThrow();
    try {
      return Linker.nativeLinker().downcallHandle(function, type).invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(name, e);
    }
  }

  private MemorySegment pointer(String name, Object... arguments) {
    return (MemorySegment) call(name, taking(ADDRESS, arguments), arguments);
  }

  private int number(String name, Object... arguments) {
    return (int) call(name, taking(JAVA_INT, arguments), arguments);
  }

  private static FunctionDescriptor taking(MemoryLayout result, Object... arguments) {
    MemoryLayout[] types = new MemoryLayout[arguments.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = arguments[i] instanceof Integer ? JAVA_INT : ADDRESS;
    }
    return FunctionDescriptor.of(result, types);
  }

  /** Of the library, such as 180006. */
  public int version() {
    return number("PQlibVersion");
  }

  /** The one value that a query gives, or why there is none. */
  public String ask(String connection, String sql) {
    MemorySegment opened = pointer("PQconnectdb", text(connection));
    try {
      if (number("PQstatus", opened) != CONNECTION_OK) {
        return string(pointer("PQerrorMessage", opened)).strip();
      }
      MemorySegment result = pointer("PQexec", opened, text(sql));
      try {
        return number("PQresultStatus", result) == TUPLES_OK
            ? string(pointer("PQgetvalue", result, 0, 0))
            : string(pointer("PQerrorMessage", opened)).strip();
      } finally {
        call("PQclear", FunctionDescriptor.ofVoid(ADDRESS), result);
      }
    } finally {
      call("PQfinish", FunctionDescriptor.ofVoid(ADDRESS), opened);
    }
  }

  @Override
  public void close() {
    call("PQsetAuthDataHook", FunctionDescriptor.ofVoid(ADDRESS), MemorySegment.NULL);
    arena.close();
  }
}

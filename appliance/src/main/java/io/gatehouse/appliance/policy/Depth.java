package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Resource.Kind;
import java.util.List;

/** How many parts the full name of a thing has, and what contains what. */
final class Depth {
  /** Whatever else can be defined has as many parts as it has. */
  static final int OPEN = 0;

  private Depth() {}

  static int of(Kind kind) {
    return switch (kind) {
      case TABLE, SEQUENCE, FUNCTION, TYPE -> 2;
      case COLUMN -> 3;
      case OBJECT -> OPEN;
      case SESSION,
          SERVER,
          DATABASE,
          SCHEMA,
          ROLE,
          SETTING,
          CHANNEL,
          FILE,
          PROGRAM,
          TOOL,
          PROMPT,
          DOCUMENT,
          MODEL ->
          1;
    };
  }

  /** Whether a name of the outer kind also names what is in it. */
  static boolean contains(Kind outer, Kind inner) {
    return outer == inner
        || (outer == Kind.TABLE && inner == Kind.COLUMN)
        || (outer == Kind.SCHEMA
            && List.of(Kind.TABLE, Kind.COLUMN, Kind.SEQUENCE, Kind.FUNCTION, Kind.TYPE)
                .contains(inner));
  }
}

package io.gatehouse.appliance.masking.twin;

import java.util.List;

/** What a server's SQL can make of a column; {@code @} stands for the column. */
interface Words {
  /** PostgreSQL's. */
  Words POSTGRES =
      new Words() {
        @Override
        public List<String> functions(Kind kind) {
          return kind.functions();
        }

        @Override
        public List<String> casts(Kind kind) {
          return kind.casts();
        }

        @Override
        public List<String> conditions(Kind kind) {
          return kind.conditions();
        }
      };

  List<String> functions(Kind kind);

  List<String> casts(Kind kind);

  /** All are defined for every value. */
  List<String> conditions(Kind kind);
}

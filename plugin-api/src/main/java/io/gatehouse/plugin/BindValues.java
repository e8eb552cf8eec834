package io.gatehouse.plugin;

/** The values that come with a command, decoded when they are asked for. */
public interface BindValues {

  /** None. */
  BindValues NONE =
      new BindValues() {
        @Override
        public int count() {
          return 0;
        }

        @Override
        public Value value(int index) {
          throw new IndexOutOfBoundsException(index);
        }
      };

  int count();

  /** Decodes the value at this place, counted from 0. */
  Value value(int index);
}

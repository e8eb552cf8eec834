package io.gatehouse.appliance.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.mask.type.MysqlTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MysqlTypesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tinyint           | -1   | int2
          smallint unsigned | -1   | int2
          int unsigned      | -1   | int4
          bigint            | -1   | int8
          decimal           | 2562 | numeric(10,2)
          decimal unsigned  | -1   | numeric
          double            | -1   | float8
          char              | 11   | varchar(11)
          varchar           | 40   | varchar(40)
          varchar           | -1   | varchar
          text              | 255  | text
          blob              | 255  | bytea
          datetime          | 6    | timestamp
          time              | 0    | time
          bit               | 3    | bit(3)
          json              | -1   | json
          enum              | -1   | enum
          geometry          | -1   | other
          type 20           | -1   | other
          """)
  void typeOfAResult_isWhatMasksAreMadeFor(String name, int modifier, String type) {
    assertThat(MysqlTypes.of(name, modifier)).hasToString(type);
  }
}

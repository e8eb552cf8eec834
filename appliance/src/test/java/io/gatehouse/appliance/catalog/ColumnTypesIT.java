package io.gatehouse.appliance.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.UpstreamPort.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnTypesIT {
  private static final String TABLE =
      """
      create type public.size as enum ('s', 'l');
      create domain public.code as varchar(7);
      create domain public.inner_code as public.code check (value <> '');
      create domain public.sized as public.size;
      create table public.t (
        a int, b varchar(20), c numeric(12,2), d public.code, e public.inner_code, f public.size,
        g public.sized, h int[], gone int, i public.t_row, j timestamp(3));
      alter table public.t drop column gone;
      create view public.v as select b as first, e as second, upper(b) as third from public.t
      """;

  private static ColumnTypes read(CatalogServer server, int rows) {
    return CatalogServer.join(
        ColumnTypes.read(CatalogServer.port(), server.upstream(), rows, CatalogServer.TIME));
  }

  /** The server's own word is what a result says, so it is what these are compared with. */
  @Test
  void every_column_has_the_type_that_a_result_describes_it_by() {
    CatalogServer server = CatalogServer.empty();
    server.run("create type public.t_row as (x int, y text); " + TABLE);
    server.run("grant select on public.t, public.v to gate");
    ColumnTypes types = read(server, CatalogServer.ROWS);
    assertThat(types.all()).hasSize(13);
    int compared = 0;
    for (String table : List.of("t", "v")) {
      Statement all = new Statement("select * from public." + table, 1, CatalogServer.TIME);
      for (ResultDescription.Column described :
          CatalogServer.join(CatalogServer.port().run(server.upstream(), all))
              .description()
              .columns()) {
        ColumnOrigin column = new ColumnOrigin("public", table, described.name());
        assertThat(types.of(column))
            .as("%s", column)
            .isEqualTo(
                new ColumnTypes.Type(
                    Integer.parseUnsignedInt(described.type()), described.modifier()));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(13);
  }

  @Test
  void more_columns_than_the_bound_are_refused() {
    CatalogServer server = CatalogServer.empty();
    server.run("create table public.t (a int, b int, c int)");
    assertThat(read(server, 3).all()).hasSize(3);
    assertThatThrownBy(() -> read(server, 2)).hasMessageContaining("more than 2 rows");
  }
}

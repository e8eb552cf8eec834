package io.gatehouse.appliance.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargeCatalogIT {
  private static final int TABLES = 10_000;
  private static final int COLUMNS = 20;
  private static final int VIEWS = 500;

  /** Several times what it takes on two cores; a step that is quadratic takes minutes. */
  private static final Duration BOUND = Duration.ofSeconds(30);

  @Test
  void ten_thousand_tables_of_twenty_columns_are_read_in_one_go() {
    CatalogServer server = CatalogServer.empty();
    server.run(tables());
    server.run("call public.make()");
    long began = System.nanoTime();
    Catalog catalog = server.read();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(catalog.content().relations()).hasSizeGreaterThan(2 * TABLES + VIEWS);
    Relation last = catalog.relation("s7", "t10000");
    assertThat(last).isNotNull();
    assertThat(last.columns()).hasSize(COLUMNS).startsWith("id").endsWith("c19");
    Relation view = catalog.relation("public", "v500");
    assertThat(view).isNotNull();
    assertThat(view.origins()).hasSize(COLUMNS);
    assertThat(took).isLessThan(BOUND);
  }

  /** In pieces: one transaction can hold only so many locks. */
  private static String tables() {
    String columns =
        String.join(
            ", ",
            java.util.stream.IntStream.range(1, COLUMNS)
                .mapToObj(i -> "c" + i + " " + List.of("text", "int", "timestamptz").get(i % 3))
                .toList());
    return """
    create procedure public.make() language plpgsql as $$
    begin
      for s in 0..9 loop execute 'create schema s' || s; end loop;
      for i in 1..%d loop
        execute format(
          'create table s%%s.t%%s (id int primary key default %%s check (id > 0), %s)',
          (i %% 10 + 7) %% 10, i, i);
        if i %% 500 = 0 then commit; end if;
      end loop;
      for i in 1..%d loop
        execute format(
          'create view public.v%%s as select * from s%%s.t%%s', i, (i %% 10 + 7) %% 10, i);
        if i %% 500 = 0 then commit; end if;
      end loop;
    end $$;
    """
        .formatted(TABLES, columns, VIEWS);
  }
}

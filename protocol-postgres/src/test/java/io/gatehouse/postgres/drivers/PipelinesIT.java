package io.gatehouse.postgres.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.testing.Certificates;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** r2dbc-postgresql, which does not wait for an answer before it sends the next command. */
@ExtendWith(ServerCondition.class)
@ParameterizedClass
@EnumSource
class PipelinesIT {
  private static final Duration MOST = Duration.ofSeconds(30);

  @Parameter
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Way way;

  @SuppressWarnings("NullAway.Init") // set before each
  private PostgresqlConnection connection;

  @BeforeEach
  void open() {
    connection = connect();
  }

  @AfterEach
  void close() {
    connection.close().block(MOST);
  }

  private PostgresqlConnection connect() {
    var settings =
        PostgresqlConnectionConfiguration.builder()
            .host(way.host())
            .port(way.port())
            .username(way.user())
            .password(way.password())
            .database("postgres")
            .preparedStatementCacheQueries(10);
    if (way.gated()) {
      settings.sslMode(SSLMode.VERIFY_FULL).sslRootCert(Certificates.ca().toString());
    }
    return Objects.requireNonNull(
        new PostgresqlConnectionFactory(settings.build()).create().block(MOST));
  }

  private Flux<String> texts(String sql, Object... binds) {
    var statement = connection.createStatement(sql);
    for (int i = 0; i < binds.length; i++) {
      statement.bind(i, binds[i]);
    }
    return statement
        .execute()
        .flatMap(result -> result.map((row, _) -> Objects.toString(row.get(0))));
  }

  private List<String> all(Flux<String> rows) {
    return Objects.requireNonNull(rows.collectList().block(MOST));
  }

  @Test
  void manyCommandsAtOnce_areAnsweredInOrder() {
    List<String> answers =
        all(Flux.range(0, 200).flatMapSequential(n -> texts("select $1::int4 + 1", n), 200));

    assertThat(answers)
        .isEqualTo(IntStream.range(0, 200).mapToObj(n -> String.valueOf(n + 1)).toList());
  }

  @Test
  void errorAmongCommandsInFlight_hitsOnlyItsOwn() {
    List<String> answers =
        all(
            Flux.range(0, 100)
                .flatMapSequential(
                    n ->
                        texts("select 100 / $1::int4", n % 10)
                            .onErrorResume(failed -> Mono.just("failed")),
                    100));

    assertThat(answers)
        .isEqualTo(
            IntStream.range(0, 100)
                .mapToObj(n -> n % 10 == 0 ? "failed" : String.valueOf(100 / (n % 10)))
                .toList());
  }

  @Test
  void failedTransaction_isRolledBack() {
    all(texts("create temp table t (id int primary key)"));
    connection.beginTransaction().block(MOST);
    all(texts("insert into t values ($1)", 1));
    assertThatThrownBy(() -> all(texts("insert into t values ($1)", 1)))
        .isInstanceOf(R2dbcDataIntegrityViolationException.class);
    connection.rollbackTransaction().block(MOST);

    assertThat(all(texts("select count(*) from t"))).containsExactly("0");
  }

  @Test
  void fetchSize_readsThroughPortals() {
    Flux<String> rows =
        connection
            .createStatement("select n from generate_series(1, 1000) n where n > $1")
            .bind(0, 0)
            .fetchSize(33)
            .execute()
            .flatMap(result -> result.map((row, _) -> Objects.toString(row.get(0))));

    assertThat(all(rows)).hasSize(1000).endsWith("1000");
    assertThat(all(texts("select 'usable'"))).containsExactly("usable");
  }

  @Test
  void rowsNobodyWantsAnyMore_areDrained() {
    List<String> first =
        all(texts("select n from generate_series(1, 50000) n where n > $1", 0).take(3));

    assertThat(first).containsExactly("1", "2", "3");
    assertThat(all(texts("select 'usable'"))).containsExactly("usable");
  }

  @Test
  void notification_arrivesWithoutACommand() {
    all(texts("listen piped_" + way));
    CompletableFuture<Notification> arrived = connection.getNotifications().next().toFuture();
    PostgresqlConnection other = connect();
    other.createStatement("notify piped_" + way + ", 'hello'").execute().blockLast(MOST);
    other.close().block(MOST);

    assertThat(Mono.fromFuture(arrived).block(MOST))
        .extracting(Notification::getParameter)
        .isEqualTo("hello");
  }

  @Test
  void statementTimeout_isTheServersError() {
    all(texts("set statement_timeout = 100"));

    assertThatThrownBy(() -> all(texts("select pg_sleep($1)", 60)))
        .isInstanceOf(R2dbcNonTransientResourceException.class);
  }
}

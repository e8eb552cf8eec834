package io.gatehouse.appliance.masking.mysql;

import io.gatehouse.appliance.masking.Variant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Sessions at two databases that are kept from statement to statement, as statements leave nothing
 * behind.
 */
final class MysqlTwinSessions implements AutoCloseable {
  private final MysqlTwins twins;
  private final Variant second;
  private final Function<String, MysqlLogin> logins;
  private final Map<Variant, MysqlClient> open = new EnumMap<>(Variant.class);

  MysqlTwinSessions(MysqlTwins twins, Variant second, Function<String, MysqlLogin> logins) {
    this.twins = twins;
    this.second = second;
    this.logins = logins;
  }

  MysqlTranscripts run(List<MysqlStep> steps) throws InterruptedException, ExecutionException {
    MysqlClient one = client(Variant.MARKED);
    MysqlClient other = client(second);
    FutureTask<MysqlAnswer> there = new FutureTask<>(() -> other.take(steps));
    Thread.ofVirtual().start(there);
    MysqlAnswer here = one.take(steps);
    return new MysqlTranscripts(twins, here, there.get());
  }

  private MysqlClient client(Variant variant) {
    MysqlClient client = open.get(variant);
    if (client == null || !client.open()) {
      client = MysqlClient.connect(logins.apply(twins.name(variant)));
      open.put(variant, client);
    }
    return client;
  }

  @Override
  public void close() {
    open.values().forEach(MysqlClient::close);
  }
}

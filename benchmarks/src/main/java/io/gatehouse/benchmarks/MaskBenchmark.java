package io.gatehouse.benchmarks;

import io.gatehouse.appliance.mask.ColumnMask;
import io.gatehouse.appliance.mask.MaskCatalog;
import io.gatehouse.appliance.mask.MaskCatalog.Found;
import io.gatehouse.appliance.mask.key.MaskKey;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import io.gatehouse.spi.login.Secret;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What does a mask cost for one field? Without reading it from the wire and writing it back. */
@SuppressWarnings("NullAway.Init") // JMH calls what is annotated with Setup first
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MaskBenchmark {
  private static final Value CARD = new Value.Text("4111111111111111");

  /** Which mask. */
  @Param({"redact", "keep-last", "pan", "hash", "tokenize"})
  private String corpus;

  private ColumnMask mask;

  /** Makes the mask. */
  @Setup
  public void make() {
    MaskKeys keys =
        MaskKeys.of(Map.of("main", MaskKey.of("k1", Secret.of(new byte[MaskKey.LEAST_BYTES]))));
    boolean keyed = corpus.equals("hash") || corpus.equals("tokenize");
    mask =
        switch (new MaskCatalog(keys, List.of())
            .of(
                corpus,
                keyed ? Map.of("key", "main") : Map.of(),
                ValueType.of(TypeFamily.VARCHAR, 30))) {
          case Found.Defined defined -> defined.mask();
          case Found.Problem problem -> throw new IllegalStateException(problem.text());
        };
  }

  @Benchmark
  public Value card() {
    return mask.mask(CARD);
  }
}

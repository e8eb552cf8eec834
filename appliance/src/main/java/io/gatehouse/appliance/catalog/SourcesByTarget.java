package io.gatehouse.appliance.catalog;

import io.gatehouse.spi.Upstream;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Reads each target by the source for what it speaks. Immutable. */
public final class SourcesByTarget implements CatalogSource {
  private final Map<String, CatalogSource> sources;
  private final CatalogSource others;

  /**
   * @param sources those of the targets that are not read as the others are
   */
  public SourcesByTarget(Map<String, CatalogSource> sources, CatalogSource others) {
    this.sources = Map.copyOf(sources);
    this.others = others;
  }

  private CatalogSource of(String target) {
    return sources.getOrDefault(target, others);
  }

  @Override
  public CompletionStage<Reading> read(Upstream upstream, boolean reported) {
    return of(upstream.target()).read(upstream, reported);
  }

  @Override
  public CompletionStage<Look> look(Upstream upstream, Marker known) {
    return of(upstream.target()).look(upstream, known);
  }

  @Override
  public boolean wholeServer(String target) {
    return of(target).wholeServer(target);
  }
}

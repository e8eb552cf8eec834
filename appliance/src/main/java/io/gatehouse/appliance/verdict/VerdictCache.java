package io.gatehouse.appliance.verdict;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts that are known. Bounded by what they weigh; what is asked for often stays when a
 * flood of texts that are asked for once comes by (W-TinyLFU). Thread-safe.
 */
public final class VerdictCache {
  private final Cache<Digest, Known> cache;

  public VerdictCache(long maximumBytes) {
    cache =
        Caffeine.newBuilder()
            .maximumWeight(maximumBytes)
            .<Digest, Known>weigher((_, known) -> known.weight())
            // Whoever reads is an event loop: what eviction costs is paid by those who write.
            .executor(Runnable::run)
            .recordStats()
            .build();
  }

  public @Nullable Known get(Digest digest) {
    return cache.getIfPresent(digest);
  }

  /** The digest is kept, so it must be a copy. */
  public void put(Digest digest, Known known) {
    cache.put(digest, known);
  }

  public long size() {
    return cache.estimatedSize();
  }

  public long hits() {
    return cache.stats().hitCount();
  }

  public long misses() {
    return cache.stats().missCount();
  }

  /** Those that had to make room. */
  public long evictions() {
    return cache.stats().evictionCount();
  }

  /** Roughly the bytes of all that is kept. */
  public long weight() {
    OptionalLong weight =
        cache.policy().eviction().map(Policy.Eviction::weightedSize).orElseGet(OptionalLong::empty);
    return weight.orElse(0);
  }
}

package io.gatehouse.appliance.catalog;

import io.gatehouse.spi.Upstream;
import java.util.concurrent.CompletionStage;

/** Reads catalogs from servers. Thread-safe; nothing of it runs long on the thread that asks. */
public interface CatalogSource {

  /**
   * What tells one state of a catalog from another.
   *
   * @param snapshot which transactions the reading saw; empty where the server does not say
   * @param marker another value for every other state
   * @param reported whether the marker is that of the event trigger
   */
  record Marker(String snapshot, String marker, boolean reported) {}

  /**
   * @param reporter whether the event trigger is installed, so that the next reading can rely on it
   */
  record Reading(CatalogContent content, Marker marker, boolean reporter) {}

  /** What a look at a database found. */
  sealed interface Look {}

  record Unchanged(String snapshot) implements Look {}

  /**
   * @param reporter whether the event trigger is there, as it must be to be relied on
   */
  record Changed(boolean reporter) implements Look {}

  /**
   * Reads everything.
   *
   * @param reported whether the event trigger is known to be installed
   */
  CompletionStage<Reading> read(Upstream upstream, boolean reported);

  /** Compares a marker with what is there now. */
  CompletionStage<Look> look(Upstream upstream, Marker known);

  /** Whether one catalog has all databases of a target, and not each has one of its own. */
  boolean wholeServer(String target);
}

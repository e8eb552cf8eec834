package io.gatehouse.appliance.verdict;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.plugin.Caller;

/**
 * Everything beside its text that a verdict depends on, except what its plan asks anew each time.
 *
 * @param caller who asks, as far as the policy reads it ({@code Policy.relevant}): shared by all
 *     whom it cannot tell apart, and never a name for anybody
 * @param place which database of which target
 * @param role who the held credential is there
 * @param flavour which server and version, as it reports itself
 * @param reading the settings that change how text is read, as last reported
 * @param names what unqualified names mean
 * @param catalog the version of the catalog
 * @param policy the version of the policy
 */
public record Context(
    Caller caller,
    CatalogKey place,
    String role,
    String flavour,
    Reading reading,
    NameState names,
    long catalog,
    long policy) {

  /**
   * @param standardStrings whether a backslash in an ordinary literal is just a backslash
   * @param encoding in which the client sends text
   */
  public record Reading(boolean standardStrings, String encoding) {}
}

package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.Relation;
import java.util.List;

/** The queries behind views. */
interface Views {

  /** What a view's columns depend on, in order; empty if its query cannot be followed. */
  List<Flow> columns(Relation view);
}

package io.gatehouse.appliance.catalog;

/** A column of a base relation: not of a view, except where that view is the server's own. */
public record ColumnOrigin(String schema, String table, String column) {}

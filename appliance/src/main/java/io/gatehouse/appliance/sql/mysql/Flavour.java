package io.gatehouse.appliance.sql.mysql;

/** Whose server it is. What is code for one can be a comment for the other. */
public enum Flavour {
  MYSQL,
  MARIADB
}

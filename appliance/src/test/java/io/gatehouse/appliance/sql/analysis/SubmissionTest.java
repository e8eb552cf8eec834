package io.gatehouse.appliance.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Trait;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a definition changes, for the statements behind it in its message and in its transaction.
 */
class SubmissionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "set search_path = x; select id from orders | false",
        "set search_path = x; select id from hr.orders | true",
        "begin; select id from orders; select 1 | true",
        "commit; select id from orders | false",
        "select leak(); select id from orders | false",
        "create function f() returns int language sql as 'x'; commit | true",
        "create function f() returns int language sql as 'x'; select f() | false",
        "create table hr.orders2 (a int); select 1 from hr.orders | true",
        "drop table hr.orders; select 1 from hr.orders | false",
        "drop table orders; select id from customers | true",
        "drop table orders; create table orders (a int) | true",
        "drop table if exists not_there; create table not_there (a int) | true",
        "drop table if exists not_there; select 1 from hr.orders | true",
        "drop table orders; create table orders as select id from customers | true",
        "drop table orders; create table x as select id from orders | false",
        "drop table orders; create table orders as select id from hr.orders | false",
        "drop table orders; create table if not exists orders as select 1 | false",
        "drop table orders; create index on orders (id) | false",
        "drop table orders; create or replace view orders as select 1 | false",
        "drop table orders; alter table orders disable trigger all | false",
        "drop table mine; select id from orders | false",
        "alter table orders disable trigger all; alter table orders alter id drop default | true",
        "alter table orders disable trigger all; insert into orders values (1) | false",
        "alter table part disable trigger all; insert into part_1 values (1) | false",
      })
  void statements_ofOneMessage_dependOnNothingBeforeThem(String sql, boolean understood) {
    List<Analysed> all = HandMade.all(sql, HandMade.plain(), HandMade.NAMES);
    assertThat(all.getLast().command().certainty() != Certainty.NONE).isEqualTo(understood);
    assertThat(all)
        .filteredOn(one -> one.command().certainty() != Certainty.NONE)
        .allSatisfy(one -> assertThat(one.command().traits()).contains(Trait.ONE_OF_SEVERAL));
  }

  @ParameterizedTest
  @CsvSource({
    "create table x (a int), hr.x, true",
    "create table if not exists customers (a int), hr.customers, false",
    "create table x as select 1, hr.x, true",
    "select 1 into x, hr.x, true",
    "create table if not exists customers as select 1, hr.customers, false",
    "create materialized view if not exists v as select 1, hr.v, false",
    "create view x as select 1, hr.x, true",
    "create or replace view v as select 1, hr.v, false",
    "drop view v, hr.v, false",
    "drop view if exists pub.x, pub.x, false",
  })
  void definition_ofWhatMayHaveBeenThere_isOfNothingNew(String sql, String name, boolean made) {
    List<String> path = List.of(name.split("\\."));
    assertThat(HandMade.one(sql).consequences())
        .contains(
            new Consequence.Defines(Set.of(new QualifiedName(path.get(0), path.get(1))), made));
  }
}

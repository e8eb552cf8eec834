/**
 * The syntax of SQL as a tree that belongs to no dialect: what a reader made of a text, before any
 * name is resolved. Every reader of a dialect writes this tree and nothing behind a reader sees
 * text or tokens. All types are immutable; what a reader could not read is not in here, because
 * then there is no tree at all.
 */
@NullMarked
package io.gatehouse.appliance.sql.tree;

import org.jspecify.annotations.NullMarked;

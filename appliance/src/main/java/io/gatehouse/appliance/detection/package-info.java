/**
 * Results that are searched for values with a form of their own, whatever column they are in: which
 * columns are looked through, what takes the place of what is found, and what is told of it. A
 * second line behind masks, which follow columns by their origin and come first. Never keeps or
 * tells a value. Used on the event loop of the session whose results they are.
 */
@NullMarked
package io.gatehouse.appliance.detection;

import org.jspecify.annotations.NullMarked;

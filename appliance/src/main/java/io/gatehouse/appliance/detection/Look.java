package io.gatehouse.appliance.detection;

import io.gatehouse.appliance.mask.detect.Finding;
import java.util.List;

/** Looks through a part of an array; says what is to be hidden of it. */
@FunctionalInterface
interface Look {
  List<Finding> at(byte[] bytes, int from, int to);
}

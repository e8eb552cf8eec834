package io.gatehouse.appliance.content;

import io.gatehouse.appliance.protection.MaskSource;
import io.gatehouse.plugin.ValueType;

/** Where masks of values come from that stand in no column. Thread-safe. */
@FunctionalInterface
public interface ValueMasks {

  /** What a mask's name stands for, for values of a type. */
  MaskSource.Found find(String mask, ValueType type);
}

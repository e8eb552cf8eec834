package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.content.MaskedContent;
import io.gatehouse.spi.Content;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;

/** What comes back for one call, masked. */
record CallPlan(MaskedContent masked) implements ResultPlan {

  @Override
  public ContentShape content(Content content) {
    return masked.content(content);
  }

  @Override
  public ResultShape shape(ResultDescription description) {
    throw new IllegalStateException("a call has no rows");
  }
}

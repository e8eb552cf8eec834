package io.gatehouse.mcp.testing;

import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Content;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;
import java.util.function.Function;

/** Plans for what comes back for calls. */
public final class Plans {
  private Plans() {}

  public static ResultPlan plan(Function<Content, ContentShape> shape) {
    return new ResultPlan() {
      @Override
      public ResultShape shape(ResultDescription description) {
        throw new AssertionError("a call has no rows");
      }

      @Override
      public ContentShape content(Content content) {
        return shape.apply(content);
      }
    };
  }

  public static Decision.Run shaped(Function<Content, ContentShape> shape) {
    return new Decision.Run(plan(shape), ResultLimits.NONE);
  }

  /** What is decided for calls of tools; all else runs. */
  public static ScriptedGate.Script tools(Decision decision) {
    return (call, _, _) -> call.kind() == CommandForm.Call.Kind.TOOL ? decision : Decision.RUN;
  }
}

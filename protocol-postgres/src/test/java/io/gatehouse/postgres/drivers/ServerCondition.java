package io.gatehouse.postgres.drivers;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Skips, and says why, where the servers that were asked for cannot be had. */
final class ServerCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (TestServer.source() == TestServer.Source.EMBEDDED) {
      return ConditionEvaluationResult.enabled("the server is embedded");
    }
    return DockerClientFactory.instance().isDockerAvailable()
        ? ConditionEvaluationResult.enabled("Docker answers")
        : ConditionEvaluationResult.disabled(
            TestServer.PROPERTY + "=testcontainers, and no Docker answers here");
  }
}

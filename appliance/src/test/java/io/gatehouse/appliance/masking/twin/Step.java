package io.gatehouse.appliance.masking.twin;

import io.gatehouse.appliance.masking.Answer;
import io.gatehouse.appliance.masking.Format;
import io.gatehouse.appliance.masking.Received;
import io.gatehouse.appliance.masking.TappedClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One thing that a client does and waits for. */
public sealed interface Step {
  String sql();

  Answer take(TappedClient client) throws IOException;

  /** A Query message. */
  record Simple(String sql) implements Step {
    @Override
    public Answer take(TappedClient client) throws IOException {
      return client.query(sql);
    }
  }

  /** A COPY from the client. */
  record CopyIn(String sql, String data) implements Step {
    @Override
    public Answer take(TappedClient client) throws IOException {
      return client.query(sql, data.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Parse, Bind, Describe, Execute, Sync at once. */
  record Extended(String sql, List<String> parameters, Format format) implements Step {
    public Extended {
      parameters = List.copyOf(parameters);
    }

    @Override
    public Answer take(TappedClient client) throws IOException {
      return client.extended(sql, parameters.stream().map(Optional::of).toList(), format);
    }
  }

  /** A portal that is suspended after a few rows, and again, and then runs to its end. */
  record Paged(String sql, int rows, Format format) implements Step {
    @Override
    public Answer take(TappedClient client) throws IOException {
      client.parse("s", sql).describeStatement("s").bind("", "s", List.of(), format);
      Answer first =
          client.execute("", rows).flush(message -> message.type() == 's' || message.type() == 'C');
      client.execute("", rows).execute("", 0).closeStatement("s");
      List<Received> all = new ArrayList<>(first.messages());
      all.addAll(client.sync().messages());
      return new Answer(all);
    }
  }

  /** A statement is prepared, and nothing else. */
  record Parse(String name, String sql) implements Step {
    @Override
    public Answer take(TappedClient client) throws IOException {
      return client.parse(name, sql).describeStatement(name).sync();
    }
  }

  /** What was prepared before is run. */
  record Bind(String name, Format format) implements Step {
    @Override
    public String sql() {
      return "-- binds " + name;
    }

    @Override
    public Answer take(TappedClient client) throws IOException {
      return client.bind("", name, List.of(), format).execute("", 0).sync();
    }
  }

  /** The name of a prepared statement is given to another, which is run, at once. */
  record Again(String name, String sql) implements Step {
    @Override
    public Answer take(TappedClient client) throws IOException {
      client.bind("", name, List.of(), Format.TEXT).execute("", 0);
      client.closeStatement(name).parse(name, sql);
      return client.bind("", name, List.of(), Format.TEXT).execute("", 0).sync();
    }
  }

  /** Several statements by the extended protocol, at once. */
  record Batch(List<String> statements, Format format) implements Step {
    public Batch {
      statements = List.copyOf(statements);
    }

    @Override
    public String sql() {
      return String.join("; ", statements);
    }

    @Override
    public Answer take(TappedClient client) throws IOException {
      for (String statement : statements) {
        client.parse("", statement).bind("", "", List.of(), format).execute("", 0);
      }
      return client.sync();
    }
  }

  /** A portal that is there already, whoever made it. */
  record Portal(String name, int rows) implements Step {
    @Override
    public String sql() {
      return "-- executes " + name;
    }

    @Override
    public Answer take(TappedClient client) throws IOException {
      return client.describePortal(name).execute(name, rows).execute(name, rows).sync();
    }
  }

  /** A function by its number. */
  record Call(int function, List<String> arguments, Format format) implements Step {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public String sql() {
      return "-- calls " + function;
    }

    @Override
    public Answer take(TappedClient client) throws IOException {
      return client.call(function, format, arguments);
    }
  }
}

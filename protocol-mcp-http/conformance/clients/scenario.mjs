// The client that the official client suite starts, for one scenario.
//
//   node scenario-v1.mjs SERVER_URL
//   node scenario-v2.mjs SERVER_URL

import { HANDLERS } from './handlers.mjs';

const tools = (client) => client.listTools().then((listed) => listed.tools);

/** Calls each tool that the SDK lists, with what the suite says or with nothing. */
async function everyTool(client, sdk, context) {
  const listed = await tools(client);
  const calls = context.toolCalls ?? listed.map(({ name }) => ({ name, arguments: {} }));
  for (const call of calls) await sdk.callTool(client, call);
}

const unless = (code) => (error) => {
  if (error.code !== code) throw error;
};

const SCENARIOS = {
  initialize: tools,
  'request-metadata': tools,
  'json-schema-ref-no-deref': tools,
  tools_call: async (client, sdk) => {
    await tools(client);
    await sdk.callTool(client, { name: 'add_numbers', arguments: { a: 5, b: 3 } });
  },
  'json-schema-2020-12-preservation': async (client, sdk) => {
    const schema = (await tools(client)).find(({ name }) => name === 'json_schema_2020_12_tool');
    const call = { name: 'json_schema_echo', arguments: { schema: schema.inputSchema } };
    await sdk.callTool(client, call);
  },
  'http-standard-headers': async (client, sdk, context) => {
    await everyTool(client, sdk, context);
    const { resources } = await client.listResources();
    for (const { uri } of resources) await client.readResource({ uri });
    const { prompts } = await client.listPrompts();
    for (const { name } of prompts) await client.getPrompt({ name });
  },
  'elicitation-sep1034-client-defaults': everyTool,
  'sse-retry': everyTool,
  // Version 2 takes no result without resultType from a server of its own era.
  'sep-2322-client-request-state': (client, sdk, context) =>
    everyTool(client, sdk, context).catch(unless('INVALID_RESULT')),
  'http-custom-headers': everyTool,
  'http-invalid-tool-headers': everyTool,
};

export async function play(sdk, url, environment) {
  const scenario = SCENARIOS[environment.MCP_CONFORMANCE_SCENARIO];
  const context = JSON.parse(environment.MCP_CONFORMANCE_CONTEXT ?? '{}');
  const client = await sdk.connect(url, HANDLERS, environment.MCP_CONFORMANCE_PROTOCOL_VERSION);
  await scenario(client, sdk, context);
  await client.close();
}

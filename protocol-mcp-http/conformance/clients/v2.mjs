// Version 2 of the SDK, of either era: what the scenarios of the client suite and the cases here
// need of it.

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const MODERN = '2026-07-28';

export async function connect(url, handlers, revision) {
  const client = new Client({ name: 'gatehouse-driver-v2', version: '1.0.0' }, {
    capabilities: { elicitation: { form: { applyDefaults: true } }, sampling: {}, roots: {} },
    versionNegotiation: { mode: revision === MODERN ? 'auto' : 'legacy' },
  });
  for (const [method, handle] of Object.entries(handlers)) client.setRequestHandler(method, handle);
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return client;
}

export const onNotification = (client, method, take) => client.setNotificationHandler(method, take);
export const callTool = (client, params, options) => client.callTool(params, options);

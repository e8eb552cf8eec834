// Version 1 of the SDK, which knows the older era only.

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';

const SCHEMAS = {
  'elicitation/create': ElicitRequestSchema,
  'sampling/createMessage': CreateMessageRequestSchema,
  'roots/list': ListRootsRequestSchema,
  'notifications/message': LoggingMessageNotificationSchema,
};

export async function connect(url, handlers) {
  const client = new Client({ name: 'gatehouse-driver-v1', version: '1.0.0' }, {
    capabilities: { elicitation: { form: { applyDefaults: true } }, sampling: {}, roots: {} },
  });
  for (const [method, handle] of Object.entries(handlers)) {
    client.setRequestHandler(SCHEMAS[method], handle);
  }
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return client;
}

export const onNotification = (client, method, take) =>
  client.setNotificationHandler(SCHEMAS[method], take);
export const callTool = (client, params, options) => client.callTool(params, undefined, options);

// The same for the server-everything, which speaks the older era.

const operation = { duration: 0.2, steps: 2 };

async function progress(session) {
  const seen = [];
  const onprogress = (step) => seen.push(step);
  return [await session.call('trigger-long-running-operation', operation, { onprogress }), seen];
}

async function templates({ client }) {
  const { resourceTemplates } = await client.listResourceTemplates();
  return resourceTemplates;
}

export const CASES = {
  server: ({ client }) => [client.getServerVersion(), client.getServerCapabilities()],
  tools: async ({ client }) => (await client.listTools()).tools,
  echo: (session) => session.call('echo', { message: 'héllo' }),
  sum: (session) => session.call('get-sum', { a: 2, b: 40 }),
  image: (session) => session.call('get-tiny-image'),
  structured: (session) => session.call('get-structured-content', { location: 'Chicago' }),
  annotated: (session) =>
    session.call('get-annotated-message', { messageType: 'error', includeImage: true }),
  links: (session) => session.call('get-resource-links', { count: 3 }),
  progress,
  elicitation: (session) => session.call('trigger-elicitation-request'),
  sampling: (session) =>
    session.call('trigger-sampling-request', { prompt: 'Capital?', maxTokens: 10 }),
  resources: ({ client }) => client.listResources(),
  templates,
  prompts: ({ client }) => client.listPrompts(),
  prompt: ({ client }) => client.getPrompt({ name: 'simple-prompt' }),
};

// What the clients do with the fixture, and what they see of it. A case that a client or an era
// has no words for throws Unsupported.

import { createHash, randomUUID } from 'node:crypto';

export class Unsupported extends Error {}

const digest = (value) =>
  `${value.length} characters sha256:${createHash('sha256').update(value).digest('hex').slice(0, 16)}`;
const refusal = ({ code, message }) => ({ code, message });
const refused = (promise) => promise.then(
  () => { throw new Error('was not refused'); },
  refusal);

const AWKWARD = 'héllo "quoted" \\ \u2028 \u0000 \ud83d\ude00 </script>';
const PARALLEL = 20;

/** A client, its SDK and which era it speaks: what each case is given. */
export class Session {
  constructor(sdk, client, modern) {
    Object.assign(this, { sdk, client, modern });
  }

  call(name, args = {}, options = undefined) {
    return this.sdk.callTool(this.client, { name, arguments: args }, options);
  }

  olderEraOnly() {
    if (this.modern) throw new Unsupported();
  }
}

async function progress(session) {
  const seen = [];
  const onprogress = (step) => seen.push(step);
  return [await session.call('test_tool_with_progress', {}, { onprogress }), seen];
}

async function logging(session) {
  session.olderEraOnly();
  const seen = [];
  session.sdk.onNotification(session.client, 'notifications/message',
    ({ params }) => { seen.push(params); });
  await session.client.setLoggingLevel('info');
  return [await session.call('test_tool_with_logging'), seen];
}

async function cancel(session) {
  const key = randomUUID();
  const stop = new AbortController();
  const called = session.call('slow', { key }, { signal: stop.signal });
  const ended = called.then(() => 'answered', () => 'cancelled');
  while ((await session.call('is_slow', { key })).content[0].text !== 'true');
  stop.abort();
  return [await ended, await session.call('was_cancelled', { key })];
}

async function parallel(session) {
  const calls = Array.from({ length: PARALLEL }, (_, i) => session.call('echo', { message: `${i}` }));
  return (await Promise.all(calls)).map(({ content }) => content[0].text);
}

async function ended(session) {
  session.olderEraOnly();
  await session.client.transport.terminateSession();
  return refused(session.call('echo', { message: 'too late' })).then(({ code }) => code);
}

const complete = {
  ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' },
  argument: { name: 'arg1', value: 'par' },
};
const both = { arg1: 'hello', arg2: 'world' };

export const CASES = {
  server: ({ client }) => [client.getServerVersion(), client.getServerCapabilities()],
  tools: ({ client }) => client.listTools(),
  echo: (session) => session.call('echo', { message: AWKWARD }),
  structured: (session) => session.call('customer'),
  large: async (session) =>
    digest((await session.call('big', { size: 1 << 20 })).content[0].text),
  'large-argument': async (session) =>
    digest((await session.call('echo', { message: 'y'.repeat(1 << 20) })).content[0].text),
  media: (session) => session.call('test_multiple_content_types'),
  'tool-fails': (session) => session.call('test_error_handling'),
  'tool-unknown': (session) => session.call('none').catch(refusal),
  'wrong-arguments': (session) => session.call('echo', { message: 17 }).catch(refusal),
  mirrored: (session) => session.call('test_mirrored_argument', { region: ' Zürich ' }),
  progress,
  logging,
  resources: ({ client }) => client.listResources(),
  templates: ({ client }) => client.listResourceTemplates(),
  'resource-text': ({ client }) => client.readResource({ uri: 'test://static-text' }),
  'resource-binary': ({ client }) => client.readResource({ uri: 'test://static-binary' }),
  'resource-template': ({ client }) => client.readResource({ uri: 'test://template/7/data' }),
  'resource-unknown': ({ client }) => refused(client.readResource({ uri: 'test://none' })),
  subscribe: async (session) => {
    session.olderEraOnly();
    const uri = 'test://watched-resource';
    const { client } = session;
    return [await client.subscribeResource({ uri }), await client.unsubscribeResource({ uri })];
  },
  prompts: ({ client }) => client.listPrompts(),
  prompt: ({ client }) => client.getPrompt({ name: 'test_prompt_with_arguments', arguments: both }),
  'prompt-asks': ({ client }) => client.getPrompt({ name: 'test_input_required_result_prompt' }),
  complete: ({ client }) => client.complete(complete),
  elicitation: (session) => session.call('test_elicitation', { message: 'Who?' }),
  defaults: (session) => session.call('test_elicitation_sep1034_defaults'),
  sampling: (session) => session.call('test_sampling', { prompt: 'Capital?' }),
  roots: (session) => session.call('test_input_required_result_list_roots'),
  rounds: (session) => session.call('test_input_required_result_multi_round'),
  cancel,
  parallel,
  ended,
};

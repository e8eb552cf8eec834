// Hands everything on as it came, Host too: what a gate that does nothing would be.
//
//   node pass-through.mjs [--drop HEADER] [--token FILE] UPSTREAM_URL
//
// With --drop one header of requests is lost, for the control of the comparison. With --token each
// request gets the bearer token of the file, because the suite can send none. Prints its URL when
// it listens.

import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { drop: { type: 'string' }, token: { type: 'string' } },
});
const upstream = new URL(positionals[0]);

function headersOf(incoming) {
  const kept = [];
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    const [name, value] = incoming.rawHeaders.slice(i, i + 2);
    if (name.toLowerCase() !== values.drop) kept.push(name, value);
  }
  if (values.token) kept.push('Authorization', `Bearer ${readFileSync(values.token, 'utf8').trim()}`);
  return kept;
}

async function forward(incoming, outgoing) {
  const onward = request({
    host: upstream.hostname,
    port: upstream.port,
    method: incoming.method,
    path: incoming.url,
    headers: headersOf(incoming),
    setHost: false,
  });
  outgoing.on('close', () => onward.destroy());
  const answered = new Promise((resolve, reject) => {
    onward.on('response', resolve);
    onward.on('error', reject);
  });
  try {
    const [answer] = await Promise.all([answered, pipeline(incoming, onward)]);
    outgoing.writeHead(answer.statusCode, answer.rawHeaders);
    outgoing.flushHeaders();
    await pipeline(answer, outgoing);
  } catch {
    // One side ended; so does the other, and with it what it was told.
    outgoing.destroy();
  }
}

const server = createServer(forward);
server.listen(0, '127.0.0.1', () => {
  console.log(`http://localhost:${server.address().port}${upstream.pathname}`);
});

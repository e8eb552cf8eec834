// Runs cases by one client, and prints a line of JSON for each.
//
//   node drive.mjs v1|v2 REVISION cases|everything SERVER_URL

import { HANDLERS } from './handlers.mjs';
import { Session, Unsupported } from './cases.mjs';

const [sdkName, revision, casesName, url] = process.argv.slice(2);
const sdk = await import(`./${sdkName}.mjs`);
const { CASES } = await import(`./${casesName}.mjs`);

/** A client for each case, because a case may end its session. */
async function run(play) {
  const client = await sdk.connect(url, HANDLERS, revision);
  try {
    return { ok: true, result: await play(new Session(sdk, client, revision === '2026-07-28')) };
  } finally {
    await client.close();
  }
}

for (const [name, play] of Object.entries(CASES)) {
  const line = await run(play).catch((e) => {
    if (e instanceof Unsupported) return { ok: true, result: 'unsupported by driver' };
    console.error(name, e);
    return { ok: false, error: String(e).slice(0, 500) };
  });
  console.log(JSON.stringify({ case: name, ...line }));
}

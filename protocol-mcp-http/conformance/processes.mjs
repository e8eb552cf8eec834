// Programs that say their URL in their first line and run until they are told to stop: the
// fixture, a gate, a pass-through.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';

const START_MILLIS = 60_000;
const LOG = 'servers.log';
const running = new Set();

/** Runs a program to its end, what it says into a file: its exit code. */
export async function end(program, args, log) {
  const file = await open(log, 'a');
  try {
    const child = spawn(program, args, { stdio: ['ignore', file.fd, file.fd] });
    running.add(child);
    const [code] = await once(child, 'exit');
    running.delete(child);
    return code ?? 1;
  } finally {
    await file.close();
  }
}

/** Runs a command with the rest as its arguments: {url, stop}. */
export async function start(command, ...args) {
  const log = await open(LOG, 'a');
  const child = spawn('/bin/sh', ['-c', `exec ${command} "$@"`, 'sh', ...args], {
    stdio: ['ignore', 'pipe', log.fd],
  });
  await log.close();
  running.add(child);
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => {
    running.delete(child);
    resolve(code ?? signal);
  }));
  const stop = () => {
    child.kill();
    return ended;
  };
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(reject, START_MILLIS, new Error(`${command} told no URL in time; see ${LOG}`));
  });
  const gone = ended.then((code) => {
    throw new Error(`${command} ended with ${code} before it told its URL; see ${LOG}`);
  });
  try {
    const url = await Promise.race([firstLine(child.stdout), gone, late]);
    return { url: new URL(url).href, stop };
  } catch (e) {
    stop();
    throw e;
  } finally {
    clearTimeout(timer);
    gone.catch(() => {});
  }
}

function firstLine(stream) {
  return new Promise((resolve) => createInterface({ input: stream }).once('line', resolve));
}

/**
 * A gate in front of UPSTREAM: a command that starts one, or the URL of one that is there already.
 * With a token something that adds it stands before the gate.
 */
export async function startGate(command, upstream, token) {
  const gate = runsAlready(command) ? { url: command, stop: () => {} } : await start(command, upstream);
  if (!token) return gate;
  const shim = await start(`${process.execPath} pass-through.mjs`, '--token', token, gate.url);
  return { url: shim.url, stop: async () => { await shim.stop(); await gate.stop(); } };
}

export const runsAlready = (command) => /^https?:\/\//.test(command);

export function stopAll() {
  for (const child of running) child.kill();
}

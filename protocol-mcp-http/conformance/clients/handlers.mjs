// What a client answers when a server asks it.

export const HANDLERS = {
  'elicitation/create': (request) => ({ action: 'accept', content: filled(request.params) }),
  'sampling/createMessage': () => ({
    role: 'assistant',
    content: { type: 'text', text: 'Paris' },
    model: 'fixed-model',
    stopReason: 'endTurn',
  }),
  'roots/list': () => ({ roots: [{ uri: 'file:///srv/root', name: 'root' }] }),
};

const VALUES = { string: 'given', integer: 7, number: 7, boolean: true };

/** A value for each field that must be there; the others are left to their defaults. */
function filled({ requestedSchema }) {
  return Object.fromEntries((requestedSchema?.required ?? [])
    .map((field) => [field, VALUES[requestedSchema.properties[field].type]]));
}
